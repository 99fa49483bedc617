"""Orders in the admin: looking, ordering for a customer, cancelling, and what could not be delivered."""

import pytest

from praho.core.db.scope import SystemScope, entered
from praho.core.permissions import StaffRole
from praho.models.catalogue import BillingCycle
from praho.models.domains import DomainState
from praho.models.integrations import ProviderAccount, ProviderKind
from praho.models.orders import ItemState, OrderState
from praho.orders.services import delivering
from praho.orders.web import admin as orders_admin
from tests.factories import billing, catalogue, customers, domains, orders, providers, users

ANNUAL = BillingCycle.ANNUAL


@pytest.fixture
def product(app, sandbox):
    billing.make_seller()
    catalogue.make_priced_tld("ro", providers.make_registrar(sandbox))
    return catalogue.make_plan(providers.make_provisioner(sandbox), name={"ro": "Start", "en": "Starter"})


@pytest.fixture
def customer(product):
    return customers.make_customer(name="Țiglă S.R.L.")


@pytest.fixture
def support(visitor, product):
    return visitor.sign_in(users.make_staff(StaffRole.SUPPORT))


def registrar():
    with entered(SystemScope("test")) as session:
        return session.query(ProviderAccount).filter_by(kind=ProviderKind.REGISTRAR).one()


def failed_order(customer):
    """An order of a domain that the registry refused."""
    public_id = orders.place(customer, orders.fill_cart(names=[("exemplu.ro", 1)]))
    with entered(SystemScope("test")):
        delivering.begin(public_id)
        item = orders.items(public_id)[0]
        domains.make_domain(
            customer, registrar(), name="exemplu.ro", origin=item.public_id, state=DomainState.FAILED, failure="refuzat"
        )
        delivering.settle(item.public_id)
    return public_id


def test_staff_order_for_a_customer(support, customer):
    page = support.get("/admin/orders/new?q=tigla")
    assert page.leads_to(f"/admin/orders/new/{customer.public_id}")
    page = support.get(f"/admin/orders/new?customer={customer.public_id}")
    assert page.path == f"/admin/orders/new/{customer.public_id}"
    page = support.submit(page, {"name": "brutaria.ro", "years": "2"}, action="/domains")
    assert "Domeniul brutaria.ro" in page.text
    plan = page.tree.xpath("//select[@name='offered']/option/@value")[0]
    page = support.submit(page, {"offered": plan, "domain_name": "brutaria.ro"}, action="/plans")
    assert "215,00 RON" in page.text
    place = f"/new/{customer.public_id}"
    page = support.submit(page, {"note": "la telefon, cu doamna Ionescu"}, action=place)
    made = orders.orders()[0]
    assert page.path == f"/admin/orders/{made.public_id}"
    assert "doamna Ionescu" in page.text
    assert (made.customer_id, made.placed_by_staff, made.terms_note, made.terms_ip) == (
        customer.id, True, "la telefon, cu doamna Ionescu", None,
    )  # fmt: skip
    assert made.proforma_id is not None
    assert "Începeți" not in support.get(f"/admin/orders/new/{customer.public_id}").text
    assert "brutaria.ro" not in support.get(f"/admin/orders/new/{customer.public_id}").text


def test_an_order_speaks_the_customers_language(support):
    customer = customers.make_customer(locale="en")
    page = support.get(f"/admin/orders/new/{customer.public_id}")
    plan = page.tree.xpath("//select[@name='offered']/option/@value")[0]
    page = support.submit(page, {"offered": plan, "domain_name": "brutaria.ro"}, action="/plans")
    support.submit(page, {"note": "by phone"}, action=f"/new/{customer.public_id}")
    made = orders.orders()[0]
    assert (made.locale, orders.items(made.public_id)[0].description) == ("en", "Starter, 1 year")


def test_the_cart_of_one_customer_is_not_anothers(support, customer):
    other = customers.make_customer()
    page = support.get(f"/admin/orders/new/{customer.public_id}")
    support.submit(page, {"name": "brutaria.ro", "years": "1"}, action="/domains")
    assert "brutaria.ro" not in support.get(f"/admin/orders/new/{other.public_id}").text


def test_items_are_taken_out_again(support, customer):
    page = support.get(f"/admin/orders/new/{customer.public_id}")
    page = support.submit(page, {"name": "brutaria.ro", "years": "1"}, action="/domains")
    page = support.submit(page, action="/remove")
    assert "brutaria.ro" not in page.text


@pytest.mark.parametrize(
    ("action", "typed", "field"),
    [
        ("/domains", {"name": "ocupat.ro", "years": "1"}, "name"),
        ("/domains", {"name": "exemplu.xyz", "years": "1"}, "name"),
        ("/domains", {"name": "brutaria.ro", "years": "9"}, "name"),
        ("/domains", {"name": "", "years": "1"}, "name"),
        ("/domains", {"name": "brutaria.ro", "years": "x"}, "years"),
        ("/plans", {"domain_name": ""}, "domain_name"),
        ("/plans", {"domain_name": "fara punct"}, "domain_name"),
        ("/plans", {"offered": "x|y", "domain_name": "a1.ro"}, "offered"),
    ],
)
def test_mistakes_of_staff_keep_what_was_typed(support, customer, action, typed, field):
    page = support.submit(support.get(f"/admin/orders/new/{customer.public_id}"), typed, action=action)
    assert page.status in (409, 422)
    assert set(page.errors) == {field}
    if field != "offered":
        assert page.values(action)[field] == typed[field]


def test_an_order_needs_the_customers_word(support, customer):
    page = support.get(f"/admin/orders/new/{customer.public_id}")
    page = support.submit(page, {"name": "brutaria.ro", "years": "1"}, action="/domains")
    page = support.submit(page, {"note": " "}, action=f"/new/{customer.public_id}")
    assert (page.status, set(page.errors)) == (422, {"note"})
    assert orders.orders() == []


def test_the_same_form_twice_is_one_order(support, customer):
    page = support.get(f"/admin/orders/new/{customer.public_id}")
    page = support.submit(page, {"name": "brutaria.ro", "years": "1"}, action="/domains")
    place = f"/new/{customer.public_id}"
    first = support.submit(page, {"note": "da"}, action=place)
    second = support.submit(page, {"note": "da"}, action=place)
    assert first.path == second.path
    assert len(orders.orders()) == 1


def test_orders_are_listed_found_and_filtered(support, customer, product):
    public_id = orders.make_order(customer, product, ["exemplu.ro"])
    number = orders.order(public_id).number
    page = support.get("/admin/orders")
    assert number in page.text
    assert "Țiglă S.R.L." in page.text
    assert number in support.get("/admin/orders?q=exemplu").text
    assert number not in support.get("/admin/orders?q=altceva").text
    assert number not in support.get("/admin/orders?state=completed").text
    assert number in support.get(f"/admin/search?q={number}").text
    assert number in support.get(f"/admin/customers/{customer.public_id}").text


def test_an_unpaid_order_is_cancelled_with_a_reason(support, customer, product):
    public_id = orders.make_order(customer, product)
    page = support.get(f"/admin/orders/{public_id}")
    cancel = f"/admin/orders/{public_id}/cancel"
    support.post(cancel, {"reason": " "})
    assert orders.order(public_id).state is OrderState.AWAITING_PAYMENT
    page = support.post(cancel, {"reason": "a greșit"})
    assert page.path == f"/admin/orders/{public_id}"
    assert orders.order(public_id).state is OrderState.CANCELLED


def test_what_failed_is_listed_and_tried_again(visitor, customer):
    visitor.sign_in(users.make_staff(StaffRole.TECHNICIAN))
    public_id = failed_order(customer)
    page = visitor.get("/admin/orders/failed")
    assert "refuzat" in page.text
    item = orders.items(public_id)[0]
    page = visitor.submit(page, action="/retry")
    assert page.path == f"/admin/orders/{public_id}"
    assert orders.items(public_id)[0].state is ItemState.DELIVERING
    assert visitor.post(f"/admin/orders/{public_id}/items/{item.public_id}/retry").status == 200
    assert visitor.post(f"/admin/orders/{public_id}/items/{item.public_id}/give-up", {"reason": "x"}).status == 403


def test_what_failed_is_given_up_with_a_reason(support, customer):
    public_id = failed_order(customer)
    item = orders.items(public_id)[0].public_id
    address = f"/admin/orders/{public_id}/items/{item}/give-up"
    support.post(address, {"reason": ""})
    assert orders.items(public_id)[0].state is ItemState.FAILED
    page = support.post(address, {"reason": "clientul nu mai vrea"})
    assert page.path == f"/admin/orders/{public_id}"
    assert orders.items(public_id)[0].state is ItemState.CANCELLED


@pytest.mark.parametrize("role", [StaffRole.TECHNICIAN, StaffRole.AUDITOR])
def test_others_order_and_cancel_nothing(visitor, customer, product, role):
    visitor.sign_in(users.make_staff(role))
    public_id = orders.make_order(customer, product)
    assert visitor.get(f"/admin/orders/{public_id}").status == 200
    assert visitor.get("/admin/orders/new").status == 403
    assert visitor.get(f"/admin/orders/new/{customer.public_id}").status == 403
    assert visitor.post(f"/admin/orders/{public_id}/cancel", {"reason": "x"}).status == 403
    assert orders.order(public_id).state is OrderState.AWAITING_PAYMENT


def test_what_is_not_there_is_404(support):
    for path in ("orders/ord_nothing", "orders/new/cus_nothing", "orders/new?customer=cus_nothing"):
        assert support.get(f"/admin/{path}").status == 404
    assert support.post("/admin/orders/ord_nothing/cancel", {"reason": "x"}).status == 404
    assert support.post("/admin/orders/ord_nothing/items/itm_nothing/retry").status == 404


@pytest.mark.parametrize(
    ("endpoint", "address"), [("orders_admin.orders", "/admin/orders"), ("orders_admin.failed", "/admin/orders/failed")]
)
def test_lists_keep_their_query_budget(support, customer, count_queries, endpoint, address):
    public_id = orders.place(customer, orders.fill_cart(names=[("exemplu.ro", 1)]))
    counts = []
    for rows in (10, 190):
        orders.copy(public_id, rows, state=ItemState.FAILED, failure="x")
        with count_queries() as counted:
            assert support.get(address).status == 200
        counts.append(counted.count)
    assert counts[0] == counts[1] <= orders_admin.QUERY_BUDGETS[endpoint]
