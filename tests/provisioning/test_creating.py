"""Creating: one service for one origin, one account at the provider, active on its word alone."""

import ast
from typing import Any

import pytest
from sqlalchemy import select

from praho.core import events as kernel_events
from praho.core.db.scope import SystemScope, entered
from praho.core.domain import Domain, install
from praho.core.events import Subscriber
from praho.core.identifiers.domain_name import InvalidDomainName
from praho.core.jobs.kinds import Again
from praho.core.jobs.table import Job
from praho.customers.services import profiles
from praho.models.audit import AuditEvent
from praho.models.customers import Customer
from praho.models.integrations import ProviderAccount, ProviderOperation
from praho.models.provisioning import Service, ServiceState
from praho.provisioning import events, module
from praho.provisioning.errors import DomainNeeded, WrongState
from praho.provisioning.services import creating, credentials
from praho_sandbox.testing import SandboxWorld
from tests.architecture import sources
from tests.factories import customers, providers, services

TOLD = (events.ServiceActivated, events.ServiceFailed, events.ServiceCancelled)


@pytest.fixture
def told():
    """The events that were published, in their order."""
    heard: list[Any] = []
    install((Domain("tests", subscribers=tuple(Subscriber(kind, heard.append) for kind in TOLD)), module.DOMAIN))
    yield heard
    kernel_events.install(())


@pytest.fixture
def account(db, sandbox: SandboxWorld, told: list[Any]) -> ProviderAccount:
    return providers.make_provisioner(sandbox)


def request(account: ProviderAccount, customer: Customer, origin: str = "itm_1", **values: Any) -> str:
    product = services.make_plan(account)
    with entered(SystemScope("test")):
        return creating.request(
            **{
                "origin": origin,
                "customer_id": customer.id,
                "product_id": product.id,
                "label": "Găzduire Standard",
                "domain_name": "exemplu.ro",
                "account_id": account.id,
                "plan": "standard",
                "cycle": "annual",
                "price_minor": 19900,
                "currency": "RON",
                "profile": profiles.billing_profile(customer.id),
                **values,
            }
        )


def operations() -> list[ProviderOperation]:
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(ProviderOperation).order_by(ProviderOperation.id)))


def drive() -> Again | None:
    """Run the newest operation's job once."""
    with entered(SystemScope("job")):
        return creating.drive(operations()[-1].id)


def row(public_id: str) -> Service:
    with entered(SystemScope("test")) as session:
        return session.scalars(select(Service).where(Service.public_id == public_id)).one()


def command(function: Any, public_id: str) -> None:
    with entered(SystemScope("staff")):
        function(public_id)


def test_a_service_runs_with_its_term_and_its_access_data(
    account: ProviderAccount, sandbox: SandboxWorld, told: list[Any], move_clock
):
    # 22:30 UTC on 30 January is 00:30 on 31 January in Bucharest.
    move_clock("2026-01-30T22:30:00+00:00")
    customer = customers.make_customer()
    public_id = request(account, customer, cycle="monthly")
    assert (row(public_id).state, row(public_id).term_start) == (ServiceState.CREATING, None)
    assert drive() is None
    service = row(public_id)
    assert service.state is ServiceState.ACTIVE
    assert [str(day) for day in (service.term_start, service.term_end)] == ["2026-01-31", "2026-02-28"]
    assert service.anchor_day == 31
    [remote] = sandbox.accounts()
    assert (service.username, service.remote_id) == (remote["username"], remote["id"])
    assert service.panel_url == f"{sandbox.url}/panel/{remote['username']}"
    assert len(credentials.kept(service)) == 20
    assert told == [events.ServiceActivated(customer.id, public_id, "itm_1", service.term_start, service.term_end)]


def test_handed_over_five_times_it_is_one_service(account: ProviderAccount, sandbox: SandboxWorld):
    customer = customers.make_customer()
    made = {request(account, customer) for _ in range(5)}
    drive()
    made |= {request(account, customer, domain_name="altceva.ro", cycle="monthly")}
    assert len(made) == len(operations()) == len(sandbox.accounts()) == 1


@pytest.mark.parametrize("fault", ["before_apply", "after_apply", "malformed", "nonsense", "error_500"])
def test_an_unknown_outcome_is_settled_and_the_password_is_not_lost(
    account: ProviderAccount, sandbox: SandboxWorld, told: list[Any], fault: str
):
    public_id = request(account, customers.make_customer())
    chosen = credentials.kept(row(public_id))
    sandbox.arm("accounts.create", fault)
    assert isinstance(drive(), Again)
    assert row(public_id).state is ServiceState.CREATING
    assert drive() is None
    assert row(public_id).state is ServiceState.ACTIVE
    assert credentials.kept(row(public_id)) == chosen
    assert len(sandbox.accounts()) == len(told) == 1


def test_a_refusal_waits_for_staff(account: ProviderAccount, sandbox: SandboxWorld, told: list[Any]):
    request(account, customers.make_customer())
    drive()
    second = request(account, customers.make_customer(), origin="itm_2")
    drive()
    service = row(second)
    assert (service.state, service.failure_reason) == (ServiceState.FAILED, "taken")
    assert service.failure == "exemplu.ro is hosted here already"
    assert (told[-1].origin, told[-1].try_id) == ("itm_2", operations()[-1].public_id)


def test_staff_try_again_or_cancel(account: ProviderAccount, sandbox: SandboxWorld, told: list[Any]):
    public_id = request(account, customers.make_customer())
    sandbox.arm("accounts.create", "refuse", times=2)
    drive()
    command(creating.retry, public_id)
    drive()
    command(creating.retry, public_id)
    assert drive() is None
    assert row(public_id).state is ServiceState.ACTIVE
    assert [operation.intent for operation in operations()] == ["itm_1", "itm_1#2", "itm_1#3"]
    for function in (creating.retry, creating.cancel, creating.give_up):
        with pytest.raises(WrongState):
            command(function, public_id)
    with entered(SystemScope("test")) as session:
        assert session.scalars(select(AuditEvent.action).order_by(AuditEvent.id)).all() == [
            "service.create", "service.creation_failed", "service.retry", "service.creation_failed", "service.retry",
            "service.activated",
        ]  # fmt: skip


def test_a_cancelled_service_forgets_its_password(account: ProviderAccount, sandbox: SandboxWorld, told: list[Any]):
    public_id = request(account, customers.make_customer())
    sandbox.arm("accounts.create", "refuse")
    drive()
    command(creating.cancel, public_id)
    assert (row(public_id).state, row(public_id).credentials_sealed) == (ServiceState.CANCELLED, None)
    assert isinstance(told[-1], events.ServiceCancelled)


def test_what_staff_gave_up_is_found_by_the_next_try(account: ProviderAccount, sandbox: SandboxWorld):
    public_id = request(account, customers.make_customer())
    sandbox.arm("accounts.create", "after_apply")
    drive()
    command(creating.give_up, public_id)
    assert row(public_id).state is ServiceState.FAILED
    command(creating.retry, public_id)
    assert drive() is None
    assert row(public_id).state is ServiceState.ACTIVE
    assert len(sandbox.accounts()) == 1


def test_hosting_needs_a_domain(account: ProviderAccount):
    with pytest.raises(DomainNeeded):
        request(account, customers.make_customer(), domain_name=None)
    with pytest.raises(InvalidDomainName):
        request(account, customers.make_customer(), domain_name="nu e un domeniu")
    assert operations() == []


def test_no_password_is_in_a_job_an_operation_or_the_audit(account: ProviderAccount, sandbox: SandboxWorld):
    public_id = request(account, customers.make_customer())
    drive()
    password = credentials.kept(row(public_id))
    with entered(SystemScope("test")) as session:
        kept = [str(job.payload) for job in session.scalars(select(Job))]
        kept += [str(operation.request) for operation in session.scalars(select(ProviderOperation))]
        kept += [str(event.changes) for event in session.scalars(select(AuditEvent))]
    assert password not in "".join(kept)
    assert password not in (row(public_id).credentials_sealed or "")


def test_passwords_are_strong_and_different():
    made = {credentials.new_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(password) == 20 and not set(password) & set("0O1lI") for password in made)


def test_nothing_but_the_provider_s_word_makes_a_service_active():
    """Every place in the code that makes a service active: one, the record step of the creation."""
    places = [
        f"{path}:{function.name}"
        for path in sources.modules("praho")
        for function in sources.functions(path)
        for node in ast.walk(function)
        if isinstance(node, ast.Assign)
        and sources.full_name(path, node.value) == "praho.models.provisioning.ServiceState.ACTIVE"
    ]
    assert places == ["praho/provisioning/services/creating.py:_activate"]
    named = [
        str(path)
        for path in sources.modules("praho")
        for call in sources.calls(path)
        for keyword in call.keywords
        if keyword.arg == "state"
        and sources.full_name(path, keyword.value) == "praho.models.provisioning.ServiceState.ACTIVE"
    ]
    assert named == []
