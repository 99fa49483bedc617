"""Discounts on pages: the code's field, what comes off in shop, checkout, portal and admin, and staff's sheet."""

from decimal import Decimal

import pytest

from praho.catalogue.services import codes
from praho.core.db.scope import SystemScope, entered
from praho.core.permissions import StaffRole
from praho.models.billing.documents import DocumentKind
from praho.models.catalogue import BillingCycle, RedemptionState
from praho.models.orders import OrderState
from praho.orders.web import cart_cookie, limits
from tests.factories import billing, catalogue, customers, orders, providers, users
from tests.factories.discounts import give_standing, make_code, redemptions

ANNUAL = BillingCycle.ANNUAL


@pytest.fixture
def account(app, sandbox):
    billing.make_seller()
    return providers.make_provisioner(sandbox)


@pytest.fixture
def product(account):
    return catalogue.make_plan(account, {ANNUAL: (12_000, 2500)}, slug="start")


@pytest.fixture
def customer(product):
    return customers.make_customer(name="Țiglă S.R.L.")


@pytest.fixture
def buyer(visitor, product):
    """Somebody with a plan of 120 RON and a setup of 25 in the cart, who reads prices without VAT."""
    visitor.keep(cart_cookie.KEY, orders.fill_cart([(product, ANNUAL, "brutaria.ro")]))
    visitor.keep("prices", "company")
    return visitor


@pytest.fixture
def member(buyer, customer):
    user = users.make_user()
    customers.make_member(customer, user)
    return buyer.sign_in(user)


def use(visitor, code):
    return visitor.submit(visitor.get("/cart"), {"promo_code": code}, action="/cart/code")


def review(visitor):
    page = visitor.submit(visitor.get("/checkout"))
    assert page.path == "/checkout/review", page.errors
    return page


def struck_out(page):
    return [" ".join(price.text_content().split()[-2:]) for price in page.tree.xpath("//main//del")]


def test_a_code_is_typed_shown_and_taken_out(buyer):
    make_code(first_cycles=3)
    page = use(buyer, " vara20 ")
    for words in ("96,00 RON", "Cod VARA20: reducere 20%", "24,00 RON", "următoarele 2 perioade"):
        assert words in page.text
    assert struck_out(page) == ["120,00 RON"]
    page = buyer.submit(page, action="/cart/code/remove")
    assert "VARA20" not in page.text
    assert struck_out(page) == []


@pytest.mark.parametrize("typed", ["gresit", "", "x" * 400])
def test_what_is_wrong_with_a_code_stands_beside_it_as_it_was_typed(buyer, typed):
    page = use(buyer, typed)
    assert (page.status, list(page.errors), page.values("/cart/code")["promo_code"]) == (422, ["promo_code"], typed)


def test_codes_are_not_to_be_guessed(buyer, monkeypatch):
    monkeypatch.setattr(limits, "CODES_AN_HOUR", 2)
    make_code()
    assert [use(buyer, "gresit").status for _each in range(2)] == [422, 422]
    page = use(buyer, "VARA20")
    assert (page.status, list(page.errors)) == (429, ["promo_code"])


def test_a_code_without_a_cart_leads_to_the_empty_cart(visitor, product):
    assert visitor.post("/cart/code", {"promo_code": "VARA20"}).path == "/cart"
    assert visitor.post("/cart/code/remove").path == "/cart"


def test_who_has_a_discount_sees_it_and_that_the_code_is_kept_for_another_time(member, customer):
    give_standing(customer, 30)
    make_code()
    page = use(member, "VARA20")
    assert struck_out(page) == ["120,00 RON"]
    for words in ("84,00 RON", "Reducere de client 30%", "păstra codul VARA20"):
        assert words in page.text
    page = member.submit(review(member), {"terms": "y"})
    assert redemptions() == []
    assert orders.orders()[0].net_minor == 8400 + 2500
    assert "84,00 RON" not in page.text
    order = member.get(page.path.removesuffix("/pay"))
    assert "Reducere de client 30%" in order.text
    assert struck_out(order) == ["145,00 RON"]


@pytest.mark.parametrize(
    ("path", "listed", "now"), [("/hosting", "10,00 RON", "7,00"), ("/plans/start", "120,00 RON", "84,00")]
)
def test_who_has_a_discount_sees_it_in_the_shop_as_well(member, customer, path, listed, now):
    assert struck_out(member.get(path)) == []
    give_standing(customer, 30)
    page = member.get(path)
    assert struck_out(page) == [listed]
    assert f"{now} RON" in page.text
    assert "Reducere de client 30%" in page.text


def test_a_code_that_ends_before_the_order_is_said_and_the_order_goes_on_without_it(member):
    code = make_code()
    use(member, "VARA20")
    page = review(member)
    assert "96,00 RON" in page.text
    with entered(SystemScope("test")):
        codes.pause(code)
    refused = member.submit(page, {"terms": "y"})
    assert (refused.status, refused.path, orders.orders()) == (409, "/checkout/review", [])
    assert "Nu există un cod VARA20" in refused.text
    assert struck_out(refused) == []
    assert refused.values()["terms"] == "y"
    member.submit(refused)
    assert [(order.promo_code, order.net_minor) for order in orders.orders()] == [(None, 14_500)]


def test_c26_an_order_for_nothing_goes_live_at_once_without_a_document(member, account, run_jobs):
    make_code(percent=Decimal(100))
    member.keep(cart_cookie.KEY, orders.fill_cart([(catalogue.make_plan(account), ANNUAL, "gratis.ro")]))
    use(member, "VARA20")
    page = review(member)
    assert "Nu aveți nimic de plătit" in page.text
    page = member.submit(page, {"terms": "y"})
    run_jobs()
    (order,) = orders.orders()
    assert page.path.endswith(order.public_id)
    assert (order.state, order.total_minor, order.proforma_id) == (OrderState.COMPLETED, 0, None)
    assert billing.documents(DocumentKind.PROFORMA) == billing.documents(DocumentKind.INVOICE) == []
    assert [row.state for row in redemptions()] == [RedemptionState.USED]


def test_staff_take_off_by_hand_with_a_reason(visitor, customer, product):
    staff = visitor.sign_in(users.make_staff(StaffRole.ADMIN))
    basket = f"/admin/orders/new/{customer.public_id}"
    assert staff.get(f"{basket}/discounts").path == basket
    page = staff.get(basket)
    plan = page.tree.xpath("//select[@name='offered']/option/@value")[0]
    page = staff.submit(page, {"offered": plan, "domain_name": "tigla.ro"}, action="/plans")
    sheet = staff.get(f"{basket}/discounts")
    item = next(name for name in sheet.values("/discounts") if name.startswith("off_"))
    for typed, wrong in [
        ({item: "mult"}, item), ({item: "101%"}, item), ({item: "145,01"}, item), ({item: "10%"}, "reason"),
        ({"allowance": "-1"}, "allowance"),
    ]:  # fmt: skip
        page = staff.submit(sheet, typed, action="/discounts")
        assert (page.status, list(page.errors)) == (422, [wrong])
        assert typed.items() <= page.values("/discounts").items()
    page = staff.submit(sheet, {item: "10%", "allowance": "5", "reason": "Client vechi."}, action="/discounts")
    assert page.leads_to("/discounts")
    assert staff.get(f"{basket}/discounts").values("/discounts")[item] == "14,50"
    page = staff.submit(page, {"note": "la telefon"}, action=basket)
    for words in ("Client vechi.", "Reducere manuală", "−5,00 RON", "125,50 RON"):
        assert words in page.text
    assert struck_out(page) == ["145,00 RON"]
    (proforma,) = billing.documents(DocumentKind.PROFORMA)
    page = staff.get(f"/admin/documents/{proforma.public_id}")
    for words in ("14,50 RON", "-5,00 RON"):
        assert words in page.text


def test_staff_use_a_code_for_a_customer(visitor, customer, product):
    make_code()
    staff = visitor.sign_in(users.make_staff(StaffRole.SUPPORT))
    basket = f"/admin/orders/new/{customer.public_id}"
    page = staff.get(basket)
    plan = page.tree.xpath("//select[@name='offered']/option/@value")[0]
    page = staff.submit(page, {"offered": plan, "domain_name": "tigla.ro"}, action="/plans")
    assert not page.leads_to("/discounts")
    assert staff.get(f"{basket}/discounts").status == 403
    wrong = staff.submit(page, {"promo_code": "gresit"}, action="/code")
    assert (wrong.status, list(wrong.errors)) == (422, ["promo_code"])
    page = staff.submit(page, {"promo_code": "vara20"}, action="/code")
    assert "Cod VARA20" in page.text
    page = staff.submit(page, {"note": "la telefon"}, action=basket)
    assert "VARA20" in page.text
    assert len(redemptions()) == 1
