"""One sum everywhere in euro too, from the cart to the XML and the PDF; and a credit note that leaves nothing."""

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from sqlalchemy import func, select

from praho.billing.documents import snapshot_json
from praho.billing.documents.pdf import content
from praho.billing.efactura import builder, validator
from praho.billing.payments.services import crediting
from praho.billing.tax import exchange
from praho.core import clock, formatting, i18n
from praho.core.db.scope import SystemScope, entered
from praho.core.money import Money
from praho.core.web.form_tokens import new_form_token
from praho.models.billing.documents import DocumentKind
from praho.models.billing.payments import LedgerEntry, LedgerKind
from praho.models.catalogue import BillingCycle
from praho.orders.services import carts
from tests.factories import billing, catalogue, orders

CAC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2}"
CBC = "{urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2}"
PRICES = [(1, 0), (337, 1), (2_499, 333), (0, 1_099), (123_457, 0)]
YEARS = {1: 999, 2: 1_951, 3: 7}


@pytest.fixture
def basket(shop):
    billing.sell_in_euro("5.0987")
    billing.make_series("EXS", kind=DocumentKind.CREDIT_NOTE)
    tld = catalogue.make_priced_tld("eu", shop.registrar, YEARS)
    catalogue.price_in_euro(tld=tld, register=YEARS)
    for number, price in enumerate(PRICES):
        product = catalogue.make_plan(shop.provisioner, {BillingCycle.ANNUAL: price}, slug=f"p{number}")
        catalogue.price_in_euro(product, {BillingCycle.ANNUAL: price})


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    plans=st.lists(st.integers(0, len(PRICES) - 1), max_size=5),
    names=st.lists(st.integers(1, 3), min_size=1, max_size=4),
    currency=st.sampled_from(["EUR", "RON"]),
)
def test_every_document_agrees_and_a_credit_note_leaves_nothing(shop, basket, plans, names, currency):
    token = None
    for number, years in enumerate(names):
        token = carts.add_domain(token, f"n{number}.eu", years, currency=currency)
    for number, which in enumerate(plans):
        token = carts.add_plan(token, f"p{which}", BillingCycle.ANNUAL, f"p{number}.ro", currency=currency)
    totals = carts.view(token).totals
    sums = (totals.net.minor, totals.vat.minor, totals.total.minor)
    assert totals.total.currency == currency
    order = orders.order(orders.place(shop.customer, token, seen_total_minor=totals.total.minor))
    assert (order.currency, order.net_minor, order.vat_minor, order.total_minor) == (currency, *sums)
    with entered(SystemScope("test")):
        proforma = next(row for row in billing.documents(DocumentKind.PROFORMA) if row.id == order.proforma_id)
    billing.settle(proforma.public_id)
    invoice = next(row for row in billing.documents(DocumentKind.INVOICE) if row.source_id == proforma.id)
    assert written(invoice, currency) == sums
    with entered(SystemScope("test")):
        credited = crediting.issue(invoice.public_id, None, "Renunțare", form_token=new_form_token())
    note = billing.document(credited)
    assert written(note, currency) == tuple(-part for part in sums)
    in_lei = [snapshot_json.from_json(row.snapshot).vat_in_lei_minor or 0 for row in (invoice, note)]
    assert sum(in_lei) == 0
    with entered(SystemScope("test")) as session:
        booked = select(func.sum(LedgerEntry.amount_minor)).where(LedgerEntry.kind != LedgerKind.PAYMENT)
        assert session.scalar(booked) == 0


def written(row, currency):
    """What the XML of a document says, once the validator, the printed page and the row agree with it."""
    document = snapshot_json.from_json(row.snapshot)
    xml = builder.build(document)
    assert validator.validate(xml, today=clock.today()) == ()
    root = etree.fromstring(xml)
    net, total = (
        amount(root, f"{CAC}LegalMonetaryTotal/{CBC}{name}") for name in ("TaxExclusiveAmount", "TaxInclusiveAmount")
    )
    vat, *in_lei = [amount(one, f"{CBC}TaxAmount") for one in root.findall(f"{CAC}TaxTotal")]
    assert in_lei == ([] if currency == exchange.HOME else [document.vat_in_lei_minor])
    assert {node.get("currencyID") for node in root.iter() if node.get("currencyID")} <= {currency, "RON"}
    with i18n.in_locale("ro"):
        shown = content.of(document, "ro")["totals"]["total"]["value"]
    assert shown == formatting.amount(Money(total, currency), "ro")
    assert (row.net_minor, row.vat_minor, row.total_minor) == (net, vat, total)
    return net, vat, total


def amount(node, path):
    return round(Decimal(node.find(path).text) * 100)
