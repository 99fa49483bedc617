"""Claim → call → record: one effect outside and one record of it, whatever goes wrong in between."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs.kinds import Again
from praho.core.jobs.table import Job, JobState
from praho.integrations import events
from praho.integrations.errors import OperationStillOpen
from praho.integrations.services import operations, settling
from praho.models.integrations import OperationState, ProviderAccount, ProviderOperation
from praho.sdk.outcomes import Outcome, Rejected, Succeeded
from praho.sdk.registrars import Capability, RegisterRequest, Registration
from praho.sdk.testing.contexts import closed_address
from praho_sandbox.testing import SandboxWorld
from tests.domains.samples import REGISTRANT
from tests.factories import customers, providers

KIND = events.operation_kind("tests.register")
REQUEST = RegisterRequest("exemplu.ro", 1, REGISTRANT, ("ns1.exemplu.ro", "ns2.exemplu.ro"))
SUBJECT = ("domain", "dom_1")


@dataclass
class Records:
    """What the record step was told, by every operation of a test."""

    outcomes: list[Succeeded[Registration] | Rejected] = field(default_factory=list)

    def steps(self, call: Callable[..., Outcome[Registration]] | None = None) -> settling.Steps[Registration]:
        return settling.Steps(
            call=call or (lambda adapter, operation: adapter.register(REQUEST, operation.key)),
            ask=lambda adapter, operation: _ours(adapter.get_info("exemplu.ro"), operation.keys),
            record=lambda _operation, outcome: self.outcomes.append(outcome),
            gives=Registration,
            idempotent=Capability.IDEMPOTENT_REGISTER,
        )


def _ours(found: Registration | None, keys: tuple[str, ...]) -> Registration | None:
    return found if found is not None and found.idempotency_key in keys else None


@pytest.fixture
def records() -> Records:
    return Records()


def claim(account: ProviderAccount, intent: str = "item_1", customer_id: int | None = None) -> int:
    with entered(SystemScope("test")), unit_of_work() as session:
        key = operations.claim(
            KIND,
            intent,
            account_id=account.id,
            customer_id=customer_id,
            subject=SUBJECT,
            request={"name": "exemplu.ro"},
        )
        return session.scalars(select(ProviderOperation.id).where(ProviderOperation.public_id == key)).one()


def settle(operation_id: int, records: Records, **options: Any) -> Again | None:
    with entered(SystemScope("test")):
        return settling.settle(operation_id, records.steps(**options))


def settle_to_the_end(operation_id: int, records: Records) -> int:
    """Run the job until it says that it is done, and return how often."""
    for times in range(1, 10):
        if settle(operation_id, records) is None:
            return times
    raise AssertionError("the operation does not end")


def row(operation_id: int) -> ProviderOperation:
    with entered(SystemScope("test")) as session:
        return session.get_one(ProviderOperation, operation_id)


def age(operation_id: int, passed: timedelta) -> None:
    with entered(SystemScope("test")), unit_of_work() as session:
        operation = session.get_one(ProviderOperation, operation_id)
        operation.created_at -= passed
        if operation.called_at is not None:
            operation.called_at -= passed


def jobs() -> list[Job]:
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(Job).where(Job.kind == KIND.name).order_by(Job.id)))


def test_one_intent_is_one_operation_with_one_job(db, sandbox: SandboxWorld):
    account = providers.make_registrar(sandbox)
    assert claim(account) == claim(account)
    assert claim(account, "item_2") != claim(account)
    assert [job.payload["operation_id"] for job in jobs()] == [claim(account), claim(account, "item_2")]


def test_it_is_called_recorded_once_and_then_over(db, sandbox: SandboxWorld, records: Records):
    operation_id = claim(providers.make_registrar(sandbox), customer_id=customers.make_customer().id)
    assert settle(operation_id, records) is None
    assert settle(operation_id, records) is None
    assert row(operation_id).state is OperationState.SUCCEEDED
    assert len(records.outcomes) == len(sandbox.domains()) == 1
    assert sandbox.domains()[0]["key"] == row(operation_id).public_id


@pytest.mark.parametrize("fault", ["before_apply", "after_apply", "malformed", "nonsense", "error_500"])
def test_an_unknown_outcome_is_settled_without_a_second_effect(db, sandbox: SandboxWorld, records: Records, fault: str):
    operation_id = claim(providers.make_registrar(sandbox))
    sandbox.arm("domains.register", fault)
    again = settle(operation_id, records)
    assert isinstance(again, Again)
    assert row(operation_id).state is OperationState.UNKNOWN
    assert records.outcomes == []
    assert settle_to_the_end(operation_id, records) == 1
    assert len(records.outcomes) == len(sandbox.domains()) == 1


def test_what_was_done_is_found_by_asking_and_not_asked_for_again(db, sandbox: SandboxWorld, records: Records):
    operation_id = claim(providers.make_registrar(sandbox))
    sandbox.arm("domains.register", "after_apply")
    settle(operation_id, records)
    settle_to_the_end(operation_id, records)
    asked = [request["operation"] for request in sandbox.requests()]
    assert asked == ["domains.register", "domains.get"]


def test_a_refusal_ends_it(db, sandbox: SandboxWorld, records: Records):
    operation_id = claim(providers.make_registrar(sandbox))
    sandbox.arm("domains.register", "refuse")
    assert settle(operation_id, records) is None
    assert row(operation_id).state is OperationState.REJECTED
    assert row(operation_id).reason == "refused on demand"
    assert [type(outcome) for outcome in records.outcomes] == [Rejected]


def test_a_call_that_never_left_gives_its_claim_back(db, sandbox: SandboxWorld, records: Records):
    account = providers.make_registrar(sandbox, settings=providers.elsewhere(closed_address()))
    operation_id = claim(account)
    assert isinstance(settle(operation_id, records), Again)
    assert (row(operation_id).state, row(operation_id).called_at) == (OperationState.CLAIMED, None)
    assert "no connection" in (row(operation_id).reason or "")


def test_a_death_between_claim_and_call_is_as_good_as_an_unknown_outcome(db, sandbox: SandboxWorld, records: Records):
    operation_id = claim(providers.make_registrar(sandbox))

    def die(_adapter: Any, _operation: Any) -> Outcome[Registration]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        settle(operation_id, records, call=die)
    assert row(operation_id).called_at is not None
    settle_to_the_end(operation_id, records)
    assert len(records.outcomes) == len(sandbox.domains()) == 1


def test_a_record_that_fails_is_tried_again_with_what_the_provider_has(db, sandbox: SandboxWorld, records: Records):
    operation_id = claim(providers.make_registrar(sandbox))

    def fail(_operation: Any, _outcome: Any) -> None:
        raise ZeroDivisionError

    steps = records.steps()
    broken = settling.Steps(steps.call, steps.ask, fail, steps.gives, steps.idempotent)
    with entered(SystemScope("test")), pytest.raises(ZeroDivisionError):
        settling.settle(operation_id, broken)
    assert row(operation_id).state is OperationState.CLAIMED
    settle_to_the_end(operation_id, records)
    assert len(records.outcomes) == len(sandbox.domains()) == 1


def test_a_provider_without_keys_is_never_called_twice(
    db, sandbox: SandboxWorld, records: Records, install_plugin: Callable
):
    install_plugin("praho.registrars", "KEYLESS")
    operation_id = claim(providers.make_registrar(sandbox, plugin="keyless"))
    sandbox.arm("domains.register", "before_apply")
    assert isinstance(settle(operation_id, records), Again)
    assert isinstance(settle(operation_id, records), Again)
    age(operation_id, settling.NO_TRACE_AFTER)
    assert settle(operation_id, records) is None
    assert row(operation_id).state is OperationState.REJECTED
    assert [request["operation"] for request in sandbox.requests()].count("domains.register") == 1


def test_a_key_that_the_provider_has_forgotten_is_not_used_again(db, sandbox: SandboxWorld, records: Records):
    operation_id = claim(providers.make_registrar(sandbox))
    sandbox.arm("domains.register", "before_apply")
    settle(operation_id, records)
    age(operation_id, settling.KEYS_LAST)
    again = settle(operation_id, records)
    assert isinstance(again, Again)
    assert again.seconds == 600
    assert [request["operation"] for request in sandbox.requests()] == ["domains.register", "domains.get"]


def test_a_provider_that_finishes_later_is_asked_until_it_has(
    db, sandbox: SandboxWorld, records: Records, install_plugin: Callable
):
    install_plugin("praho.registrars", "SLOW")
    operation_id = claim(providers.make_registrar(sandbox, plugin="slow"))
    again = settle(operation_id, records)
    assert again == Again(30.0, "the provider will finish later")
    assert (row(operation_id).state, row(operation_id).reference) == (OperationState.PENDING, "queue-17")
    sandbox.arm("domains.get", "error_500")
    assert isinstance(settle(operation_id, records), Again)
    assert row(operation_id).state is OperationState.PENDING
    settle_to_the_end(operation_id, records)
    assert row(operation_id).state is OperationState.SUCCEEDED


def test_an_account_that_is_switched_off_is_not_called(db, sandbox: SandboxWorld, records: Records):
    account = providers.make_registrar(sandbox, active=False)
    operation_id = claim(account)
    assert isinstance(settle(operation_id, records), Again)
    assert sandbox.requests() == []
    with entered(SystemScope("test")), unit_of_work() as session:
        session.get_one(ProviderAccount, account.id).active = True
    assert settle(operation_id, records) is None


def test_a_further_try_needs_the_end_of_the_first(db, sandbox: SandboxWorld, records: Records):
    account = providers.make_registrar(sandbox)
    operation_id = claim(account)
    with entered(SystemScope("test")), unit_of_work(), pytest.raises(OperationStillOpen):
        _claim_again(account)
    sandbox.arm("domains.register", "refuse")
    settle(operation_id, records)
    with entered(SystemScope("test")), unit_of_work():
        _claim_again(account)
    assert [row(job.payload["operation_id"]).intent for job in jobs()] == ["item_1", "item_1#2"]


def test_a_further_try_takes_over_what_the_first_left_behind(db, sandbox: SandboxWorld, records: Records):
    account = providers.make_registrar(sandbox)
    first = claim(account)
    sandbox.arm("domains.register", "after_apply")
    settle(first, records)
    with entered(SystemScope("test")), unit_of_work():
        assert settling.close_as_not_done(KIND, SUBJECT, records.steps(), "I looked: it is not there.")
        _claim_again(account)
    second: int = jobs()[-1].payload["operation_id"]
    assert settle(second, records) is None
    assert [type(outcome) for outcome in records.outcomes] == [Rejected, Succeeded]
    assert [domain["key"] for domain in sandbox.domains()] == [row(first).public_id]


def test_nobody_closes_a_call_that_is_under_way(db, sandbox: SandboxWorld, records: Records):
    account = providers.make_registrar(sandbox)
    operation_id = claim(account)

    def closing(adapter: Any, operation: Any) -> Outcome[Registration]:
        with entered(SystemScope("staff")), unit_of_work(), pytest.raises(OperationStillOpen):
            settling.close_as_not_done(KIND, SUBJECT, records.steps(), "no")
        return adapter.register(REQUEST, operation.key)

    assert settle(operation_id, records, call=closing) is None
    with entered(SystemScope("staff")), unit_of_work():
        assert not settling.close_as_not_done(KIND, SUBJECT, records.steps(), "no")


def test_a_success_after_the_end_is_told_and_changes_nothing(
    live_db, sandbox: SandboxWorld, records: Records, caplog: pytest.LogCaptureFixture
):
    operation_id = claim(providers.make_registrar(sandbox))

    def overtaken(adapter: Any, operation: Any) -> Outcome[Registration]:
        with entered(SystemScope("another worker")), unit_of_work() as session:
            session.get_one(ProviderOperation, operation_id).state = OperationState.REJECTED
        return adapter.register(REQUEST, operation.key)

    assert settle(operation_id, records, call=overtaken) is None
    assert records.outcomes == []
    assert row(operation_id).state is OperationState.REJECTED


def test_two_workers_at_once_make_one_effect_and_one_record(live_db, sandbox: SandboxWorld, records: Records):
    operation_id = claim(providers.make_registrar(sandbox), customer_id=customers.make_customer().id)
    together = threading.Barrier(2)

    def work() -> None:
        together.wait()
        settle(operation_id, records)

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    settle_to_the_end(operation_id, records)
    assert len(records.outcomes) == len(sandbox.domains()) == 1


def test_an_operation_whose_job_is_lost_gets_a_new_one(db, sandbox: SandboxWorld, records: Records):
    account = providers.make_registrar(sandbox)
    operation_id = claim(account)
    with entered(SystemScope("test")):
        assert operations.reenqueue_orphans(KIND, "t1") == 0
    age(operation_id, timedelta(minutes=2))
    with entered(SystemScope("test")):
        assert operations.reenqueue_orphans(KIND, "t1") == 0
        with unit_of_work() as session:
            session.scalars(select(Job)).one().state = JobState.DEAD
        assert operations.reenqueue_orphans(KIND, "t2") == 1
        assert operations.reenqueue_orphans(KIND, "t3") == 0
    settle_to_the_end(operation_id, records)
    with entered(SystemScope("test")), unit_of_work() as session:
        for job in session.scalars(select(Job)):
            job.state = JobState.DONE
    with entered(SystemScope("test")):
        assert operations.reenqueue_orphans(KIND, "t4") == 0


def test_waits_grow_with_the_age_and_have_an_end(db, sandbox: SandboxWorld, records: Records):
    operation_id = claim(providers.make_registrar(sandbox))
    sandbox.arm("domains.register", "error_500")
    first = settle(operation_id, records)
    assert first is not None
    assert first.seconds == 2
    sandbox.arm("domains.get", "error_500", times=2)
    age(operation_id, timedelta(minutes=2))
    second = settle(operation_id, records)
    assert second is not None
    assert 60 <= second.seconds < 70
    assert clock.machine_now() > row(operation_id).created_at


def _claim_again(account: ProviderAccount) -> str:
    return operations.claim_again(
        KIND, "item_1", account_id=account.id, customer_id=None, subject=SUBJECT, request={"name": "exemplu.ro"}
    )
