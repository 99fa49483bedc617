"""Registering: one domain for one origin, one registration at the registry, and the registry's own dates."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from praho.core import clock
from praho.core import events as kernel_events
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.domain import Domain, install
from praho.core.events import Subscriber
from praho.core.identifiers.domain_name import InvalidDomainName
from praho.core.jobs.kinds import Again
from praho.core.jobs.table import Job
from praho.customers.services import profiles
from praho.domains import events, module
from praho.domains.errors import NameTaken, NoSuchDomain, RegistrantIncomplete, WrongState
from praho.domains.services import registering, registrants
from praho.integrations.errors import OperationStillOpen
from praho.models.audit import AuditEvent
from praho.models.customers import Customer
from praho.models.domains import DomainName, DomainState
from praho.models.integrations import OperationState, ProviderAccount, ProviderOperation
from praho_sandbox.testing import SandboxWorld
from tests.factories import customers, domains, providers

TOLD = (events.DomainRegistered, events.DomainRegistrationFailed, events.DomainRegistrationCancelled)


@pytest.fixture
def told():
    """The events that were published, in their order."""
    heard: list[Any] = []
    install((Domain("tests", subscribers=tuple(Subscriber(kind, heard.append) for kind in TOLD)), module.DOMAIN))
    yield heard
    kernel_events.install(())


@pytest.fixture
def account(db, sandbox: SandboxWorld, told: list[Any]) -> ProviderAccount:
    made = providers.make_registrar(sandbox)
    domains.make_tld("ro", made)
    domains.make_tld("com.ro", made)
    return made


def request(account: ProviderAccount, customer: Customer, origin: str = "itm_1", **values: Any) -> str:
    with entered(SystemScope("test")):
        profile = profiles.billing_profile(customer.id)
        return registering.request(
            **{
                "origin": origin,
                "customer_id": customer.id,
                "name": "exemplu.ro",
                "years": 2,
                "account_id": account.id,
                "profile": profile,
                **values,
            }
        )


def operations() -> list[ProviderOperation]:
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(ProviderOperation).order_by(ProviderOperation.id)))


def drive() -> Again | None:
    """Run the newest operation's job once."""
    with entered(SystemScope("job")):
        return registering.drive(operations()[-1].id)


def row(public_id: str) -> DomainName:
    with entered(SystemScope("test")) as session:
        return session.scalars(select(DomainName).where(DomainName.public_id == public_id)).one()


def command(function: Any, public_id: str) -> None:
    with entered(SystemScope("staff")):
        function(public_id)


def test_a_domain_is_registered_with_the_dates_of_the_registry(
    account: ProviderAccount, sandbox: SandboxWorld, told: list[Any]
):
    customer = customers.make_customer()
    public_id = request(account, customer, name="Exemplu.RO")
    assert (row(public_id).state, row(public_id).expires_on) == (DomainState.REGISTERING, None)
    assert drive() is None
    domain = row(public_id)
    assert (domain.name, domain.tld, domain.state) == ("exemplu.ro", "ro", DomainState.ACTIVE)
    # The sandbox's registry counts 365 days for a .ro year.
    assert domain.registered_on == clock.today()
    assert domain.expires_on == clock.today() + timedelta(days=730)
    assert domain.remote_id == sandbox.domains()[0]["id"]
    assert told == [
        events.DomainRegistered(customer.id, public_id, "itm_1", "exemplu.ro", clock.today() + timedelta(days=730))
    ]


def test_the_registry_may_reckon_otherwise(account: ProviderAccount, sandbox: SandboxWorld, move_clock):
    sandbox.move_clock(datetime.fromisoformat("2028-02-29T10:00:00+00:00"))
    public_id = request(account, customers.make_customer(), name="exemplu.com", years=1)
    drive()
    assert (row(public_id).registered_on, row(public_id).expires_on) == (date(2028, 2, 29), date(2029, 2, 28))


def test_one_origin_makes_one_domain_whatever_is_retried(account: ProviderAccount, sandbox: SandboxWorld):
    customer = customers.make_customer()
    made = {request(account, customer) for _ in range(5)}
    drive()
    made |= {request(account, customer, name="altceva.ro")}
    assert len(made) == len(operations()) == 1
    assert [domain["name"] for domain in sandbox.domains()] == ["exemplu.ro"]


def test_the_name_of_another_live_domain_is_refused(account: ProviderAccount):
    request(account, customers.make_customer())
    with pytest.raises(NameTaken):
        request(account, customers.make_customer(), origin="itm_2")
    with entered(SystemScope("test")) as session:
        assert len(session.scalars(select(DomainName)).all()) == len(session.scalars(select(Job)).all()) == 1


def test_what_is_no_name_and_who_is_no_registrant_are_refused(account: ProviderAccount):
    with pytest.raises(InvalidDomainName):
        request(account, customers.make_customer(), name="127.0.0.1")
    with pytest.raises(RegistrantIncomplete) as refusal:
        request(account, customers.make_customer(cui=None))
    assert list(refusal.value.fields) == ["cui"]
    assert operations() == []


def test_the_longest_ending_is_the_one(account: ProviderAccount):
    customer = customers.make_customer()
    assert row(request(account, customer, name="a.com.ro")).tld == "com.ro"
    assert row(request(account, customer, name="b.example.org", origin="itm_2")).tld == "example.org"


@pytest.mark.parametrize("fault", ["before_apply", "after_apply", "malformed", "nonsense", "error_500"])
def test_an_unknown_outcome_stays_registering_until_it_is_known(
    account: ProviderAccount, sandbox: SandboxWorld, told: list[Any], fault: str
):
    public_id = request(account, customers.make_customer())
    sandbox.arm("domains.register", fault)
    assert isinstance(drive(), Again)
    assert row(public_id).state is DomainState.REGISTERING
    with pytest.raises(NameTaken):
        request(account, customers.make_customer(), origin="itm_2")
    assert drive() is None
    assert row(public_id).state is DomainState.ACTIVE
    assert len(sandbox.domains()) == len(told) == 1


def test_a_slow_registry_is_waited_for(account: ProviderAccount, sandbox: SandboxWorld):
    public_id = request(account, customers.make_customer())
    sandbox.arm("domains.register", "slow", delay=0.5)
    assert drive() is None
    assert row(public_id).state is DomainState.ACTIVE


def test_a_refusal_frees_the_name_and_waits_for_staff(account: ProviderAccount, sandbox: SandboxWorld, told: list[Any]):
    customer = customers.make_customer()
    public_id = request(account, customer, name="ocupat.ro")
    drive()
    domain = row(public_id)
    assert (domain.state, domain.failure_reason) == (DomainState.FAILED, "taken")
    assert domain.failure == "ocupat.ro is taken"
    [failed] = told
    assert (failed.origin, failed.failure, failed.try_id) == ("itm_1", "ocupat.ro is taken", operations()[0].public_id)
    assert request(account, customers.make_customer(), name="ocupat.ro", origin="itm_2") != public_id


def test_staff_try_again_under_a_new_intent(account: ProviderAccount, sandbox: SandboxWorld, told: list[Any]):
    public_id = request(account, customers.make_customer())
    sandbox.arm("domains.register", "refuse")
    drive()
    command(registering.retry, public_id)
    assert row(public_id).state is DomainState.REGISTERING
    assert [operation.intent for operation in operations()] == ["itm_1", "itm_1#2"]
    assert drive() is None
    assert row(public_id).state is DomainState.ACTIVE
    assert [type(event) for event in told] == [events.DomainRegistrationFailed, events.DomainRegistered]
    with entered(SystemScope("test")) as session:
        assert session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all() == [
            "domain.register", "domain.registration_failed", "domain.retry", "domain.registered",
        ]  # fmt: skip


def test_only_what_failed_is_tried_again_or_cancelled(account: ProviderAccount):
    public_id = request(account, customers.make_customer())
    for function in (registering.retry, registering.cancel):
        with pytest.raises(WrongState):
            command(function, public_id)
    drive()
    for function in (registering.retry, registering.cancel, registering.give_up):
        with pytest.raises(WrongState):
            command(function, public_id)
        with pytest.raises(NoSuchDomain):
            command(function, "dom_nothing")


def test_a_retry_needs_the_name_to_be_free_still(account: ProviderAccount, sandbox: SandboxWorld):
    public_id = request(account, customers.make_customer())
    sandbox.arm("domains.register", "refuse")
    drive()
    request(account, customers.make_customer(), origin="itm_2")
    with pytest.raises(NameTaken):
        command(registering.retry, public_id)
    assert row(public_id).state is DomainState.FAILED


def test_a_failed_registration_is_cancelled(account: ProviderAccount, sandbox: SandboxWorld, told: list[Any]):
    public_id = request(account, customers.make_customer())
    sandbox.arm("domains.register", "refuse")
    drive()
    command(registering.cancel, public_id)
    assert row(public_id).state is DomainState.CANCELLED
    assert isinstance(told[-1], events.DomainRegistrationCancelled)


def test_staff_give_up_what_nobody_knows_and_a_retry_finds_it(
    account: ProviderAccount, sandbox: SandboxWorld, told: list[Any]
):
    public_id = request(account, customers.make_customer())
    sandbox.arm("domains.register", "after_apply")
    drive()
    command(registering.give_up, public_id)
    assert (row(public_id).state, operations()[0].state) == (DomainState.FAILED, OperationState.REJECTED)
    command(registering.retry, public_id)
    assert drive() is None
    assert row(public_id).state is DomainState.ACTIVE
    assert len(sandbox.domains()) == 1


def test_nobody_gives_up_a_call_that_is_under_way(account: ProviderAccount):
    public_id = request(account, customers.make_customer())
    with entered(SystemScope("test")), unit_of_work() as session:
        session.get_one(ProviderOperation, operations()[0].id).called_at = clock.machine_now()
    with pytest.raises(OperationStillOpen):
        command(registering.give_up, public_id)


def test_the_registrant_is_a_snapshot_and_is_encrypted(account: ProviderAccount, sandbox: SandboxWorld):
    customer = customers.make_customer(name="Fabrica de Pâine S.R.L.")
    public_id = request(account, customer)
    with entered(SystemScope("test")), unit_of_work() as session:
        session.get_one(Customer, customer.id).name = "Altă Firmă S.R.L."
    drive()
    domain = row(public_id)
    assert registrants.of(domain).organisation == "Fabrica de Pâine S.R.L."
    assert "Fabrica" not in domain.registrant_sealed
    assert "Fabrica" not in str(operations()[0].request)


def test_two_further_years_are_two_operations(account: ProviderAccount):
    """The key of an operation names its intent, never the name and the years."""
    customer = customers.make_customer()
    request(account, customer, years=1)
    request(account, customer, years=1, name="altul.ro", origin="itm_2")
    assert [operation.intent for operation in operations()] == ["itm_1", "itm_2"]
