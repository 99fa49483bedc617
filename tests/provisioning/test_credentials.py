"""The access data: shown once, to those of the customer, under row-level security, and audited."""

import threading

import pytest
from sqlalchemy import select

from praho.core.db.scope import CustomerScope, SystemScope, entered
from praho.core.permissions import MemberRole
from praho.core.principal import ActorKind, Principal, acting_as
from praho.models.audit import AuditEvent
from praho.models.customers import Customer
from praho.models.provisioning import Service, ServiceState
from praho.provisioning import permissions
from praho.provisioning.errors import NoSuchService, NothingToReveal
from praho.provisioning.services import credentials
from praho_sandbox.testing import SandboxWorld
from tests.factories import customers, providers, services


@pytest.fixture
def customer(live_db) -> Customer:
    return customers.make_customer()


@pytest.fixture
def service(customer: Customer, sandbox: SandboxWorld) -> Service:
    account = providers.make_provisioner(sandbox)
    return services.make_service(customer, account, services.make_plan(account))


def reveal(service: Service, customer: Customer) -> credentials.Credentials:
    member = Principal(ActorKind.USER, "Ana", user_id=7, customer_id=customer.id, member_role=MemberRole.OWNER)
    with acting_as(member), entered(CustomerScope(customer.id)):
        return credentials.reveal(service.public_id, customer.id)


def stored(service: Service) -> Service:
    with entered(SystemScope("test")) as session:
        return session.get_one(Service, service.id)


def test_it_is_shown_once_erased_and_audited(service: Service, customer: Customer):
    password = credentials.kept(service)
    shown = reveal(service, customer)
    assert (shown.username, shown.panel_url, shown.password) == (service.username, service.panel_url, password)
    assert password not in repr(shown)
    assert stored(service).credentials_sealed is None
    assert stored(service).credentials_revealed_at is not None
    with pytest.raises(NothingToReveal):
        reveal(service, customer)
    with entered(SystemScope("test")) as session:
        [event] = session.scalars(select(AuditEvent))
    assert (event.action, event.actor_name, event.customer_id) == ("service.credentials.reveal", "Ana", customer.id)
    assert password not in str(event.changes)


def test_two_clicks_at_once_show_it_once(service: Service, customer: Customer):
    together = threading.Barrier(2)
    results: list[str] = []

    def click() -> None:
        together.wait()
        try:
            results.append(reveal(service, customer).password)
        except NothingToReveal:
            results.append("")

    clicks = [threading.Thread(target=click) for _ in range(2)]
    for one in clicks:
        one.start()
    for one in clicks:
        one.join()
    assert sorted(results) == ["", credentials.kept(service)]


def test_another_customer_s_service_does_not_exist(service: Service):
    stranger = customers.make_customer()
    with pytest.raises(NoSuchService):
        reveal(service, stranger)
    with entered(SystemScope("test")), pytest.raises(NoSuchService):
        credentials.reveal(service.public_id, stranger.id)
    assert stored(service).credentials_sealed is not None


@pytest.mark.parametrize("state", [ServiceState.CREATING, ServiceState.FAILED, ServiceState.CANCELLED])
def test_only_what_runs_has_access_data(customer: Customer, sandbox: SandboxWorld, state: ServiceState):
    account = providers.make_provisioner(sandbox)
    service = services.make_service(customer, account, services.make_plan(account), state=state)
    with pytest.raises(NothingToReveal):
        reveal(service, customer)
    assert stored(service).credentials_sealed is not None


def test_who_may_see_it():
    granted = {role for role in MemberRole if permissions.REVEAL_CREDENTIALS.granted_to_member(role)}
    assert granted == {MemberRole.OWNER, MemberRole.TECHNICAL}
