from dataclasses import replace
from decimal import Decimal

import pytest

from praho.billing import errors, types
from praho.billing.efactura import builder
from praho.core import i18n
from praho.models.billing.documents import DocumentKind
from tests.billing import samples

REVERSE = [samples.draft("x", "10", category=types.TaxCategory.REVERSE_CHARGE, rate=Decimal(0))]


def buyer(**changes):
    return samples.document(buyer=replace(samples.COMPANY, **changes))


def address(**changes):
    return buyer(address=replace(samples.COMPANY.address, **changes))


def seller(**changes):
    return samples.document(seller=replace(samples.SELLER, **changes))


REFUSED = {
    "proforma": (samples.proforma(), "fiscal invoices"),
    "credit note of nothing": (samples.document(kind=DocumentKind.CREDIT_NOTE), "names the invoice"),
    "euro": (samples.document(currency="EUR"), "exchange rate"),
    "below zero": (samples.document([samples.draft("x", "10", "-1")]), "below zero"),
    "no lines": (samples.document(()), "without lines"),
    "number without a digit": (samples.document(number="EXH-ABC"), "digit"),
    "number with other digits only": (samples.document(number="EXH-４２"), "digit"),
    "reverse charge": (samples.document(REVERSE), "reason why"),
    "blank description": (samples.document([samples.draft(" \u0001 ", "10")]), "description"),
    "payable without due date": (samples.document(due_date=None), "due date"),
    "one ban payable without due date": (samples.document([samples.draft("x", "0.01")], due_date=None), "due date"),
    "seller without VAT": (seller(vat_payer=False), "registered for VAT"),
    "seller without VAT number": (seller(vat_id=None), "registered for VAT"),
    "seller without fiscal code": (seller(tax_number=None), "registered for VAT"),
    "seller without a street": (seller(address=replace(samples.SELLER.address, street=" ")), "street"),
    "company without fiscal code": (buyer(tax_number=None), "fiscal code"),
    "VAT payer without number": (buyer(vat_id=None), "VAT number"),
    "blank name": (buyer(name="\u0000"), "name"),
    "blank city": (address(city=""), "city"),
    "county by name": (address(county="Cluj"), "county"),
    "county without prefix": (address(county="CJ"), "county"),
    "no county": (address(county=None), "county"),
    "Bucharest without a sector": (address(county="RO-B", city="București"), "sector"),
    "sector outside Bucharest": (address(county="RO-IF", city="SECTOR3"), "sector"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_written_is_refused_with_its_reason(case):
    document, reason = REFUSED[case]
    with i18n.in_locale("en"), pytest.raises(errors.UnsupportedDocument) as caught:
        builder.build(document)
    with i18n.in_locale("en"):
        assert reason in str(caught.value)


ACCEPTED = {
    "free": samples.document([samples.draft("x", "0")]),
    "free without due date": samples.document([samples.draft("x", "0")], due_date=None),
    "paid without due date": samples.paid(samples.document(due_date=None)),
    "person": samples.document(buyer=samples.PERSON),
    "company without VAT": samples.document(buyer=samples.COMPANY_WITHOUT_VAT),
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_what_can_be_written_is_written(case):
    assert builder.build(ACCEPTED[case]).startswith(b"<?xml")
