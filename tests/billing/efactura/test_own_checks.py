from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from praho.billing.efactura import own_checks
from praho.billing.efactura.findings import Severity, errors_in
from tests.billing import samples
from tests.billing.efactura import documents
from tests.billing.efactura.documents import child, drop, find, insert_after, invoice, put

TODAY = date(2026, 11, 22)
SELLER = "cac:AccountingSupplierParty/cac:Party"
BUYER = "cac:AccountingCustomerParty/cac:Party"
LEGAL_ID = "cac:PartyLegalEntity/cbc:CompanyID"
VAT_ID = "cac:PartyTaxScheme/cbc:CompanyID"
ROW = "cac:TaxTotal/cac:TaxSubtotal"


def found(root, today=TODAY):
    return [finding.rule_id for finding in own_checks.check(root, today)]


def test_a_built_invoice_is_fine():
    assert found(invoice()) == []
    assert found(invoice(samples.document(buyer=samples.PERSON, discount_minor=100))) == []


def test_f3_a_sector_outside_bucharest():
    assert found(put(invoice(), f"{BUYER}/cac:PostalAddress/cbc:CityName", "SECTOR3")) == ["PRAHO-SECTOR"]
    assert found(put(invoice(), f"{BUYER}/cac:PostalAddress/cbc:CityName", "Sector 3")) == ["PRAHO-SECTOR"]
    moved = put(invoice(), f"{SELLER}/cac:PostalAddress/cbc:CountrySubentity", "RO-IF")
    assert found(moved) == ["PRAHO-SECTOR"]


def test_f13_payable_without_due_date_or_terms():
    root = drop(invoice(), "cbc:DueDate")
    assert found(root) == ["BR-CO-25"]
    terms = insert_after(root, "cac:PaymentMeans", "cac:PaymentTerms")
    assert found(root) == ["BR-CO-25"]
    child(terms, "cbc:Note", "30 de zile")
    assert found(root) == []


@pytest.mark.parametrize(("payable", "expected"), [("0.01", ["BR-CO-25"]), ("0.00", []), ("-0.01", [])])
def test_f13_only_above_zero(payable, expected):
    root = put(drop(invoice(), "cbc:DueDate"), "cac:LegalMonetaryTotal/cbc:PayableAmount", payable)
    assert found(root) == expected


@pytest.mark.parametrize(
    ("vat", "severity"),
    [
        ("61.90", None),
        ("61.91", Severity.WARNING),
        ("61.89", Severity.WARNING),
        ("61.92", Severity.ERROR),
        ("61.88", Severity.ERROR),
        ("62.40", Severity.ERROR),
    ],
)
def test_f20_vat_that_is_not_the_rate_of_its_base(vat, severity):
    findings = list(own_checks.check(put(invoice(), f"{ROW}/cbc:TaxAmount", vat), TODAY))
    assert [(one.rule_id, one.severity) for one in findings] == ([] if severity is None else [("PRAHO-VAT", severity)])
    assert bool(errors_in(findings)) == (severity is Severity.ERROR)


def test_vat_is_rounded_half_up_in_the_check_too():
    halves = samples.document([samples.draft("x", "2.50")])
    assert found(invoice(halves)) == []
    assert found(put(invoice(halves), f"{ROW}/cbc:TaxAmount", "0.52")) == ["PRAHO-VAT"]


def test_f30_two_lines_with_one_identifier():
    root = put(invoice(), "cac:InvoiceLine[2]/cbc:ID", "1")
    findings = list(own_checks.check(root, TODAY))
    assert [(one.rule_id, one.location) for one in findings] == [
        ("PRAHO-LINE-ID", "/Invoice[1]/InvoiceLine[1]"),
        ("PRAHO-LINE-ID", "/Invoice[1]/InvoiceLine[2]"),
    ]


@pytest.mark.parametrize("net", ["5.01", "4.99", "5.00"])
def test_line_net_follows_from_quantity_and_price(net):
    root = put(invoice(), "cac:InvoiceLine[3]/cbc:LineExtensionAmount", net)
    assert found(root) == ([] if net == "5.00" else ["PRAHO-LINE-NET"])


def test_line_net_with_allowance_charge_and_base_quantity():
    document = samples.document([samples.draft("x", "9.95", discount_minor=100)])
    root = invoice(document)
    assert found(root) == []
    put(root, "cac:InvoiceLine/cac:AllowanceCharge/cbc:ChargeIndicator", "1")
    assert found(root) == ["PRAHO-LINE-NET"]
    put(root, "cac:InvoiceLine/cbc:LineExtensionAmount", "10.95")
    assert found(root) == []
    child(find(root, "cac:InvoiceLine/cac:Price"), "cbc:BaseQuantity", "2")
    put(root, "cac:InvoiceLine/cbc:LineExtensionAmount", "5.98")
    assert found(root) == []


def test_a_base_quantity_of_zero_is_no_crash():
    root = invoice()
    child(find(root, "cac:InvoiceLine/cac:Price"), "cbc:BaseQuantity", "0")
    assert found(root) == []


def test_credited_quantities_count():
    root = documents.example("storno-creditnote-381")
    assert found(root) == []
    assert found(put(root, "cac:CreditNoteLine/cbc:CreditedQuantity", "2")) == ["PRAHO-LINE-NET"]


@pytest.mark.parametrize(("issued", "expected"), [("2026-11-22", []), ("2026-11-23", ["PRAHO-FUTURE"])])
def test_issued_in_the_future(issued, expected):
    root = put(put(invoice(), "cbc:IssueDate", issued), "cbc:DueDate", "2026-12-01")
    assert found(root) == expected


@pytest.mark.parametrize(("due", "expected"), [("2026-10-05", []), ("2026-10-04", ["PRAHO-DUE"])])
def test_due_before_issue(due, expected):
    assert found(put(invoice(), "cbc:DueDate", due)) == expected


def test_an_unreadable_date_is_left_to_its_own_rule():
    assert found(put(put(invoice(), "cbc:IssueDate", "2026-10-05Z"), "cbc:DueDate", "x")) == []


def at_rate(percent, issued):
    document = samples.document([samples.draft("x", "100", rate=Decimal(percent))])
    document = replace(document, issue_date=issued, tax_point=issued, due_date=issued)
    return invoice(document)


@pytest.mark.parametrize(
    ("percent", "issued", "expected"),
    [
        (21, date(2026, 10, 5), []),
        (19, date(2026, 10, 5), ["PRAHO-RATE"]),
        (21, date(2025, 7, 31), ["PRAHO-RATE"]),
        (21, date(2025, 8, 1), []),
        # Issued by the 15th of the month after the supply: July's rate may still be billed in August, not later.
        (19, date(2025, 8, 4), []),
        (19, date(2025, 8, 31), []),
        (19, date(2025, 9, 1), ["PRAHO-RATE"]),
        (11, date(2026, 10, 5), []),
        (9, date(2026, 8, 31), []),
        (9, date(2026, 10, 5), ["PRAHO-RATE"]),
        (20, date(2016, 6, 15), []),
        (24, date(2016, 1, 31), []),
        (24, date(2016, 2, 1), ["PRAHO-RATE"]),
    ],
)
def test_rate_by_date(percent, issued, expected):
    assert found(at_rate(percent, issued)) == expected


def test_a_stated_tax_point_justifies_its_rate():
    root = at_rate(19, date(2026, 10, 5))
    insert_after(root, "cbc:InvoiceTypeCode", "cbc:TaxPointDate", "2025-07-31")
    assert found(root) == []
    assert found(put(root, "cbc:TaxPointDate", "2025-08-01")) == ["PRAHO-RATE"]


def test_a_billed_period_justifies_its_rate():
    drafts = [
        samples.draft(
            "x",
            "100",
            rate=Decimal(19),
            period_start=date(2025, 7, 1),
            period_end=date(2025, 7, 31),
        )
    ]
    root = invoice(samples.document(drafts))
    assert found(root) == []
    assert found(drop(root, "cac:InvoiceLine/cac:InvoicePeriod/cbc:EndDate")) == ["PRAHO-RATE"]


def test_c5_a_correction_keeps_the_rate_of_the_original():
    root = put(documents.example("storno-negative-380"), "cac:BillingReference//cbc:IssueDate", "2025-07-20")
    for path in (f"{ROW}/cac:TaxCategory/cbc:Percent", "cac:InvoiceLine/cac:Item//cbc:Percent"):
        put(root, path, "19")
    assert "PRAHO-RATE" not in found(root)
    assert "PRAHO-RATE" in found(put(root, "cac:BillingReference//cbc:IssueDate", "2026-10-05"))


def test_rates_of_other_countries_are_not_judged():
    root = put(at_rate(19, date(2026, 10, 5)), f"{BUYER}/cac:PostalAddress/cac:Country/*", "DE")
    assert found(root) == []


def test_a_reversal_quotes_what_it_corrects():
    root = documents.example("storno-negative-380")
    assert found(root) == []
    assert found(drop(root, "cac:BillingReference")) == ["PRAHO-STORNO"]


@pytest.mark.parametrize("price", ["0", "0.40", "0.01"])
def test_only_below_zero_is_a_reversal(price):
    assert found(invoice(samples.document([samples.draft("x", price)]))) == []


def test_only_standard_rates_are_judged():
    root = put(invoice(), f"{ROW}/cbc:TaxAmount", "0.00")
    for node in root.iter("{*}Percent"):
        node.text = "0"
    assert found(root) == ["PRAHO-RATE"]
    assert found(put(root, f"{ROW}/cac:TaxCategory/cbc:ID", "E")) == []


def test_a_rate_is_not_judged_without_a_date():
    assert found(put(at_rate(19, date(2026, 10, 5)), "cbc:IssueDate", "x")) == []


def test_one_spelling_per_rate():
    root = put(invoice(), "cac:InvoiceLine[2]/cac:Item//cbc:Percent", "21.0")
    assert found(root) == ["BR-S-08"]


def test_findings_name_the_party():
    for party, name in ((SELLER, "seller"), (BUYER, "buyer")):
        root = put(put(invoice(), f"{party}/{VAT_ID}", "RO1"), f"{party}/{LEGAL_ID}", "1")
        put(root, f"{party}/cac:PostalAddress/cbc:CityName", "SECTOR1")
        put(root, f"{party}/cac:PostalAddress/cbc:CountrySubentity", "RO-IF")
        messages = [one.message for one in own_checks.check(root, TODAY)]
        assert len(messages) == 3
        assert all(message.startswith(f"The {name}'s ") for message in messages)


def test_thirteen_zeros_are_no_seller():
    assert "PRAHO-SELLER-ID" in found(put(invoice(), f"{SELLER}/{VAT_ID}", "0" * 13))
    assert found(put(invoice(), f"{SELLER}/{LEGAL_ID}", "0" * 13)) == ["PRAHO-SELLER-ID"]
    assert found(invoice(samples.document(buyer=samples.PERSON))) == []


@pytest.mark.parametrize("party", [SELLER, BUYER])
def test_mistyped_fiscal_codes(party):
    assert found(put(invoice(), f"{party}/{VAT_ID}", "RO12345675")) == ["PRAHO-CUI"]
    assert found(put(invoice(), f"{party}/{LEGAL_ID}", "12345675")) == ["PRAHO-CUI"]


def test_a_register_number_is_no_fiscal_code():
    assert found(put(invoice(), f"{BUYER}/{LEGAL_ID}", "J12/5678/2019")) == []


@pytest.mark.parametrize(("code", "expected"), [("1630615123457", []), ("1630615123458", ["PRAHO-CNP"])])
def test_personal_codes_are_checked_and_never_repeated(code, expected):
    root = put(invoice(samples.document(buyer=samples.PERSON)), f"{BUYER}/{LEGAL_ID}", code)
    findings = list(own_checks.check(root, TODAY))
    assert [one.rule_id for one in findings] == expected
    assert not any(code in one.message + one.location for one in findings)


def test_greek_numbers_begin_with_el():
    root = put(invoice(), f"{BUYER}/{VAT_ID}", "GR094259216")
    assert found(root) == ["PRAHO-VAT-GR"]
    assert found(put(root, f"{BUYER}/{VAT_ID}", "EL094259216")) == []


def test_numbers_of_other_schemes_are_not_judged():
    root = put(invoice(), f"{SELLER}/{VAT_ID}", "RO1")
    assert found(put(root, f"{SELLER}/cac:PartyTaxScheme/cac:TaxScheme/cbc:ID", "LOC")) == []
