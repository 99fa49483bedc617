"""Domains in the portal and in the admin, in a browser without JavaScript."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from praho.core.db.scope import SystemScope, entered
from praho.core.permissions import MemberRole, StaffRole
from praho.customers.services import profiles
from praho.domains.services import registering
from praho.models.customers import Customer
from praho.models.domains import DomainName, DomainState
from praho.models.integrations import ProviderAccount, ProviderOperation
from praho_sandbox.testing import SandboxWorld
from tests.factories import customers, domains, providers, users
from tests.fixtures.browsing import Page, Visitor


@pytest.fixture
def account(live_db, sandbox: SandboxWorld) -> ProviderAccount:
    made = providers.make_registrar(sandbox)
    domains.make_tld("ro", made)
    return made


@pytest.fixture
def customer(account: ProviderAccount) -> Customer:
    return customers.make_customer(name="Fabrica de Pâine S.R.L.")


@pytest.fixture
def member(visitor: Visitor, customer: Customer) -> Visitor:
    user = users.make_user()
    customers.make_member(customer, user, MemberRole.VIEWER)
    visitor.keep("locale", "en")
    return visitor.sign_in(user)


@pytest.fixture
def staff(another_visitor: Callable[[], Visitor], account: ProviderAccount) -> Visitor:
    technician = another_visitor().sign_in(users.make_staff(StaffRole.TECHNICIAN))
    technician.keep("locale", "en")
    return technician


def request(customer: Customer, account: ProviderAccount, name: str) -> str:
    with entered(SystemScope("test")):
        return registering.request(
            origin=f"itm_{name}",
            customer_id=customer.id,
            name=name,
            years=1,
            account_id=account.id,
            profile=profiles.billing_profile(customer.id),
        )


def drive() -> None:
    with entered(SystemScope("job")) as session:
        operation_id = session.scalars(select(ProviderOperation.id).order_by(ProviderOperation.id.desc())).first()
    with entered(SystemScope("job")):
        registering.drive(operation_id)


def fragment(visitor: Visitor, path: str) -> Page:
    return Page(visitor.client.get(path, headers={"HX-Request": "true"}))


def state(public_id: str) -> DomainState:
    with entered(SystemScope("test")) as session:
        return session.scalars(select(DomainName.state).where(DomainName.public_id == public_id)).one()


def test_the_customer_sees_a_registration_from_its_begin_to_its_end(
    member: Visitor, customer: Customer, account: ProviderAccount
):
    portal = f"/portal/{customer.public_id}"
    assert "No domains yet" in member.get(f"{portal}/domains").text
    public_id = request(customer, account, "pâine-bună.ro")
    page = member.get(f"{portal}/domains/{public_id}")
    assert "pâine-bună.ro" in page.text
    assert "The registry is being asked" in page.text
    asked = fragment(member, f"{portal}/domains/{public_id}/state")
    assert 'hx-trigger="every 2s"' in asked.body
    drive()
    ended = fragment(member, f"{portal}/domains/{public_id}/state")
    assert "hx-trigger" not in ended.body
    assert "The domain is registered" in ended.body
    page = member.get(f"{portal}/domains/{public_id}")
    assert "xn--pine-bun-iza15a.ro" in page.text
    assert "Fabrica de Pâine S.R.L." in page.text
    assert "ns1.praho.example" in page.text
    assert "pâine-bună.ro" in member.get(f"{portal}/domains?state=active&q=pain").text
    assert "Nothing matches" in member.get(f"{portal}/domains?state=failed").text
    assert member.get(f"{portal}/domains/{public_id}/state").path == f"{portal}/domains/{public_id}"


def test_a_refusal_is_told_in_our_words_and_not_in_the_registry_s(
    member: Visitor, customer: Customer, account: ProviderAccount
):
    public_id = request(customer, account, "ocupat.ro")
    drive()
    page = member.get(f"/portal/{customer.public_id}/domains/{public_id}")
    assert "Somebody else has registered this name" in page.text
    assert "is taken" not in page.text


def test_another_customer_s_domain_does_not_exist(member: Visitor, customer: Customer, account: ProviderAccount):
    foreign = domains.make_domain(customers.make_customer(), account, name="strain.ro")
    for path in (f"domains/{foreign.public_id}", f"domains/{foreign.public_id}/state"):
        assert member.get(f"/portal/{customer.public_id}/{path}").status == 404
    assert "strain.ro" not in member.get(f"/portal/{customer.public_id}/domains").text


def test_staff_see_what_was_asked_and_try_again(
    staff: Visitor, customer: Customer, account: ProviderAccount, sandbox: SandboxWorld
):
    sandbox.arm("domains.register", "refuse")
    public_id = request(customer, account, "exemplu.ro")
    drive()
    assert "exemplu.ro" in staff.get("/admin/domains?state=failed").text
    page = staff.get(f"/admin/domains/{public_id}")
    assert "refused on demand" in page.text
    assert "domains.register" in page.text
    assert "/v1/domains: 403" in page.text
    after = staff.submit(page, action="/retry")
    assert after.status == 200
    assert state(public_id) is DomainState.REGISTERING
    drive()
    page = staff.get(f"/admin/domains/{public_id}")
    assert not page.leads_to("/retry")
    assert state(public_id) is DomainState.ACTIVE


def test_staff_close_what_nobody_knows_and_cancel_it(
    staff: Visitor, customer: Customer, account: ProviderAccount, sandbox: SandboxWorld
):
    sandbox.arm("domains.register", "before_apply")
    public_id = request(customer, account, "exemplu.ro")
    drive()
    page = staff.submit(staff.get(f"/admin/domains/{public_id}"), action="/give-up")
    assert state(public_id) is DomainState.FAILED
    staff.submit(page, action="/cancel")
    assert state(public_id) is DomainState.CANCELLED
    assert staff.post(f"/admin/domains/{public_id}/cancel").status == 409


def test_who_may_only_look_decides_nothing(
    staff: Visitor, visitor: Visitor, customer: Customer, account: ProviderAccount, sandbox: SandboxWorld
):
    sandbox.arm("domains.register", "refuse")
    public_id = request(customer, account, "exemplu.ro")
    drive()
    auditor = visitor.sign_in(users.make_staff(StaffRole.AUDITOR))
    page = auditor.get(f"/admin/domains/{public_id}")
    assert page.status == 200
    assert not page.leads_to("/retry")
    assert auditor.post(f"/admin/domains/{public_id}/retry").status == 403


def test_the_domains_are_part_of_the_pages_that_cross_domains(
    staff: Visitor, member: Visitor, customer: Customer, account: ProviderAccount
):
    domain = domains.make_domain(customer, account, name="fabricadepaine.ro")
    assert "fabricadepaine.ro" in staff.get("/admin/search?q=fabrica").text
    overview = staff.get(f"/admin/customers/{customer.public_id}")
    assert overview.leads_to(f"/admin/domains/{domain.public_id}")
    assert "fabricadepaine.ro registered" in staff.get(f"/admin/customers/{customer.public_id}/timeline").text
    assert "fabricadepaine.ro" in member.get(f"/portal/{customer.public_id}/").text
    assert staff.get("/admin/").status == 200


def test_the_lists_take_as_many_queries_for_many_rows_as_for_few(
    staff: Visitor, member: Visitor, customer: Customer, account: ProviderAccount, count_queries
):
    counts: dict[str, list[int]] = {}
    for _round in range(2):
        for _row in range(12):
            domains.make_domain(customer, account)
            domains.make_domain(customers.make_customer(), account)
        for visitor, path in ((staff, "/admin/domains"), (member, f"/portal/{customer.public_id}/domains")):
            visitor.get(path)
            with count_queries() as counted:
                visitor.get(path)
            counts.setdefault(path, []).append(counted.count)
    assert all(few == many <= 12 for few, many in counts.values()), counts
