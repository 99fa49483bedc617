"""A customer's orders: their list, their state, cancelling; never another customer's."""

import pytest

from praho.core.db.scope import SystemScope, entered
from praho.core.permissions import MemberRole
from praho.models.catalogue import BillingCycle
from praho.models.domains import DomainState
from praho.models.integrations import ProviderKind
from praho.models.orders import OrderState
from praho.orders.services import delivering
from praho.orders.web import portal as orders_portal
from tests.billing.payments import money
from tests.factories import billing, catalogue, customers, domains, orders, providers, users


@pytest.fixture
def product(app):
    billing.make_seller()
    catalogue.make_priced_tld("ro", catalogue.make_offline_account(ProviderKind.REGISTRAR))
    return catalogue.make_plan(catalogue.make_offline_account(ProviderKind.PROVISIONER), name={"ro": "Start"})


@pytest.fixture
def customer(product):
    return customers.make_customer()


@pytest.fixture
def portal(customer):
    return f"/portal/{customer.public_id}"


@pytest.fixture
def owner(visitor, customer):
    user = users.make_user()
    customers.make_member(customer, user)
    return visitor.sign_in(user)


def test_no_orders_say_what_to_do(owner, portal):
    page = owner.get(f"{portal}/orders")
    assert page.status == 200
    assert page.leads_to("/hosting")


def test_an_unpaid_order_shows_the_ways_to_pay_it(owner, customer, product, portal, sandbox):
    providers.make_payment_account(sandbox)
    public_id = orders.make_order(customer, product, ["exemplu.ro"])
    page = owner.get(f"{portal}/orders/{public_id}/pay")
    for words in (orders.order(public_id).number, "205,70 RON", "PRO-", "RO49 AAAA 1B31 0075 9384 0000"):
        assert words in page.text, words
    assert page.leads_to("/pay")
    assert page.leads_to("/pdf")


def test_an_order_is_paid_from_the_balance_on_its_own_page(owner, customer, product, portal):
    public_id = orders.make_order(customer, product, ["exemplu.ro"])
    address = f"{portal}/orders/{public_id}/pay"
    assert "balance" not in owner.get(address).body
    money.arrive(customer, 30_000)
    owner.submit(owner.get(address), action="/pay/balance")
    assert money.balance(customer) == 30_000 - 20_570
    assert owner.get(address).path == f"{portal}/orders/{public_id}"


def test_what_is_not_to_be_paid_leads_to_the_order(owner, customer, product, portal):
    public_id = orders.make_order(customer, product)
    owner.submit(owner.get(f"{portal}/orders/{public_id}"), action="/cancel")
    assert owner.get(f"{portal}/orders/{public_id}/pay").path == f"{portal}/orders/{public_id}"


def test_an_unpaid_order_leads_to_its_payment_and_can_be_cancelled(owner, customer, product, portal):
    public_id = orders.make_order(customer, product, ["exemplu.ro"])
    number = orders.order(public_id).number
    page = owner.get(f"{portal}/orders")
    assert number in page.text
    assert page.leads_to(f"/orders/{public_id}")
    page = owner.get(f"{portal}/orders/{public_id}")
    for words in (number, "Domeniul exemplu.ro", "Start, 1 an", "205,70 RON", "Așteaptă plata"):
        assert words in page.text, words
    page = owner.submit(page, action="/cancel")
    assert "Comanda a fost anulată" in page.text
    assert not page.leads_to("/cancel")
    assert orders.order(public_id).state is OrderState.CANCELLED
    assert owner.post(f"{portal}/orders/{public_id}/cancel").status == 200
    assert orders.order(public_id).state is OrderState.CANCELLED


def test_an_order_under_way_is_followed_until_it_is_complete(owner, customer, product, portal):
    public_id = orders.place(customer, orders.fill_cart(names=[("exemplu.ro", 1)]))
    with entered(SystemScope("test")):
        delivering.begin(public_id)
    item = orders.items(public_id)[0]
    page = owner.get(f"{portal}/orders/{public_id}")
    assert page.tree.xpath("//*[@hx-trigger]")
    fragment = owner.get(f"{portal}/orders/{public_id}/progress")
    assert "<html" not in fragment.body
    made = domains.make_domain(
        customer, catalogue.make_offline_account(ProviderKind.REGISTRAR), name="exemplu.ro", origin=item.public_id
    )
    with entered(SystemScope("test")):
        delivering.settle(item.public_id)
    fragment = owner.get(f"{portal}/orders/{public_id}/progress")
    assert not fragment.tree.xpath("//*[@hx-trigger]")
    assert fragment.tree.xpath(f"//a[contains(@href, '{made.public_id}')]")
    assert orders.order(public_id).state is OrderState.COMPLETED


def test_what_staff_know_of_a_failure_is_not_told(owner, customer, product, portal):
    public_id = orders.place(customer, orders.fill_cart(names=[("exemplu.ro", 1)]))
    with entered(SystemScope("test")):
        delivering.begin(public_id)
    item = orders.items(public_id)[0]
    domains.make_domain(
        customer, catalogue.make_offline_account(ProviderKind.REGISTRAR), name="exemplu.ro", origin=item.public_id,
        state=DomainState.FAILED, failure="raw words of the registry",
    )  # fmt: skip
    with entered(SystemScope("test")):
        delivering.settle(item.public_id)
    page = owner.get(f"{portal}/orders/{public_id}")
    assert "raw words" not in page.body
    assert "Echipa noastră" in page.text


@pytest.mark.parametrize("path", ["", "/progress", "/cancel"])
def test_another_customers_order_does_not_exist(owner, product, portal, path):
    other = customers.make_customer()
    public_id = orders.make_order(other, product)
    for address in (f"{portal}/orders/{public_id}{path}", f"/portal/{other.public_id}/orders/{public_id}{path}"):
        answer = owner.post(address) if path == "/cancel" else owner.get(address)
        assert answer.status == 404
    assert orders.order(public_id).state is OrderState.AWAITING_PAYMENT


@pytest.mark.parametrize("role", [MemberRole.TECHNICAL, MemberRole.VIEWER])
def test_who_may_only_look_cancels_nothing(visitor, customer, product, portal, role):
    user = users.make_user()
    customers.make_member(customer, user, role)
    visitor.sign_in(user)
    public_id = orders.make_order(customer, product)
    page = visitor.get(f"{portal}/orders/{public_id}")
    assert page.status == 200
    assert not page.leads_to("/cancel")
    assert visitor.post(f"{portal}/orders/{public_id}/cancel").status == 403
    assert orders.order(public_id).state is OrderState.AWAITING_PAYMENT


def test_orders_are_found_and_filtered(owner, customer, product, portal):
    first = orders.place(customer, orders.fill_cart(names=[("intaiul.ro", 1)]))
    second = orders.place(customer, orders.fill_cart(names=[("aldoilea.ro", 1)]))
    numbers = [orders.order(public_id).number for public_id in (first, second)]
    text = owner.get(f"{portal}/orders?q=intaiul").text
    assert [number in text for number in numbers] == [True, False]
    text = owner.get(f"{portal}/orders?state=completed").text
    assert [number in text for number in numbers] == [False, False]
    text = owner.get(f"{portal}/orders?state=nonsense").text
    assert [number in text for number in numbers] == [True, True]


def test_the_dashboard_shows_what_is_being_set_up(owner, customer, product, portal):
    public_id = orders.place(customer, orders.fill_cart(names=[("exemplu.ro", 1)]))
    number = orders.order(public_id).number
    assert number not in owner.get(f"{portal}/").text
    with entered(SystemScope("test")):
        delivering.begin(public_id)
    assert number in owner.get(f"{portal}/").text


def test_the_list_keeps_its_query_budget(owner, customer, product, portal, count_queries):
    public_id = orders.place(customer, orders.fill_cart([(product, BillingCycle.ANNUAL, "a1.ro")]))
    counts, copied = [], 1
    for rows in (10, 200):
        orders.copy(public_id, rows - copied)
        copied = rows
        with count_queries() as counted:
            assert owner.get(f"{portal}/orders").status == 200
        counts.append(counted.count)
    assert counts[0] == counts[1] <= orders_portal.QUERY_BUDGETS["orders_portal.orders"]
