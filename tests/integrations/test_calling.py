"""The call wrapper: whatever a plugin does becomes an outcome and a masked line of the call log."""

import json
from collections.abc import Callable

import pytest
from sqlalchemy import select

from praho.core import crash
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import StrayChange, unit_of_work
from praho.integrations.errors import UnknownAccount
from praho.integrations.services import calling
from praho.models.integrations import CallOutcome, ProviderCall
from praho.sdk.errors import NotSent, OutcomeUnknown, ProviderRefused
from praho.sdk.outcomes import Outcome, Reason, Rejected, Succeeded, Unknown
from praho.sdk.registrars import RegisterRequest, Registration
from praho.sdk.testing.contexts import closed_address
from praho_sandbox.testing import SandboxWorld
from tests.domains.samples import REGISTRANT
from tests.factories import providers

REQUEST = RegisterRequest("exemplu.ro", 1, REGISTRANT, ("ns1.exemplu.ro", "ns2.exemplu.ro"))


def register(account_id: int) -> Outcome[Registration]:
    return calling.call(account_id, "register", lambda adapter: adapter.register(REQUEST, "op_1"), gives=Registration)


def lines() -> list[ProviderCall]:
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(ProviderCall).order_by(ProviderCall.id)))


def test_a_success_comes_back_with_its_value(db, sandbox: SandboxWorld):
    outcome = register(providers.make_registrar(sandbox).id)
    assert isinstance(outcome, Succeeded)
    assert outcome.value.name == "exemplu.ro"
    [line] = lines()
    assert (line.name, line.outcome) == ("register", CallOutcome.SUCCEEDED)
    assert "POST" in line.detail
    assert "/v1/domains: 200" in line.detail


@pytest.mark.parametrize(
    ("fault", "outcome", "done"),
    [
        ("before_apply", CallOutcome.UNKNOWN, 0),
        ("after_apply", CallOutcome.UNKNOWN, 1),
        ("malformed", CallOutcome.UNKNOWN, 1),
        ("nonsense", CallOutcome.UNKNOWN, 1),
        ("error_500", CallOutcome.UNKNOWN, 1),
        ("refuse", CallOutcome.REJECTED, 0),
    ],
)
def test_every_fault_is_an_outcome(db, sandbox: SandboxWorld, fault: str, outcome: CallOutcome, done: int):
    account = providers.make_registrar(sandbox)
    sandbox.arm("domains.register", fault)
    answer = register(account.id)
    assert isinstance(answer, Rejected if outcome is CallOutcome.REJECTED else Unknown)
    assert [line.outcome for line in lines()] == [outcome]
    assert len(sandbox.domains()) == done


def test_a_slow_answer_to_somebody_who_waits_is_unknown(db, sandbox: SandboxWorld):
    account = providers.make_registrar(sandbox)
    sandbox.arm("domains.get", "slow", delay=3)
    with pytest.raises(OutcomeUnknown):
        calling.ask(account.id, "get_info", lambda adapter: adapter.get_info("exemplu.ro"), seconds=0.3)
    assert lines()[0].outcome is CallOutcome.UNKNOWN


def test_what_never_left_may_be_sent_again(db, sandbox: SandboxWorld):
    account = providers.make_registrar(sandbox, settings=providers.elsewhere(closed_address()))
    with pytest.raises(NotSent):
        register(account.id)
    assert [line.outcome for line in lines()] == [CallOutcome.NOT_SENT]


def test_an_account_whose_settings_no_longer_fit_is_not_called(db, sandbox: SandboxWorld):
    account = providers.make_registrar(sandbox, secrets=json.dumps({}))
    with pytest.raises(NotSent, match="api_key"):
        register(account.id)
    assert sandbox.requests() == []


def test_an_account_of_a_plugin_that_is_gone_is_not_called(db, sandbox: SandboxWorld):
    account = providers.make_registrar(sandbox, plugin="gone")
    with pytest.raises(NotSent, match="'gone' is not installed"):
        register(account.id)
    assert providers.DEFAULT_API_KEY not in lines()[0].detail


def test_an_unknown_account_is_refused(db):
    with pytest.raises(UnknownAccount):
        register(4711)


def test_a_plugin_that_breaks_down_leaves_the_outcome_unknown(db, sandbox: SandboxWorld, install_plugin: Callable):
    install_plugin("praho.registrars", "BROKEN")
    outcome = register(providers.make_registrar(sandbox, plugin="broken").id)
    assert isinstance(outcome, Unknown)
    [line] = lines()
    assert line.detail == "ZeroDivisionError: with *** in the text"


def test_a_plugin_that_answers_nonsense_leaves_the_outcome_unknown(db, sandbox: SandboxWorld, install_plugin: Callable):
    install_plugin("praho.registrars", "SENSELESS")
    outcome = register(providers.make_registrar(sandbox, plugin="senseless").id)
    assert isinstance(outcome, Unknown)
    assert "dict, which is no outcome" in outcome.reason


def test_a_success_with_a_value_of_the_wrong_type_is_unknown(db, sandbox: SandboxWorld):
    account = providers.make_registrar(sandbox)
    outcome = calling.call(account.id, "register", lambda _adapter: Succeeded("fine"), gives=Registration)
    assert isinstance(outcome, Unknown)
    assert lines()[0].outcome is CallOutcome.UNKNOWN


def test_a_refusal_in_words_is_a_rejection_and_a_reading_call_raises_it(db, sandbox: SandboxWorld):
    account = providers.make_registrar(sandbox)
    sandbox.arm("domains.get", "refuse")
    with pytest.raises(ProviderRefused) as refusal:
        calling.ask(account.id, "get_info", lambda adapter: adapter.get_info("exemplu.ro"))
    assert refusal.value.reason is Reason.NOT_ALLOWED
    assert [line.outcome for line in lines()] == [CallOutcome.REJECTED]


def test_a_reading_call_of_a_broken_plugin_has_no_outcome(db, sandbox: SandboxWorld):
    account = providers.make_registrar(sandbox)
    with pytest.raises(OutcomeUnknown, match="KeyError"):
        calling.ask(account.id, "get_info", lambda adapter: {}["name"])


def test_no_call_is_made_with_a_transaction_open(db, sandbox: SandboxWorld):
    account = providers.make_registrar(sandbox)
    with entered(SystemScope("test")), unit_of_work(), pytest.raises(StrayChange):
        register(account.id)
    with entered(SystemScope("test")) as session:
        session.scalar(select(ProviderCall.id))
        with pytest.raises(StrayChange):
            register(account.id)
    assert sandbox.requests() == []


def test_a_plugin_cannot_leave_a_transaction_behind(db, sandbox: SandboxWorld):
    account = providers.make_registrar(sandbox)

    def meddle(_adapter: object) -> Outcome[Registration]:
        session.scalar(select(ProviderCall.id))
        return Unknown("")

    with entered(SystemScope("test")) as session, pytest.raises(StrayChange):
        calling.call(account.id, "register", meddle)


def test_the_secrets_of_the_account_do_not_reach_the_log(db, sandbox: SandboxWorld, caplog: pytest.LogCaptureFixture):
    account = providers.make_registrar(sandbox)
    caplog.set_level("DEBUG")
    register(account.id)
    calling.ask(account.id, "quote", lambda adapter: adapter.context.logger.info("key %s", adapter.settings.api_key))
    assert providers.DEFAULT_API_KEY not in "".join(line.detail for line in lines())
    assert lines()[1].detail == "key ***"
    assert f"Bearer {providers.DEFAULT_API_KEY}" not in caplog.text


def test_the_crash_points_stand_around_the_call(db, sandbox: SandboxWorld):
    account = providers.make_registrar(sandbox)
    crash.arm(1_000)
    calling.local(account.id, lambda _adapter: None)
    assert crash.passages() == 0
    passed: list[int] = []
    calling.ask(account.id, "count", lambda _adapter: passed.append(crash.passages()))
    # One before the call, one after it, and those of the transaction that keeps the line.
    assert passed == [1]
    assert crash.passages() == 4
