"""Invoices without Romanian VAT as XML: each category with its reason, checked by every rule; and whose duty it is."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from praho.billing import types
from praho.billing.documents import snapshot
from praho.billing.efactura import builder, duty, ubl, validator
from praho.billing.efactura.findings import errors_in
from praho.billing.tax import place
from praho.billing.tax.types import TaxBuyer, TaxContext, TaxSeller, VatIdStatus
from tests.billing import samples
from tests.billing.efactura.documents import find, invoice
from tests.billing.tax.test_place import TABLE

ON = date(2026, 10, 5)
PERSON, COMPANY = types.PartyKind.PERSON, types.PartyKind.COMPANY
E = types.TaxCategory.EXEMPT
CATEGORY = "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory"
SELLER_VAT = "cac:AccountingSupplierParty/cac:Party/cac:PartyTaxScheme"
BUYER = "cac:AccountingCustomerParty/cac:Party"


def party(kind, country, **numbers):
    address = snapshot.Address(country=country, city="Berlin", street="Hauptstraße 1", postal_code="10115")
    return snapshot.Party(kind=kind, name="Beispiel GmbH", address=address, **numbers)


GERMAN = party(COMPANY, "DE", tax_number="DE136695976", vat_payer=True, vat_id="DE136695976")
AMERICAN = party(COMPANY, "US", tax_number="12-3456789")


def sold(buyer, seller=None, standing=None, status=VatIdStatus.NONE):
    """An invoice of 52.00 with the decision that the buyer gets."""
    facts = TaxBuyer(buyer.kind, buyer.address.country, buyer.address.postal_code, buyer.vat_id, status)
    tax = place.decide(TaxContext(ON, standing or TaxSeller(), facts), TABLE)
    drafts = [samples.draft("VPS M", "52", category=tax.category, rate=tax.rate)]
    return samples.document(drafts, buyer=buyer, seller=seller or samples.SELLER, tax=tax)


CASES = {
    "C7": (sold(GERMAN, status=VatIdStatus.VALID), "AE", "0", "VATEX-EU-AE", False),
    "C9": (sold(party(PERSON, "FI"), standing=TaxSeller(one_stop_shop=True)), "S", "25.5", None, False),
    "C8": (sold(GERMAN, status=VatIdStatus.INVALID), "S", "21", None, True),
    "C17 business": (sold(AMERICAN), "O", None, "VATEX-EU-O", False),
    "C17 consumer": (sold(party(PERSON, "US")), "O", None, "VATEX-EU-O", False),
    "C17 by E": (sold(AMERICAN, standing=TaxSeller(outside_category=E)), "E", "0", None, False),
    "C21": (sold(samples.COMPANY_WITHOUT_VAT), "S", "21", None, True),
    "C22": (
        sold(samples.COMPANY, replace(samples.SELLER, vat_payer=False, vat_id=None), TaxSeller(registered=False)),
        "O", None, "VATEX-EU-O", True,
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_each_category_is_written_and_passes_every_rule(case):
    document, category, percent, code, due = CASES[case]
    assert errors_in(validator.validate(builder.build(document), today=date(2026, 11, 22))) == ()
    root = invoice(document)
    node = find(root, CATEGORY)
    assert ubl.text(node, "cbc:ID") == category
    assert ubl.text(node, "cbc:Percent") == (percent or "")
    assert ubl.text(node, "cbc:TaxExemptionReasonCode") == (code or "")
    assert (ubl.text(node, "cbc:TaxExemptionReason") == "") == (category == "S")
    assert (find(root, SELLER_VAT) is None) == (category == "O")
    assert duty.is_due(document) is due


def test_c7_names_the_buyer_by_its_vat_number():
    root = invoice(CASES["C7"][0])
    assert ubl.text(root, f"{BUYER}/cac:PartyTaxScheme/cbc:CompanyID") == "DE136695976"
    assert ubl.text(root, f"{BUYER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode") == "DE"


def test_vat_on_collection_is_said_by_code_and_in_words():
    document = sold(samples.COMPANY, standing=TaxSeller(on_collection=True))
    document = replace(document, tax_point=date(2026, 10, 1))
    root = invoice(document)
    assert ubl.text(root, "cac:InvoicePeriod/cbc:DescriptionCode") == "432"
    assert ubl.text(root, "cbc:Note") == "TVA la încasare"
    assert find(root, "cbc:TaxPointDate") is None
    assert errors_in(validator.validate(builder.build(document), today=date(2026, 11, 22))) == ()


def test_what_is_outside_the_scope_stands_alone():
    mixed = [
        samples.draft("a", "1"),
        samples.draft("b", "1", category=types.TaxCategory.OUTSIDE_SCOPE, rate=Decimal(0)),
    ]
    with pytest.raises(builder.requirements.errors.UnsupportedDocument):
        builder.build(samples.document(mixed, tax=CASES["C22"][0].tax))
