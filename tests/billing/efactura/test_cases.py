"""The reference cases of e-Factura documents (F1 to F30) that the whole validator answers, by their ids."""

import re
from datetime import date

import pytest
from lxml import etree

from praho.billing.efactura import builder, validator
from tests.billing import samples
from tests.billing.efactura import documents
from tests.billing.efactura.documents import child, drop, find, insert_after, invoice, put

TODAY = date(2026, 11, 22)
BUYER = "cac:AccountingCustomerParty/cac:Party"
CATEGORY = "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory"
LINE = "cac:InvoiceLine"


def rules(root):
    xml = root if isinstance(root, bytes) else etree.tostring(root)
    return {finding.rule_id for finding in validator.validate(xml, today=TODAY)}


def person():
    return invoice(samples.document(buyer=samples.PERSON))


def with_notes(*notes):
    root = invoice()
    for note in notes:
        insert_after(root, "cbc:InvoiceTypeCode", "cbc:Note", note)
    return root


def mixed_spelling():
    xml = builder.build(samples.document([samples.draft("a", "100"), samples.draft("b", "100")]))
    return re.sub(rb"21</cbc:Percent>(?!.*</cbc:Percent>)", b"21.00</cbc:Percent>", xml, flags=re.DOTALL)


def reverse_charge_without_reason():
    root = documents.example("eu-reverse-charge-eur")
    return drop(drop(root, f"{CATEGORY}/cbc:TaxExemptionReason"), f"{CATEGORY}/cbc:TaxExemptionReasonCode")


def without_lines():
    return drop(drop(drop(invoice(), LINE), LINE), LINE)


def long_reason():
    return put(documents.example("non-eu-E"), f"{CATEGORY}/cbc:TaxExemptionReason", "x" * 101)


CASES = [
    ("F1", put(invoice(), f"{BUYER}/cac:PostalAddress/cbc:CountrySubentity", "Cluj"), {"BR-RO-111"}),
    ("F2", put(person(), f"{BUYER}/cac:PostalAddress/cbc:CityName", "Bucuresti"), {"BR-RO-101"}),
    ("F3", put(invoice(), f"{BUYER}/cac:PostalAddress/cbc:CityName", "SECTOR3"), {"PRAHO-SECTOR"}),
    ("F4", put(invoice(), f"{BUYER}/cac:PostalAddress/cac:Country/*", "MD"), set()),
    ("F5", drop(person(), f"{BUYER}/cac:PartyLegalEntity/cbc:CompanyID"), {"BR-RO-120"}),
    ("F5 zeros", person(), set()),
    ("F6 street", put(invoice(), f"{BUYER}/cac:PostalAddress/cbc:StreetName", "  "), {"BR-RO-082"}),
    ("F6 city", put(invoice(), f"{BUYER}/cac:PostalAddress/cbc:CityName", "  "), {"BR-RO-092"}),
    ("F7", put(invoice(), f"{LINE}/cac:Item/cbc:Name", "x" * 101), {"BR-RO-L1024"}),
    ("F8 300", with_notes("ș" * 300), set()),
    ("F8 301", with_notes("ș" * 301), {"BR-RO-L302"}),
    ("F8 20 notes", with_notes(*["x"] * 20), set()),
    ("F8 21 notes", with_notes(*["x"] * 21), {"BR-RO-A020"}),
    ("F9", put(invoice(), "cbc:ID", "EXH-ABC"), {"BR-RO-010"}),
    ("F10 zone", put(invoice(), "cbc:IssueDate", "2026-10-05Z"), {"BR-RO-DT001"}),
    ("F10 dots", put(invoice(), "cbc:IssueDate", "05.10.2026"), {"XSD"}),
    ("F11", put(invoice(), "cbc:CustomizationID", "urn:cen.eu:en16931:2017"), {"BR-RO-001"}),
    ("F12 326", put(invoice(), "cbc:InvoiceTypeCode", "326"), {"BR-RO-020_1"}),
    ("F12 386", put(invoice(), "cbc:InvoiceTypeCode", "386"), {"BR-RO-020_1"}),
    ("F12 381", put(invoice(), "cbc:InvoiceTypeCode", "381"), {"BR-RO-020_1", "BR-CL-01"}),
    ("F13", drop(invoice(), "cbc:DueDate"), {"BR-CO-25"}),
    ("F14", drop(invoice(), "cac:PaymentMeans/cac:PayeeFinancialAccount"), {"BR-61"}),
    ("F16", put(invoice(), f"{BUYER}/cac:PartyTaxScheme/cbc:CompanyID", "87654329"), {"BR-CO-09"}),
    ("F17 reason", reverse_charge_without_reason(), {"BR-AE-10"}),
    ("F19", mixed_spelling(), {"BR-S-08"}),
    ("F20", put(invoice(), "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount", "62.40"), {"PRAHO-VAT", "BR-CO-14"}),
    ("F21", put(invoice(), "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount", "356.69"), {"BR-CO-15", "BR-CO-16"}),
    ("F23", long_reason(), {"BR-RO-L1019"}),
    ("F24 no lines", without_lines(), {"XSD"}),
    ("F30", put(invoice(), f"{LINE}[2]/cbc:ID", "1"), {"PRAHO-LINE-ID"}),
]


@pytest.mark.parametrize(("case", "root", "expected"), CASES, ids=[case for case, _, _ in CASES])
def test_reference_case(case, root, expected):
    assert rules(root) == expected


def test_f20_passes_every_official_rule():
    root = put(invoice(), "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount", "62.40")
    put(root, "cac:TaxTotal/cbc:TaxAmount", "62.40")
    put(root, "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount", "357.18")
    put(root, "cac:LegalMonetaryTotal/cbc:PayableAmount", "357.18")
    assert rules(root) == {"PRAHO-VAT"}


@pytest.mark.parametrize("unit", ["BUC", "luna"])
def test_f15_words_are_no_units(unit):
    root = invoice()
    find(root, f"{LINE}/cbc:InvoicedQuantity").set("unitCode", unit)
    assert rules(root) == {"BR-CL-23"}


def test_f22_three_decimals():
    root = put(invoice(), f"{LINE}[3]/cbc:LineExtensionAmount", "5.000")
    assert rules(root) == {"BR-DEC-23", "BR-DEC-RO-23", "UBL-DT-01"}


def test_attachments_beyond_fifty():
    root = invoice()
    for number in range(50):
        child(insert_after(root, "cbc:DocumentCurrencyCode", "cac:AdditionalDocumentReference"), "cbc:ID", str(number))
    assert rules(root) == set()
    child(insert_after(root, "cbc:DocumentCurrencyCode", "cac:AdditionalDocumentReference"), "cbc:ID", "50")
    assert rules(root) == {"BR-RO-A051"}
