"""The cases E11 to E15 of the reference: what the XML of a document in another currency must and must not say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from praho.billing.efactura import builder, ubl, validator
from praho.billing.tax import exchange
from praho.core import money
from praho.core.money import Money
from tests.billing import samples
from tests.billing.efactura import documents
from tests.billing.efactura.documents import drop, find, put

TODAY = date(2026, 11, 22)
RATE = exchange.Rate("EUR", Decimal("5.0812"), date(2026, 10, 2))


def rules(root):
    return {one.rule_id for one in validator.validate(ubl.etree.tostring(root), today=TODAY)}


def in_euro():
    return documents.invoice(replace(samples.document(), currency="EUR", exchange=RATE))


def with_second_total():
    root = documents.invoice()
    place = root.index(find(root, "cac:TaxTotal"))
    second = ubl.etree.SubElement(root, f"{{{ubl.CAC}}}TaxTotal")
    amount = ubl.etree.SubElement(second, f"{{{ubl.CBC}}}TaxAmount", currencyID="RON")
    amount.text = find(root, "cac:TaxTotal/cbc:TaxAmount").text
    root.insert(place + 1, second)
    currency = find(root, "cbc:DocumentCurrencyCode")
    tax_currency = ubl.etree.Element(f"{{{ubl.CBC}}}TaxCurrencyCode")
    tax_currency.text = "RON"
    currency.addnext(tax_currency)
    return root


def called(code):
    root = in_euro()
    for node in root.iter():
        if node.get("currencyID") == "EUR":
            node.set("currencyID", code)
    return put(root, "cbc:DocumentCurrencyCode", code)


def without_lei():
    root = documents.example("eu-reverse-charge-eur")
    totals = root.findall(f"{{{ubl.CAC}}}TaxTotal")
    root.remove(totals[1])
    return root


CASES = [
    ("E11", documents.example("eu-reverse-charge-eur"), set()),
    ("E11 without lei", without_lei(), {"BR-53"}),
    ("E12", drop(in_euro(), "cbc:TaxCurrencyCode"), {"BR-RO-030"}),
    ("E13", with_second_total(), {"BR-CO-15"}),
    ("E15 LEI", called("LEI"), {"BR-CL-03", "BR-CL-04"}),
    # The ministry's base still lists it; the newer list of EN 16931, which is checked too, does not.
    ("E15 BGN", called("BGN"), {"BR-CL-04"}),
    ("in euro", in_euro(), set()),
]


@pytest.mark.parametrize(("root", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_currency_case(root, expected):
    found = rules(root)
    assert expected <= found if expected else not found & {"BR-53", "BR-RO-030", "BR-CO-15", "BR-CL-03", "BR-CL-04"}


def test_e11_nothing_in_lei_is_written_as_zero():
    text = ubl.etree.tostring(documents.example("eu-reverse-charge-eur")).decode()
    assert '<cbc:TaxAmount currencyID="RON">0.00</cbc:TaxAmount>' in text


def test_e13_a_document_in_lei_has_one_total():
    text = builder.build(samples.document()).decode()
    assert text.count("<cac:TaxTotal>") == 1
    assert "TaxCurrencyCode" not in text


@pytest.mark.parametrize("code", ["LEI", "lei", "RO", "EURO", ""])
def test_e15_no_amount_is_in_a_currency_that_does_not_exist(code):
    with pytest.raises(money.UnknownCurrency):
        Money(100, code)
