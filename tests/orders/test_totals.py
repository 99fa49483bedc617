"""One sum everywhere: in the cart, the order, the proforma, the invoice, its XML and its PDF, over any basket."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from sqlalchemy import select

from praho.billing.documents import snapshot_json
from praho.billing.documents.pdf import content
from praho.billing.efactura import builder, validator
from praho.billing.tax.types import Rule, TaxDecision
from praho.billing.types import TaxCategory
from praho.core import clock, formatting
from praho.core.db.scope import SystemScope, entered
from praho.core.money import Money
from praho.models.billing.documents import Document, DocumentKind
from praho.models.catalogue import BillingCycle, DiscountKind, DiscountTarget
from praho.orders.services import carts, quoting, reducing
from tests.factories import billing, catalogue, discounts, orders

CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
ITEMS = st.one_of(
    st.tuples(st.just("plan"), st.integers(0, 4)),
    st.tuples(st.just("domain"), st.integers(1, 3)),
)
# Prices at which sums of roundings and roundings of sums part.
PLANS = [(1, 0), (1337, 1), (9999, 333), (0, 2499), (123_457, 0)]
YEARS = {1: 4999, 2: 9951, 3: 7}


@pytest.fixture
def basket(shop):
    products = [
        catalogue.make_plan(shop.provisioner, {BillingCycle.ANNUAL: price}, slug=f"p{number}")
        for number, price in enumerate(PLANS)
    ]
    catalogue.make_priced_tld("eu", shop.registrar, YEARS)
    return products


CODES = {
    "ZECE": {"percent": Decimal("12.34"), "first_cycles": 3},
    "SUMA": {"kind": DiscountKind.FIXED, "percent": None, "amounts": {"RON": 3333}},
    "PRET": {"kind": DiscountKind.PRICE, "percent": None, "amounts": {"RON": 777}, "target": DiscountTarget.PLANS},
    "SETUP": {"kind": DiscountKind.FREE_SETUP, "percent": None},
    "GRATIS": {"percent": Decimal(100)},
}


@pytest.fixture
def codes():
    for text, values in CODES.items():
        discounts.make_code(code=text, once_per_customer=False, **values)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    chosen=st.lists(ITEMS, min_size=1, max_size=8),
    code=st.none() | st.sampled_from(list(CODES)),
    standing=st.booleans(),
    by_hand=st.none() | st.integers(0, 20_000),
    allowance=st.sampled_from([0, 0, 1, 4999, 10**7]),
)
def test_cart_order_and_every_document_agree(shop, basket, codes, chosen, code, standing, by_hand, allowance):
    token = None
    for number, (kind, which) in enumerate(chosen):
        if kind == "plan":
            token = carts.add_plan(token, f"p{which}", BillingCycle.ANNUAL, f"n{number}.ro")
        else:
            token = carts.add_domain(token, f"n{number}.eu", which)
    discounts.give_standing(shop.customer, 10 if standing else None)
    if code is not None:
        reducing.set_code(token, code)
    first = carts.view(token).lines[0].public_id
    reducing.set_by_staff(token, {first: by_hand}, allowance, "Pentru răbdare.")
    view = carts.view(token, customer_id=shop.customer.id)
    totals = view.totals
    list_prices = sum(sum(PLANS[which]) if kind == "plan" else YEARS[which] for kind, which in chosen)
    order = orders.order(orders.place(shop.customer, token, seen_total_minor=totals.total.minor))
    assert totals.net.minor == list_prices - view.discount.minor == order.net_minor >= 0
    assert (totals.vat.minor, totals.total.minor) == (order.vat_minor, order.total_minor)
    items = orders.items(order.public_id)
    assert sum(item.net_minor for item in items) - order.allowance_minor == order.net_minor
    assert sum(item.discount_minor for item in items) + order.allowance_minor == view.discount.minor
    if order.total_minor == 0:
        assert order.proforma_id is None
        return
    with entered(SystemScope("test")) as session:
        proforma = session.scalars(select(Document).where(Document.id == order.proforma_id)).one()
    billing.settle(proforma.public_id)
    with entered(SystemScope("test")) as session:
        invoice = session.scalars(
            select(Document).where(Document.source_id == proforma.id, Document.kind == DocumentKind.INVOICE)
        ).one()
    for document in (proforma, invoice):
        assert (document.net_minor, document.vat_minor, document.total_minor) == (
            order.net_minor, order.vat_minor, order.total_minor,
        )  # fmt: skip
        assert document.allowance_minor == order.allowance_minor
    assert _written(invoice) == (order.allowance_minor, order.net_minor, order.vat_minor, order.total_minor)


def _written(invoice):
    """What the invoice's XML says, once the validator and the PDF agree with it: allowance, net, VAT, total."""
    document = snapshot_json.from_json(invoice.snapshot)
    xml = builder.build(document)
    assert validator.validate(xml, today=clock.today()) == ()
    root = etree.fromstring(xml)
    amounts = {}
    for name in ("AllowanceTotalAmount", "TaxExclusiveAmount", "TaxInclusiveAmount"):
        found = root.findall(f"{CAC}LegalMonetaryTotal/{CBC}{name}")
        amounts[name] = round(Decimal(found[0].text) * 100) if found else 0
    vat = round(Decimal(root.find(f"{CAC}TaxTotal/{CBC}TaxAmount").text) * 100)
    total = Money(amounts["TaxInclusiveAmount"], "RON")
    assert content.of(document, "ro")["totals"]["total"]["value"] == formatting.amount(total, "ro")
    return amounts["AllowanceTotalAmount"], amounts["TaxExclusiveAmount"], vat, total.minor


@given(minor=st.integers(0, 10**9))
def test_a_price_with_vat_is_rounded_once_half_up(minor):
    vat = quoting.Vat(TaxDecision(TaxCategory.STANDARD, Decimal(21), Rule.HOME, "RO", "RO", date(2026, 11, 22)))
    assert vat.gross(Money(minor, "RON")).minor == minor + (minor * 21 + 50) // 100


@pytest.mark.parametrize(
    ("instant", "rate", "total"),
    [("2025-07-31T20:59:00+00:00", 19, 5950), ("2025-07-31T21:01:00+00:00", 21, 6050)],
)
def test_the_vat_is_that_of_the_day_in_bucharest(shop, move_clock, instant, rate, total):
    move_clock(instant)
    view = carts.view(orders.fill_cart(names=[("exemplu.ro", 1)]))
    assert (view.totals.rate, view.total.minor) == (rate, total)
