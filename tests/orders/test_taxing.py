"""Buyers wherever they are: the total that the review shows is that of the order, the proforma and the invoice."""

import pytest

from praho.billing.documents import snapshot_json
from praho.billing.payments.services import transfers
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.money import Money
from praho.customers.services import registering
from praho.customers.types import CustomerInput
from praho.models.billing.documents import DocumentKind
from praho.models.billing.payments import PaymentMethod
from praho.models.customers import Customer, CustomerKind
from praho.orders.errors import PriceChanged
from praho.orders.services import carts, taxing
from tests.customers import samples
from tests.factories import billing, catalogue, customers, orders

GERMAN = "DE136695976"
PERSON, COMPANY = CustomerKind.PERSON, CustomerKind.COMPANY


def typed(kind, country, **more) -> CustomerInput:
    make = samples.person if kind is PERSON else samples.company
    facts = {"country": country, "county": "", "city": "Oraș", "post_code": "10115", "phone": "+4930901820", **more}
    return make(**{**({"cui": "", "reg_com": ""} if kind is COMPANY else {}), **facts})


BUYERS = {
    "a person in Romania": (samples.person(), "21"),
    "a company in Romania": (samples.company(), "21"),
    "a business in Germany": (typed(COMPANY, "DE", cui=GERMAN), "0"),
    "a business in Germany without a number": (typed(COMPANY, "DE"), "21"),
    "a consumer in Finland": (typed(PERSON, "FI", post_code="00100"), "21"),
    "a consumer in the Canaries": (typed(PERSON, "ES", post_code="35001"), "0"),
    "a company in America": (typed(COMPANY, "US", cui="12-3456789"), "0"),
    "a consumer in Britain": (typed(PERSON, "GB", post_code="SW1A 1AA"), "0"),
}


def registered(buyer):
    with entered(SystemScope("factory")):
        return registering.register(buyer, owner_id=None)


@pytest.mark.parametrize("case", BUYERS)
def test_one_total_from_the_review_to_the_invoice(shop, asking, case):
    buyer, rate = BUYERS[case]
    asking.confirms(GERMAN)
    taxing.ask_vies(buyer)
    token = orders.fill_cart(names=[("exemplu.ro", 1)])
    view = carts.view(token, lambda net: taxing.for_buyer(buyer, net))
    assert str(view.totals.rate) == rate
    customer = registered(buyer)
    with entered(SystemScope("test")) as session:
        row = session.get(Customer, customer.id)
    order = orders.order(orders.place(row, token, seen_total_minor=view.total.minor))
    (proforma,) = billing.documents(DocumentKind.PROFORMA)
    money = transfers.Transfer(proforma.total_minor, "RON", clock.today(), "OP", PaymentMethod.BANK_TRANSFER)
    with entered(SystemScope("test")):
        transfers.record(proforma.public_id, money, form_token="once")
    (invoice,) = billing.documents(DocumentKind.INVOICE)
    assert view.total.minor == order.total_minor == proforma.total_minor == invoice.total_minor
    assert snapshot_json.from_json(invoice.snapshot).tax.rate == view.tax.rate


def test_a_total_with_another_vat_than_the_one_shown_is_shown_again(shop):
    token = orders.fill_cart(names=[("exemplu.ro", 1)])
    seen = carts.view(token).total
    american = customers.make_abroad("US", "Austin", "73301")
    with pytest.raises(PriceChanged):
        orders.place(american, token, seen_total_minor=seen.minor)


def test_who_cannot_be_read_yet_is_shown_the_price_at_home(shop):
    assert taxing.for_buyer(samples.company(cui="14399841"), Money(100, "RON")).place == "RO"


def test_c26_nothing_to_pay_takes_no_number(shop):
    catalogue.make_priced_tld("eu", shop.registrar, {1: 0})
    order = orders.order(orders.place(shop.customer, orders.fill_cart(names=[("gratis.eu", 1)])))
    assert (order.total_minor, order.proforma_id) == (0, None)
    assert billing.documents(DocumentKind.INVOICE) == []
