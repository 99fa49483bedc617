"""Services in the portal and in the admin, in a browser without JavaScript."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from praho.core.db.scope import SystemScope, entered
from praho.core.permissions import MemberRole, StaffRole
from praho.customers.services import profiles
from praho.models.catalogue import BillingCycle, Product
from praho.models.customers import Customer
from praho.models.integrations import ProviderAccount, ProviderOperation
from praho.models.notifications import Message
from praho.models.provisioning import Service, ServiceState
from praho.provisioning.services import creating, credentials
from praho_sandbox.testing import SandboxWorld
from tests.factories import catalogue, customers, providers, services, users
from tests.fixtures.browsing import Page, Visitor


@pytest.fixture
def account(live_db, sandbox: SandboxWorld) -> ProviderAccount:
    return providers.make_provisioner(sandbox)


@pytest.fixture
def product(account: ProviderAccount) -> Product:
    return services.make_plan(account)


@pytest.fixture
def customer(account: ProviderAccount) -> Customer:
    return customers.make_customer(name="Fabrica de Pâine S.R.L.")


@pytest.fixture
def owner(visitor: Visitor, customer: Customer) -> Visitor:
    user = users.make_user()
    customers.make_member(customer, user, MemberRole.OWNER)
    visitor.keep("locale", "en")
    return visitor.sign_in(user)


@pytest.fixture
def staff(another_visitor: Callable[[], Visitor], account: ProviderAccount) -> Visitor:
    technician = another_visitor().sign_in(users.make_staff(StaffRole.TECHNICIAN))
    technician.keep("locale", "en")
    return technician


def request(customer: Customer, account: ProviderAccount, product: Product) -> str:
    with entered(SystemScope("test")):
        return creating.request(
            origin="itm_1",
            customer_id=customer.id,
            product_id=product.id,
            label="Găzduire Standard",
            domain_name="exemplu.ro",
            account_id=account.id,
            plan="standard",
            cycle="annual",
            price_minor=19900,
            currency="RON",
            profile=profiles.billing_profile(customer.id),
        )


def drive() -> None:
    with entered(SystemScope("job")) as session:
        operation_id = session.scalars(select(ProviderOperation.id).order_by(ProviderOperation.id.desc())).first()
    with entered(SystemScope("job")):
        creating.drive(operation_id)


def row(public_id: str) -> Service:
    with entered(SystemScope("test")) as session:
        return session.scalars(select(Service).where(Service.public_id == public_id)).one()


def test_the_customer_sees_a_creation_and_its_password_once(
    owner: Visitor, customer: Customer, account: ProviderAccount, product: Product
):
    portal = f"/portal/{customer.public_id}"
    assert "No services yet" in owner.get(f"{portal}/services").text
    public_id = request(customer, account, product)
    address = f"{portal}/services/{public_id}"
    page = owner.get(address)
    assert "is being set up" in page.text
    assert not page.leads_to("/credentials")
    asked = Page(owner.client.get(f"{address}/state", headers={"HX-Request": "true"}))
    assert 'hx-trigger="every 2s"' in asked.body
    drive()
    ended = Page(owner.client.get(f"{address}/state", headers={"HX-Request": "true"}))
    assert "Your hosting account runs" in ended.body
    password = credentials.kept(row(public_id))
    page = owner.get(address)
    assert password not in page.body
    assert "199.00 RON without VAT, for 1 year" in page.text
    shown = owner.submit(page, action="/credentials")
    assert shown.status == 200
    assert password in shown.text
    assert "no-store" in shown.response.headers["Cache-Control"]
    after = owner.get(address)
    assert password not in after.body
    assert "is not kept with us" in after.text
    assert not after.leads_to("/credentials")
    assert owner.post(f"{address}/credentials").status == 409


@pytest.mark.parametrize(
    ("role", "status"),
    [(MemberRole.OWNER, 200), (MemberRole.TECHNICAL, 200), (MemberRole.BILLING, 403), (MemberRole.VIEWER, 403)],
)
def test_only_owners_and_technical_members_see_the_password(
    visitor: Visitor, customer: Customer, account: ProviderAccount, product: Product, role: MemberRole, status: int
):
    user = users.make_user()
    customers.make_member(customer, user, role)
    visitor.sign_in(user)
    service = services.make_service(customer, account, product)
    address = f"/portal/{customer.public_id}/services/{service.public_id}"
    assert visitor.get(address).leads_to("/credentials") is (status == 200)
    assert visitor.post(f"{address}/credentials").status == status
    assert (row(service.public_id).credentials_sealed is None) is (status == 200)


def test_another_customer_s_service_does_not_exist(
    owner: Visitor, customer: Customer, account: ProviderAccount, product: Product
):
    foreign = services.make_service(customers.make_customer(), account, product, label="Serviciu străin")
    portal = f"/portal/{customer.public_id}/services"
    assert owner.get(f"{portal}/{foreign.public_id}").status == 404
    assert owner.get(f"{portal}/{foreign.public_id}/state").status == 404
    assert owner.post(f"{portal}/{foreign.public_id}/credentials").status == 404
    assert row(foreign.public_id).credentials_sealed is not None
    assert "Serviciu străin" not in owner.get(portal).text


def test_a_refusal_is_told_in_our_words_and_staff_decide(
    owner: Visitor,
    staff: Visitor,
    customer: Customer,
    account: ProviderAccount,
    product: Product,
    sandbox: SandboxWorld,
):
    sandbox.arm("accounts.create", "refuse", times=2)
    public_id = request(customer, account, product)
    drive()
    page = owner.get(f"/portal/{customer.public_id}/services/{public_id}")
    assert "could not be set up yet" in page.text
    assert "refused on demand" not in page.text
    assert "Găzduire Standard" in staff.get("/admin/services?state=failed&q=exemplu").text
    page = staff.get(f"/admin/services/{public_id}")
    assert "refused on demand" in page.text
    page = staff.submit(page, action="/retry")
    assert row(public_id).state is ServiceState.CREATING
    drive()
    staff.submit(staff.get(f"/admin/services/{public_id}"), action="/cancel")
    assert row(public_id).state is ServiceState.CANCELLED
    assert staff.post(f"/admin/services/{public_id}/retry").status == 409


def test_staff_close_what_nobody_knows(
    staff: Visitor, customer: Customer, account: ProviderAccount, product: Product, sandbox: SandboxWorld
):
    sandbox.arm("accounts.create", "before_apply")
    public_id = request(customer, account, product)
    drive()
    staff.submit(staff.get(f"/admin/services/{public_id}"), action="/give-up")
    assert row(public_id).state is ServiceState.FAILED


def test_both_pages_say_what_the_next_period_will_cost(
    owner: Visitor, staff: Visitor, customer: Customer, account: ProviderAccount
):
    plan = catalogue.make_plan(account, {BillingCycle.ANNUAL: (12_000, 0)})
    promised = {"renewal_discount_minor": 500, "renewal_discount_cycles": 2}
    runs = services.make_service(customer, account, plan, **promised)
    failed = services.make_service(customer, account, plan, state=ServiceState.FAILED)
    for reader, listed in ((owner, f"/portal/{customer.public_id}/services"), (staff, "/admin/services")):
        text = reader.get(f"{listed}/{runs.public_id}").text
        assert "115.00 RON without VAT" in text
        assert "5.00 RON less than the list price, for 2 more periods" in text
        assert "Next period" not in reader.get(f"{listed}/{failed.public_id}").text


def test_no_page_of_the_admin_shows_a_password(
    staff: Visitor, customer: Customer, account: ProviderAccount, product: Product
):
    service = services.make_service(customer, account, product)
    page = staff.get(f"/admin/services/{service.public_id}")
    assert credentials.kept(service) not in page.body
    assert "Password shown" in page.text


def test_the_technical_contacts_get_a_mail_that_leads_to_the_page(
    customer: Customer, account: ProviderAccount, product: Product, owner: Visitor, run_jobs: Callable[[], int]
):
    public_id = request(customer, account, product)
    run_jobs()
    run_jobs()
    with entered(SystemScope("test")) as session:
        messages = session.scalars(select(Message).where(Message.template == "provisioning/service_active")).all()
    assert len(messages) == 1
    assert messages[0].facts["service_id"] == public_id
    assert credentials.kept(row(public_id)) not in str(messages[0].facts)


def test_the_services_are_part_of_the_pages_that_cross_domains(
    staff: Visitor, owner: Visitor, customer: Customer, account: ProviderAccount, product: Product
):
    service = services.make_service(customer, account, product, label="Găzduire Brutărie")
    assert "Găzduire Brutărie" in staff.get("/admin/search?q=brutarie").text
    overview = staff.get(f"/admin/customers/{customer.public_id}")
    assert overview.leads_to(f"/admin/services/{service.public_id}")
    assert "Găzduire Brutărie set up" in staff.get(f"/admin/customers/{customer.public_id}/timeline").text
    assert "Găzduire Brutărie" in owner.get(f"/portal/{customer.public_id}/").text


def test_the_lists_take_as_many_queries_for_many_rows_as_for_few(
    staff: Visitor, owner: Visitor, customer: Customer, account: ProviderAccount, product: Product, count_queries
):
    counts: dict[str, list[int]] = {}
    for _round in range(2):
        for _row in range(12):
            services.make_service(customer, account, product)
            services.make_service(customers.make_customer(), account, product)
        for visitor, path in ((staff, "/admin/services"), (owner, f"/portal/{customer.public_id}/services")):
            visitor.get(path)
            with count_queries() as counted:
                visitor.get(path)
            counts.setdefault(path, []).append(counted.count)
    assert all(few == many <= 12 for few, many in counts.values()), counts
