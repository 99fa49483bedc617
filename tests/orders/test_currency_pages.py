"""The currency in the shop and at the order of staff: chosen by a switch, remembered; the cart goes along with it."""

import pytest

from praho.catalogue.services import currencies
from praho.core.db.scope import SystemScope, entered
from praho.core.permissions import StaffRole
from praho.models.catalogue import BillingCycle
from praho.orders.services import carts
from praho.orders.web import cart_cookie
from tests.factories import billing, catalogue, customers, orders, providers, users

ANNUAL = BillingCycle.ANNUAL


@pytest.fixture
def product(app, sandbox):
    billing.make_seller()
    registrar = providers.make_registrar(sandbox)
    tld = catalogue.make_priced_tld("ro", registrar)
    made = catalogue.make_plan(providers.make_provisioner(sandbox), slug="start", name={"ro": "Start"})
    catalogue.price_in_euro(made, {ANNUAL: (2_400, 0)}, tld, {1: 1_000})
    catalogue.make_plan(providers.make_provisioner(sandbox), slug="acasa", name={"ro": "Acasă"})
    return made


@pytest.fixture
def euro(product):
    billing.sell_in_euro()


def in_euro(visitor, path="/hosting"):
    return visitor.submit(visitor.get(path), {"currency": "EUR"}, action="/currency")


def test_a_shop_in_lei_has_no_switch(product, visitor):
    assert not visitor.get("/hosting").leads_to("/currency")
    visitor.post("/currency", {"currency": "EUR"})
    assert "12,10 RON" in visitor.get("/hosting").text


def test_the_switch_is_remembered_and_shows_what_is_sold_so(euro, visitor):
    page = in_euro(visitor)
    assert (page.path, "2,42 EUR" in page.text, "Acasă" in page.text) == ("/hosting", True, False)
    for path, words in (("/", "2,42 EUR"), ("/plans/start", "29,04 EUR"), ("/domains?q=brutaria", "12,10 EUR")):
        assert words in visitor.get(path).text, path
    assert "12,10 RON" in visitor.submit(page, {"currency": "RON"}, action="/currency").text


def test_the_cart_goes_along_with_the_switch(euro, visitor):
    page = visitor.get("/plans/start")
    page = visitor.submit(page, {"where": "own", "own_name": "exemplu.ro"})
    assert (page.path, "145,20 RON" in page.text) == ("/cart", True)
    page = in_euro(visitor, "/cart")
    assert (page.path, "29,04 EUR" in page.text) == ("/cart", True)
    assert carts.view(visitor.kept(cart_cookie.KEY)).currency == "EUR"


def test_a_plan_that_is_sold_in_lei_only_says_so_and_takes_the_cart_along(euro, visitor):
    in_euro(visitor)
    visitor.submit(visitor.get("/plans/start"), {"where": "own", "own_name": "unu.ro"})
    page = visitor.get("/plans/acasa")
    assert "doar în lei" in page.text
    page = visitor.submit(page, {"where": "own", "own_name": "doi.ro"})
    assert "290,40 RON" in page.text


def test_without_a_rate_the_cart_says_why_before_anybody_pays(product, visitor):
    billing.sell_in_euro(days_old=30)
    in_euro(visitor)
    page = visitor.submit(visitor.get("/plans/start"), {"where": "own", "own_name": "exemplu.ro"})
    assert "cursul Băncii Naționale" in page.text
    assert not page.leads_to("/checkout")
    assert visitor.get("/checkout").path == "/cart"
    assert in_lei(visitor).leads_to("/checkout")


def in_lei(visitor):
    return visitor.submit(visitor.get("/cart"), {"currency": "RON"}, action="/currency")


@pytest.mark.parametrize(
    ("country", "sells", "abroad", "first"),
    [
        ("RO", True, "EUR", "RON"), ("DE", True, "EUR", "EUR"), ("DE", True, "RON", "RON"),
        ("DE", False, "EUR", "RON"), (None, True, "EUR", "RON"),
    ],
)  # fmt: skip
def test_buyers_abroad_see_the_euro_first_where_it_is_sold(app, country, sells, abroad, first):
    billing.set_setting("shop.sells_in_euro", sells)
    billing.set_setting("shop.currency_abroad", abroad)
    with entered(SystemScope("test")):
        assert currencies.usual(country) == first


def test_staff_order_in_the_currency_that_they_choose(euro, visitor):
    customer = customers.make_customer(name="Țiglă S.R.L.")
    staff = visitor.sign_in(users.make_staff(StaffRole.SUPPORT))
    page = staff.get(f"/admin/orders/new/{customer.public_id}")
    page = staff.submit(page, {"currency": "EUR"}, action="/currency")
    plan = page.tree.xpath("//select[@name='offered']/option/@value")[0]
    page = staff.submit(page, {"offered": plan, "domain_name": "brutaria.ro"}, action="/plans")
    assert "24,00 EUR" in page.text
    page = staff.submit(page, {"note": "la telefon"}, action=f"/new/{customer.public_id}")
    [made] = orders.orders()
    assert (made.currency, made.total_minor) == ("EUR", 2_904)
    assert "29,04 EUR" in page.text
    assert "29,04 EUR" in staff.get("/admin/orders").text
