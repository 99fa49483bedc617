from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from praho.billing import errors, types
from praho.billing.documents import snapshot
from praho.billing.efactura import builder, ubl
from tests.billing import samples
from tests.billing.efactura.documents import find, invoice

SELLER = "cac:AccountingSupplierParty/cac:Party"
BUYER = "cac:AccountingCustomerParty/cac:Party"
LEGAL_ID = "cac:PartyLegalEntity/cbc:CompanyID"
VAT_ID = "cac:PartyTaxScheme/cbc:CompanyID"


def text(document, path):
    node = find(invoice(document), path)
    return None if node is None else node.text


def all_texts(document, path):
    return [node.text for node in ubl.every(invoice(document), path)]


def with_buyer(**changes):
    return samples.document(buyer=replace(samples.COMPANY, **changes))


def with_address(**changes):
    return with_buyer(address=replace(samples.COMPANY.address, **changes))


def test_the_same_document_gives_the_same_bytes():
    assert builder.build(samples.document()) == builder.build(samples.document())


def test_the_encoding_is_declared():
    assert builder.build(samples.document()).startswith(b"<?xml version='1.0' encoding='UTF-8'?>\n<Invoice xmlns=")


def test_header():
    root = invoice(samples.document(notes=("Prima.", "A doua.")))
    assert [(child.tag.partition("}")[2], child.text) for child in root if len(child) == 0] == [
        ("CustomizationID", "urn:cen.eu:en16931:2017#compliant#urn:efactura.mfinante.ro:CIUS-RO:1.0.1"),
        ("ID", "EXH-000001"),
        ("IssueDate", "2026-10-05"),
        ("DueDate", "2026-10-20"),
        ("InvoiceTypeCode", "380"),
        ("Note", "Prima."),
        ("Note", "A doua."),
        ("DocumentCurrencyCode", "RON"),
    ]


def test_a_tax_point_is_stated_when_it_is_another_day():
    assert text(samples.document(), "cbc:TaxPointDate") is None
    assert text(samples.document(tax_point=date(2026, 9, 30)), "cbc:TaxPointDate") == "2026-09-30"


def test_the_schema_location_stays_out():
    assert b"schemaLocation" not in builder.build(samples.document())


@pytest.mark.parametrize(
    ("buyer", "vat_id", "legal_id"),
    [
        (samples.COMPANY, "RO87654329", "87654329"),
        (samples.COMPANY_WITHOUT_VAT, None, "87654329"),
        (samples.PERSON, None, "0000000000000"),
        (replace(samples.PERSON, personal_id="1630615123457"), None, "1630615123457"),
        # A person who buys as one stays a consumer, whatever else is known.
        (replace(samples.PERSON, tax_number="87654329"), None, "0000000000000"),
        # A number left over from a registration that ended is not quoted (case A11).
        (replace(samples.COMPANY, vat_payer=False), None, "87654329"),
    ],
)
def test_numbers_of_the_buyer(buyer, vat_id, legal_id):
    document = samples.document(buyer=buyer)
    assert (text(document, f"{BUYER}/{VAT_ID}"), text(document, f"{BUYER}/{LEGAL_ID}")) == (vat_id, legal_id)


def test_numbers_of_the_seller():
    document = samples.document()
    assert text(document, f"{SELLER}/{VAT_ID}") == "RO12345674"
    assert text(document, f"{SELLER}/{LEGAL_ID}") == "J40/1234/2020"
    assert text(document, f"{SELLER}/cac:PartyLegalEntity/cbc:CompanyLegalForm") == "Capital social: 200 RON"
    bare = samples.document(seller=replace(samples.SELLER, registration_number=None, share_capital=None))
    assert text(bare, f"{SELLER}/{LEGAL_ID}") == "12345674"
    assert text(bare, f"{SELLER}/cac:PartyLegalEntity/cbc:CompanyLegalForm") is None


def test_contacts_are_the_sellers_and_whole():
    contact = f"{SELLER}/cac:Contact"
    assert [node.text for node in find(invoice(), contact)] == [
        "Facturare",
        "+40 310 000 000",
        "facturare@exemplu.example",
    ]
    long = replace(samples.SELLER, contact_name="n" * 101, phone="", email="e" * 101)
    assert [node.text for node in find(invoice(samples.document(seller=long)), contact)] == ["n" * 99 + "…"]
    longest = replace(samples.SELLER, contact_name="n" * 100, phone="1" * 100, email="e" * 100)
    assert [len(node.text) for node in find(invoice(samples.document(seller=longest)), contact)] == [100] * 3
    none = replace(samples.SELLER, contact_name=None, phone=None, email=None)
    assert find(invoice(samples.document(seller=none)), contact) is None
    assert find(invoice(), f"{BUYER}/cac:Contact") is None


def test_f25_names_are_written_as_typed():
    name = "ȘTEFAN & FIII <S.R.L.> 😀 Ţeavă"
    assert text(with_buyer(name=name), f"{BUYER}/cac:PartyLegalEntity/cbc:RegistrationName") == name


def test_f26_control_characters_are_dropped():
    drafts = [samples.draft("Găz\u0001duire\u0000", "10")]
    assert text(samples.document(drafts), "cac:InvoiceLine/cac:Item/cbc:Name") == "Găzduire"


def test_a_long_street_goes_on_in_the_next_lines():
    street = "Bulevardul " + "a" * 139 + " " + "b" * 99 + " " + "c" * 120
    document = with_address(street=street)
    address = f"{BUYER}/cac:PostalAddress"
    assert text(document, f"{address}/cbc:StreetName") == "Bulevardul " + "a" * 139
    assert text(document, f"{address}/cbc:AdditionalStreetName") == "b" * 99
    assert text(document, f"{address}/cac:AddressLine/cbc:Line") == "c" * 99 + "…"


@pytest.mark.parametrize(("length", "more"), [(150, None), (151, "s")])
def test_a_street_of_150_characters_is_one_line(length, more):
    document = with_address(street="s" * length)
    assert text(document, f"{BUYER}/cac:PostalAddress/cbc:StreetName") == "s" * 150
    assert text(document, f"{BUYER}/cac:PostalAddress/cbc:AdditionalStreetName") == more


@pytest.mark.parametrize(("length", "end"), [(984, "xx"), (985, "x…")])
def test_the_legal_form_has_1000_characters(length, end):
    document = samples.document(seller=replace(samples.SELLER, share_capital="x" * length))
    written = text(document, f"{SELLER}/cac:PartyLegalEntity/cbc:CompanyLegalForm")
    assert (len(written), written[-2:]) == (1000, end)


def test_lengths_of_address_and_names():
    document = with_buyer(name="N" * 201, address=replace(samples.COMPANY.address, city="C" * 51, postal_code="1" * 21))
    assert text(document, f"{BUYER}/cac:PartyLegalEntity/cbc:RegistrationName") == "N" * 199 + "…"
    assert text(document, f"{BUYER}/cac:PostalAddress/cbc:CityName") == "C" * 49 + "…"
    assert text(document, f"{BUYER}/cac:PostalAddress/cbc:PostalZone") == "1" * 20
    assert text(with_address(postal_code=None), f"{BUYER}/cac:PostalAddress/cbc:PostalZone") is None


def test_an_unpaid_invoice_names_the_account():
    document = samples.document()
    assert text(document, "cac:PaymentMeans/cbc:PaymentMeansCode") == "30"
    assert text(document, "cac:PaymentMeans/cbc:PaymentID") == "EXH-000001"
    assert text(document, "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID") == "RO49AAAA1B31007593840000"
    assert text(document, "cac:LegalMonetaryTotal/cbc:PrepaidAmount") is None
    assert text(document, "cac:LegalMonetaryTotal/cbc:PayableAmount") == "356.68"


def test_only_accounts_in_its_currency():
    accounts = (
        snapshot.BankAccount("RO49 AAAA 1B31 0075 9384 0000"),
        snapshot.BankAccount("DE89370400440532013000", currency="EUR"),
    )
    document = samples.document(seller=replace(samples.SELLER, bank_accounts=accounts))
    assert all_texts(document, "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID") == ["RO49AAAA1B31007593840000"]
    none = samples.document(seller=replace(samples.SELLER, bank_accounts=()))
    assert find(invoice(none), "cac:PaymentMeans") is None


@pytest.mark.parametrize(
    ("method", "code"),
    [
        (types.PaymentMethod.BANK_TRANSFER, "42"),
        (types.PaymentMethod.CARD, "48"),
        (types.PaymentMethod.ONLINE, "68"),
        (types.PaymentMethod.CASH, "10"),
        (types.PaymentMethod.OFFSET, "97"),
    ],
)
def test_a_paid_invoice_asks_for_nothing(method, code):
    document = samples.paid(samples.document(), method)
    assert all_texts(document, "cac:PaymentMeans/cbc:PaymentMeansCode") == [code]
    assert text(document, "cac:LegalMonetaryTotal/cbc:PrepaidAmount") == "356.68"
    assert text(document, "cac:LegalMonetaryTotal/cbc:PayableAmount") == "0.00"
    assert text(document, "cbc:DueDate") is None


def test_the_largest_payment_names_the_means():
    payments = (samples.payment(35000, types.PaymentMethod.ONLINE), samples.payment(668, types.PaymentMethod.CARD))
    document = samples.document(payments=payments)
    assert all_texts(document, "cac:PaymentMeans/cbc:PaymentMeansCode") == ["68"]


def test_a_part_payment_leaves_the_rest_to_transfer():
    document = samples.document(payments=(samples.payment(35667),))
    assert text(document, "cac:LegalMonetaryTotal/cbc:PrepaidAmount") == "356.67"
    assert text(document, "cac:LegalMonetaryTotal/cbc:PayableAmount") == "0.01"
    assert text(document, "cbc:DueDate") == "2026-10-20"
    assert text(document, "cac:PaymentMeans/cbc:PaymentMeansCode") == "30"


def test_the_proforma_is_a_supporting_document():
    reference = snapshot.Reference(snapshot.ReferenceKind.PROFORMA, "PRF-000017", date(2026, 10, 1))
    document = samples.document(references=(reference,))
    assert text(document, "cac:AdditionalDocumentReference/cbc:ID") == "PRF-000017"
    described = text(document, "cac:AdditionalDocumentReference/cbc:DocumentDescription")
    assert described == "Factură proformă din 01.10.2026"


@pytest.mark.parametrize(
    ("number", "reference", "payment_id"),
    [("1" * 140, "1" * 140, "1" * 140), ("2" * 201, "2" * 199 + "…", "2" * 139 + "…")],
)
def test_long_numbers_of_references(number, reference, payment_id):
    proforma = snapshot.Reference(snapshot.ReferenceKind.PROFORMA, number, date(2026, 10, 1))
    document = samples.document(number=number, references=(proforma,))
    assert text(document, "cac:AdditionalDocumentReference/cbc:ID") == reference
    assert text(document, "cac:PaymentMeans/cbc:PaymentID") == payment_id


def test_totals():
    total = find(invoice(samples.document(discount_minor=1000)), "cac:LegalMonetaryTotal")
    assert [(node.tag.partition("}")[2], node.text) for node in total] == [
        ("LineExtensionAmount", "294.78"),
        ("TaxExclusiveAmount", "284.78"),
        ("TaxInclusiveAmount", "344.58"),
        ("AllowanceTotalAmount", "10.00"),
        ("PayableAmount", "344.58"),
    ]


def test_f19_one_spelling_per_rate():
    drafts = [samples.draft("a", "100", rate=Decimal("21.00")), samples.draft("b", "100", rate=Decimal(21))]
    assert set(all_texts(samples.document(drafts), ".//cbc:Percent")) == {"21"}


def test_d15_one_allowance_and_one_row_per_rate():
    drafts = [samples.draft("a", "100", rate=Decimal(19)), samples.draft("b", "100")]
    root = invoice(samples.document(drafts, discount_minor=1000))
    allowances = [
        (find(node, "cac:TaxCategory/cbc:Percent").text, find(node, "cbc:Amount").text)
        for node in ubl.every(root, "cac:AllowanceCharge")
    ]
    assert allowances == [("19", "5.00"), ("21", "5.00")]
    rows = [[node.text for node in row][:2] for row in ubl.every(root, "cac:TaxTotal/cac:TaxSubtotal")]
    assert rows == [["95.00", "18.05"], ["95.00", "19.95"]]


def test_a_line():
    drafts = [
        samples.draft(
            "Trafic",
            "0.004",
            "1000.50",
            unit_code="E34",
            discount_minor=50,
            details="peste 13 GB",
            period_start=date(2026, 9, 1),
            period_end=date(2026, 9, 30),
        )
    ]
    line = find(invoice(samples.document(drafts)), "cac:InvoiceLine")
    spelled = [(node.tag.partition("}")[2], node.text) for node in line.iter() if len(node) == 0]
    assert spelled == [
        ("ID", "1"),
        ("InvoicedQuantity", "1000.5"),
        ("LineExtensionAmount", "3.50"),
        ("StartDate", "2026-09-01"),
        ("EndDate", "2026-09-30"),
        ("ChargeIndicator", "false"),
        ("AllowanceChargeReasonCode", "95"),
        ("AllowanceChargeReason", "Reducere"),
        ("Amount", "0.50"),
        ("Description", "peste 13 GB"),
        ("Name", "Trafic"),
        ("ID", "S"),
        ("Percent", "21"),
        ("ID", "VAT"),
        ("PriceAmount", "0.004"),
    ]
    assert find(line, "cbc:InvoicedQuantity").get("unitCode") == "E34"


@pytest.mark.parametrize(
    ("price", "spelled"),
    [("10", "10.00"), ("10.5", "10.50"), ("0.0040", "0.004"), ("1E+3", "1000.00"), ("0", "0.00")],
)
def test_prices_keep_their_decimals(price, spelled):
    document = samples.document([samples.draft("x", price)])
    assert text(document, "cac:InvoiceLine/cac:Price/cbc:PriceAmount") == spelled


@pytest.mark.parametrize(("quantity", "spelled"), [("1", "1"), ("1E+2", "100"), ("0.500", "0.5"), ("10", "10")])
def test_quantities_have_one_spelling(quantity, spelled):
    document = samples.document([samples.draft("x", "10", quantity)])
    assert text(document, "cac:InvoiceLine/cbc:InvoicedQuantity") == spelled


@pytest.mark.parametrize(("unit", "code"), [("BUC", "H87"), ("luna", "MON"), ("C62", "C62")])
def test_f15_units_are_codes(unit, code):
    root = invoice(samples.document([samples.draft("x", "10", unit_code=unit)]))
    assert find(root, "cac:InvoiceLine/cbc:InvoicedQuantity").get("unitCode") == code


def test_every_amount_names_the_currency():
    root = invoice(samples.document(discount_minor=1, payments=(samples.payment(5),)))
    amounts = [node for node in root.iter() if node.tag.endswith("Amount")]
    assert len(amounts) == 16
    assert {node.get("currencyID") for node in amounts} == {"RON"}


def test_amounts_that_do_not_add_up_are_refused():
    document = samples.document()
    wrong = replace(document, totals=replace(document.totals, vat_minor=document.totals.vat_minor + 1))
    with pytest.raises(errors.InconsistentDocument):
        builder.build(wrong)


@pytest.mark.parametrize("paid", [-1, 35669])
def test_payments_beyond_the_total_are_refused(paid):
    with pytest.raises(errors.InconsistentDocument, match="payments"):
        builder.build(samples.document(payments=(samples.payment(paid),)))
