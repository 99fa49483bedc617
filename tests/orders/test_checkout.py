"""The checkout in its steps, without a script: persons, companies, members; and all that may go wrong."""

import pytest
from sqlalchemy import func, select

from praho.catalogue.services import plans, selling
from praho.catalogue.types import CycleAmounts
from praho.core import clock, passwords
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.permissions import MemberRole
from praho.customers.services import members, profiles
from praho.models.catalogue import BillingCycle
from praho.models.customers import Customer, CustomerKind
from praho.models.integrations import ProviderAccount, ProviderKind
from praho.models.notifications import Message
from praho.models.orders import Cart, OrderState
from praho.models.settings import Setting
from praho.models.users import User
from praho.orders.services import checking_out
from praho.orders.web import cart_cookie
from tests.factories import billing, catalogue, customers, domains, orders, providers, users

ANNUAL = BillingCycle.ANNUAL
PERSON = {
    "full_name": "Ștefan Ionescu", "account_email": "Stefan@Client.example", "password": "o parolă destul de lungă",
    "kind": "person", "phone": "0722 123 456", "street": "Strada Lungă 5", "county": "RO-CJ", "city": "Cluj-Napoca",
}  # fmt: skip
AGREED = {"terms": "y"}
COMPANY = {
    **PERSON, "kind": "company", "name": "Brutăria Noastră S.R.L.", "cui": "RO14399840", "reg_com": "J40/1234/2020",
    "county": "RO-B", "city": "Sector 3", "email": "facturi@brutaria.example",
}  # fmt: skip


@pytest.fixture
def product(app, sandbox):
    billing.make_seller()
    catalogue.make_priced_tld("ro", providers.make_registrar(sandbox))
    return catalogue.make_plan(providers.make_provisioner(sandbox), {ANNUAL: (15_000, 0)}, slug="start")


@pytest.fixture
def buyer(visitor, product):
    """A visitor with a plan and its domain in the cart."""
    cart = orders.fill_cart([(product, ANNUAL, "brutaria.ro")], [("brutaria.ro", 1)])
    visitor.keep(cart_cookie.KEY, cart)
    return visitor


def fill_in(visitor, typed):
    return visitor.submit(visitor.get("/checkout"), typed)


def agree(visitor, page, values=AGREED):
    assert page.path == "/checkout/review", page.errors
    return visitor.submit(page, values)


def send_again(visitor, page):
    """Send a review page that was opened before somebody signed in, with a right anti-forgery token."""
    values = {name: value for name, value in {**page.values(), **AGREED}.items() if name != "csrf_token"}
    return visitor.post("/checkout/review", values)


def order(visitor, typed):
    return agree(visitor, fill_in(visitor, typed))


def count(model):
    with entered(SystemScope("test")) as session:
        return session.scalar(select(func.count()).select_from(model))


def nothing_was_made():
    return (count(User), count(Customer), len(orders.orders())) == (0, 0, 0)


def only(model):
    with entered(SystemScope("test")) as session:
        return session.scalars(select(model)).one()


def test_a_person_signs_up_and_orders_in_one_go(buyer):
    page = order(buyer, PERSON)
    customer, user, made = only(Customer), only(User), orders.orders()[0]
    assert (page.status, page.path) == (200, f"/portal/{customer.public_id}/orders/{made.public_id}/pay")
    assert "242,00 RON" in page.text
    assert (user.email, user.full_name, user.email_confirmed_at) == ("stefan@client.example", "Ștefan Ionescu", None)
    assert (customer.kind, customer.name, customer.email) == (
        CustomerKind.PERSON, "Ștefan Ionescu", "stefan@client.example",
    )  # fmt: skip
    assert members.memberships_of(user.id)[0].role is MemberRole.OWNER
    assert (made.customer_id, made.placed_by, made.placed_by_staff) == (customer.id, user.id, False)
    assert (made.terms_version, made.terms_ip) == ("1", "127.0.0.1")
    assert buyer.kept(cart_cookie.KEY) is None
    with entered(SystemScope("test")) as session:
        mails = set(session.scalars(select(Message.template)))
    assert "users/confirm_email" in mails
    assert buyer.get("/my").path == f"/portal/{customer.public_id}/"


def test_a_company_orders_with_its_own_data(buyer):
    page = fill_in(buyer, COMPANY)
    for words in ("Brutăria Noastră S.R.L.", "RO14399840", "Sector 3", "facturi@brutaria.example", "200,00 RON"):
        assert words in page.text, words
    assert agree(buyer, page).status == 200
    with entered(SystemScope("test")):
        profile = profiles.billing_profile(only(Customer).id)
    assert (profile.kind, profile.cui, profile.vat_id, profile.reg_com) == (
        CustomerKind.COMPANY, "14399840", "RO14399840", "J40/1234/2020",
    )  # fmt: skip
    assert (profile.email, profile.address.city) == ("facturi@brutaria.example", "SECTOR3")


def test_everything_that_is_wrong_is_said_at_once_and_nothing_typed_is_lost(buyer):
    typed = {**COMPANY, "account_email": "nu", "cui": "14399841", "phone": "12"}
    page = fill_in(buyer, typed)
    assert (page.path, page.status, set(page.errors)) == ("/checkout", 422, {"account_email", "cui", "phone"})
    assert list(page.tree.xpath("//*[@data-error-summary]//a/@href")) == ["#account_email", "#cui", "#phone"]
    kept = page.values()
    assert {name: kept.get(name) for name in typed} == {**typed, "password": ""}
    assert nothing_was_made()
    right = {name: COMPANY[name] for name in ("account_email", "cui", "phone")}
    page = agree(buyer, buyer.submit(page, {**right, "password": ""}))
    assert page.path.endswith("/pay")
    user = only(User)
    assert passwords.verify(user.password_hash, COMPANY["password"])


def test_who_comes_back_finds_everything_but_the_password_shown(buyer):
    fill_in(buyer, {**PERSON, "phone": "12"})
    page = buyer.get("/checkout")
    assert page.values()["street"] == "Strada Lungă 5"
    assert PERSON["password"] not in page.body
    page = buyer.submit(page, {"phone": PERSON["phone"]})
    assert page.path == "/checkout/review"
    assert buyer.get("/checkout").values()["phone"] == PERSON["phone"]


def test_a_weak_password_is_refused_and_not_kept(buyer):
    page = fill_in(buyer, {**PERSON, "password": "scurt"})
    assert (page.status, set(page.errors)) == (422, {"password"})
    page = buyer.submit(page, {"password": ""})
    assert (page.status, set(page.errors)) == (422, {"password"})


def test_the_review_needs_the_first_step(buyer):
    assert buyer.get("/checkout/review").path == "/checkout"
    fill_in(buyer, {**PERSON, "phone": "12"})
    assert buyer.get("/checkout/review").path == "/checkout"
    fill_in(buyer, PERSON)
    assert buyer.get("/checkout/review").path == "/checkout/review"
    buyer.sign_in(users.make_user())
    assert buyer.get("/checkout/review").path == "/checkout"


def test_what_was_typed_is_encrypted_and_ends_with_the_order(buyer):
    page = fill_in(buyer, PERSON)
    sealed = only(Cart).details_sealed
    assert sealed
    assert "Ionescu" not in sealed
    agree(buyer, page)
    assert only(Cart).details_sealed is None


def test_what_one_person_typed_is_shown_to_no_other_at_the_same_browser(buyer):
    buyer.sign_in(users.make_user(email="ion@acasa.example"))
    fill_in(buyer, COMPANY)
    assert buyer.get("/checkout").values()["cui"] == "RO14399840"
    buyer.post("/account/sign-out")
    for leave in (lambda: None, lambda: buyer.sign_in(users.make_user(email="ana@acasa.example"))):
        leave()
        assert not buyer.get("/checkout").values()["cui"]


def test_passwords_are_hashed_so_often_and_no_more(buyer, monkeypatch):
    monkeypatch.setattr(checking_out, "MOST_PASSWORDS", 1)
    page = buyer.get("/checkout")
    assert [buyer.submit(page, {**PERSON, "street": ""}).status for _time in range(2)] == [422, 429]


def test_without_the_terms_there_is_no_order(buyer):
    page = agree(buyer, fill_in(buyer, PERSON), {})
    assert (page.status, set(page.errors)) == (422, {"terms"})
    assert nothing_was_made()


@pytest.mark.parametrize("field", ["full_name", "account_email", "password", "phone", "street", "county"])
def test_each_needed_field_is_asked_for(buyer, field):
    page = fill_in(buyer, {**PERSON, field: ""})
    assert page.status == 422
    assert field in page.errors
    assert nothing_was_made()


def test_buyers_abroad_are_asked_for_what_their_vat_depends_on(buyer):
    page = fill_in(buyer, {**PERSON, "country": "DE"})
    assert (page.status, set(page.errors)) == (422, {"post_code"})
    assert nothing_was_made()


def test_an_address_with_an_account_is_asked_to_sign_in(buyer):
    users.make_user(email="stefan@client.example")
    page = fill_in(buyer, PERSON)
    assert page.status == 409
    assert set(page.errors) == {"account_email"}
    assert page.leads_to("/account/sign-in")
    assert (count(Customer), orders.orders()) == (0, [])


def test_signing_in_leads_back_to_the_checkout_with_the_cart(buyer):
    page = buyer.get("/checkout")
    link = page.tree.xpath("//main//a[contains(@href, 'sign-in')]/@href")[0]
    assert "next=/checkout" in link or "next=%2Fcheckout" in link
    user = users.make_user()
    buyer.sign_in(user)
    page = buyer.get("/checkout")
    assert page.path == "/checkout"
    assert user.full_name in page.text
    assert "password" not in page.values()


def test_a_member_orders_for_the_own_customer(buyer):
    user, customer = users.make_user(), customers.make_customer()
    customers.make_member(customer, user, MemberRole.BILLING)
    buyer.sign_in(user)
    page = order(buyer, {})
    assert page.path.startswith(f"/portal/{customer.public_id}/orders/")
    assert [made.customer_id for made in orders.orders()] == [customer.id]


def test_a_member_may_order_for_a_new_customer(buyer):
    user, customer = users.make_user(), customers.make_customer()
    customers.make_member(customer, user)
    buyer.sign_in(user)
    typed = {name: value for name, value in COMPANY.items() if name not in ("full_name", "account_email", "password")}
    order(buyer, {**typed, "buyer": "new"})
    assert count(Customer) == 2
    assert orders.orders()[0].customer_id != customer.id


@pytest.mark.parametrize("role", [MemberRole.TECHNICAL, MemberRole.VIEWER])
def test_who_may_not_order_for_a_customer_cannot_choose_it(buyer, role):
    user, customer = users.make_user(), customers.make_customer()
    customers.make_member(customer, user, role)
    customers.make_member(customers.make_customer(name="Alta S.R.L."), user)
    buyer.sign_in(user)
    page = buyer.get("/checkout")
    assert customer.name not in page.text
    page = buyer.submit(page, {"buyer": customer.public_id})
    assert page.status == 404
    assert orders.orders() == []


@pytest.mark.parametrize("ref", ["stranger", "cus_nothing", ""])
def test_a_foreign_customer_is_none(buyer, ref):
    user = users.make_user()
    customers.make_member(customers.make_customer(), user)
    stranger = customers.make_customer(name="Străină S.R.L.")
    buyer.sign_in(user)
    page = buyer.submit(buyer.get("/checkout"), {"buyer": stranger.public_id if ref == "stranger" else ref})
    assert page.status == 404
    assert orders.orders() == []


def test_a_changed_price_is_a_step_of_its_own(buyer, product):
    page = fill_in(buyer, PERSON)
    with entered(SystemScope("test")):
        plans.set_prices(product.public_id, {ANNUAL: CycleAmounts(16_000)})
    page = agree(buyer, page)
    assert page.status == 409
    assert "254,10 RON" in page.text
    assert nothing_was_made()
    agree(buyer, page)
    assert [made.total_minor for made in orders.orders()] == [25_410]


@pytest.mark.parametrize("seen", ["1", "-1", "abc", "", None])
def test_a_tampered_total_is_another_price(buyer, seen):
    page = agree(buyer, fill_in(buyer, PERSON), {**AGREED, "seen_total": seen})
    assert page.status == 409
    assert nothing_was_made()


def test_the_same_form_sent_twice_is_the_same_order(buyer):
    page = fill_in(buyer, PERSON)
    cart = buyer.kept(cart_cookie.KEY)
    first = agree(buyer, page)
    buyer.keep(cart_cookie.KEY, cart)
    assert send_again(buyer, page).path == first.path
    assert (count(User), count(Customer), len(orders.orders())) == (1, 1, 1)


def test_a_second_sending_from_elsewhere_signs_nobody_in(buyer, another_visitor):
    page = fill_in(buyer, PERSON)
    cart = buyer.kept(cart_cookie.KEY)
    agree(buyer, page)
    twin = another_visitor()
    twin.keep(cart_cookie.KEY, cart)
    assert send_again(twin, page).path == "/account/sign-in"
    assert twin.get("/my").path == "/account/sign-in"
    assert len(orders.orders()) == 1


def test_other_terms_than_the_shown_ones_are_read_first(buyer):
    page = fill_in(buyer, PERSON)
    with entered(SystemScope("test")), unit_of_work() as session:
        session.add(Setting(key="terms.version", value="2", updated_at=clock.now()))
    page = agree(buyer, page)
    assert (page.status, set(page.errors)) == (422, {"terms"})
    assert nothing_was_made()
    assert page.values().get("terms") is None
    agree(buyer, page)
    assert [made.terms_version for made in orders.orders()] == ["2"]


def test_two_tabs_order_one_cart_once(buyer):
    fill_in(buyer, PERSON)
    first, second = buyer.get("/checkout/review"), buyer.get("/checkout/review")
    cart = buyer.kept(cart_cookie.KEY)
    agree(buyer, first)
    buyer.keep(cart_cookie.KEY, cart)
    assert send_again(buyer, second).path == "/cart"
    assert len(orders.orders()) == 1


def test_a_name_taken_meanwhile_is_said_before_anything_is_made(buyer):
    with entered(SystemScope("test")) as session:
        account = session.scalars(select(ProviderAccount).where(ProviderAccount.kind == ProviderKind.REGISTRAR)).one()
    owner = customers.make_customer()
    domains.make_domain(owner, account, name="brutaria.ro")
    page = order(buyer, PERSON)
    assert page.path == "/cart"
    assert "brutaria.ro" in page.text
    assert (count(User), orders.orders()) == (0, [])


def test_what_went_off_sale_meanwhile_leaves_nothing_behind(buyer, product):
    page = fill_in(buyer, PERSON)
    with entered(SystemScope("test")):
        selling.retire_plan(product.public_id)
    page = agree(buyer, page)
    assert page.path == "/cart"
    assert nothing_was_made()


def test_an_empty_cart_has_no_checkout(visitor, product):
    assert visitor.get("/checkout").path == "/cart"
    assert visitor.post("/checkout", PERSON).path == "/cart"
    assert visitor.post("/checkout/review", {**AGREED, "form_token": "x", "seen_total": "0"}).path == "/cart"
    assert nothing_was_made()


def test_without_the_sellers_data_nothing_is_made(buyer):
    with entered(SystemScope("test")), unit_of_work() as session:
        session.delete(session.scalars(select(Setting).where(Setting.key == "company.name")).one())
    page = order(buyer, PERSON)
    assert page.status == 409
    assert nothing_was_made()
    assert only(Cart).order_public_id is None


def test_what_costs_nothing_needs_no_payment(visitor, sandbox, product):
    free = catalogue.make_plan(providers.make_provisioner(sandbox), {ANNUAL: (0, 0)})
    visitor.keep(cart_cookie.KEY, orders.fill_cart([(free, ANNUAL, "firma.ro")]))
    page = order(visitor, PERSON)
    made = orders.orders()[0]
    assert page.path == f"/portal/{only(Customer).public_id}/orders/{made.public_id}"
    assert made.proforma_id is None


def test_checkouts_are_limited(buyer):
    page = fill_in(buyer, PERSON)
    statuses = [agree(buyer, page, {**AGREED, "seen_total": "1"}).status for _time in range(21)]
    assert statuses == [409] * 20 + [429]
    assert nothing_was_made()


def test_orders_wait_for_their_payment(buyer):
    order(buyer, PERSON)
    assert [made.state for made in orders.orders()] == [OrderState.AWAITING_PAYMENT]
