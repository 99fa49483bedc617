import pytest
from lxml import etree

from praho.billing.efactura import ro_conditions, ro_limits, ubl
from tests.billing import samples
from tests.billing.efactura import documents
from tests.billing.efactura.documents import child, drop, insert_after, invoice, put

SELLER = "cac:AccountingSupplierParty/cac:Party"
BUYER = "cac:AccountingCustomerParty/cac:Party"
SELLER_ADDRESS = f"{SELLER}/cac:PostalAddress"
BUYER_ADDRESS = f"{BUYER}/cac:PostalAddress"


def found(root):
    return [finding.rule_id for finding in ro_conditions.check(root)]


def address(node, *, street="Strada 1", city="Iași", county="RO-IS", country="RO"):
    """Add what an address holds; None leaves a part out."""
    parts = (("cbc:StreetName", street), ("cbc:CityName", city), ("cbc:CountrySubentity", county))
    for name, text in parts:
        if text is not None:
            child(node, name, text)
    child(child(node, "cac:Country"), "cbc:IdentificationCode", country)


def with_representative(**parts):
    root = invoice()
    node = insert_after(root, "cac:AccountingCustomerParty", "cac:TaxRepresentativeParty")
    address(child(node, "cac:PostalAddress"), **parts)
    return root


def with_delivery(**parts):
    root = invoice()
    node = insert_after(root, "cac:AccountingCustomerParty", "cac:Delivery")
    address(child(child(node, "cac:DeliveryLocation"), "cac:Address"), **parts)
    return root


def with_delivery_date(date):
    root = invoice()
    node = insert_after(root, "cac:AccountingCustomerParty", "cac:Delivery")
    child(node, "cbc:ActualDeliveryDate", date)
    return root


def with_tax_point_code(code):
    root = invoice()
    child(insert_after(root, "cbc:DocumentCurrencyCode", "cac:InvoicePeriod"), "cbc:DescriptionCode", code)
    return root


def with_tax_point(date):
    root = invoice()
    insert_after(root, "cbc:InvoiceTypeCode", "cbc:TaxPointDate", date)
    return root


def credit_note(code="381", due="2026-10-20"):
    root = documents.example("storno-creditnote-381")
    put(root, "cbc:CreditNoteTypeCode", code)
    means = documents.find(root, "cac:PaymentMeans/cbc:PaymentMeansCode")
    due_date = etree.Element(f"{{{ubl.CBC}}}PaymentDueDate")
    due_date.text = due
    means.addnext(due_date)
    return root


def in_euro(decimals="116.21"):
    return put(documents.example("b2b-eur"), "cac:TaxTotal[2]/cbc:TaxAmount", decimals)


BAD_DATE = "2026-10-05Z"

BROKEN = {
    "BR-RO-001": put(invoice(), "cbc:CustomizationID", "urn:cen.eu:en16931:2017"),
    "BR-RO-010": put(invoice(), "cbc:ID", "EXH-ABC"),
    "BR-RO-020_1": put(invoice(), "cbc:InvoiceTypeCode", "381"),
    "BR-RO-020_2": credit_note(code="380"),
    "BR-RO-030": drop(documents.example("b2b-eur"), "cbc:TaxCurrencyCode"),
    "BR-RO-040": with_tax_point_code("29"),
    "BR-RO-065": drop(invoice(), f"{SELLER}/cac:PartyTaxScheme"),
    "BR-RO-081": put(invoice(), f"{SELLER_ADDRESS}/cbc:StreetName", " \n "),
    "BR-RO-082": drop(invoice(), f"{BUYER_ADDRESS}/cbc:StreetName"),
    "BR-RO-091": put(invoice(samples.document(seller=samples.COMPANY)), f"{SELLER_ADDRESS}/cbc:CityName", " "),
    "BR-RO-092": drop(invoice(), f"{BUYER_ADDRESS}/cbc:CityName"),
    "BR-RO-100": put(invoice(), f"{SELLER_ADDRESS}/cbc:CityName", "Bucuresti"),
    "BR-RO-101": put(invoice(samples.document(buyer=samples.PERSON)), f"{BUYER_ADDRESS}/cbc:CityName", "Sector 1"),
    "BR-RO-110": put(invoice(), f"{SELLER_ADDRESS}/cbc:CountrySubentity", "RO-XX"),
    "BR-RO-111": put(invoice(), f"{BUYER_ADDRESS}/cbc:CountrySubentity", "CJ"),
    "BR-RO-120": drop(invoice(samples.document(buyer=samples.PERSON)), f"{BUYER}/cac:PartyLegalEntity/cbc:CompanyID"),
    "BR-RO-140": with_representative(street=None),
    "BR-RO-150": with_representative(city=None),
    "BR-RO-160": with_representative(county="RO-B", city="Sector 1"),
    "BR-RO-170": with_representative(county=None),
    "BR-RO-180": with_delivery(street=None),
    "BR-RO-201": with_delivery(city=None),
    "BR-RO-202": with_delivery(county="RO-B", city="SECTOR0"),
    "BR-RO-211": with_delivery(county=None, country="MD"),
    "BR-RO-212": with_delivery(county="RO-ZZ"),
    "BR-RO-DT001": put(invoice(), "cbc:IssueDate", BAD_DATE),
    "BR-RO-DT002": with_tax_point(BAD_DATE),
    "BR-RO-DT003": put(invoice(), "cbc:DueDate", BAD_DATE),
    "BR-RO-DT003_CN": credit_note(due=BAD_DATE),
    "BR-RO-DT004": with_delivery_date(BAD_DATE),
    "BR-RO-DT005": put(invoice(), "cac:InvoiceLine/cac:InvoicePeriod/cbc:StartDate", BAD_DATE),
    "BR-RO-DT006": put(invoice(), "cac:InvoiceLine/cac:InvoicePeriod/cbc:EndDate", BAD_DATE),
    "BR-27": put(invoice(), "cac:InvoiceLine/cac:Price/cbc:PriceAmount", "-0.01"),
    "BR-DEC-RO-13": put(invoice(), "cac:TaxTotal/cbc:TaxAmount", "61.901"),
    "BR-DEC-RO-15": in_euro("116.210"),
}


@pytest.mark.parametrize("rule_id", BROKEN)
def test_a_broken_condition_is_found_and_no_other(rule_id):
    assert found(BROKEN[rule_id]) == [rule_id]


def test_conditions_and_limits_are_the_ministrys_122_rules():
    assert len(BROKEN) + len(ro_limits.table()) == 122


GOOD = {
    "invoice": invoice(),
    "person": invoice(samples.document(buyer=samples.PERSON)),
    "representative": with_representative(),
    "representative in Bucharest": with_representative(county="RO-B", city="SECTOR6"),
    "delivery": with_delivery(),
    "delivery abroad": with_delivery(county="MD-CU", country="MD"),
    "delivery date": with_delivery_date("2026-10-05"),
    "tax point": with_tax_point("2026-10-01"),
    "tax point on payment": with_tax_point_code("432"),
    "tax point 3": with_tax_point_code("3"),
    "tax point 35": with_tax_point_code("35"),
    "credit note": credit_note(),
    "euro": in_euro(),
    "free price": put(invoice(), "cac:InvoiceLine/cac:Price/cbc:PriceAmount", "0"),
    "two decimals": put(invoice(), "cac:TaxTotal/cbc:TaxAmount", "61.90"),
    "corrected": put(invoice(), "cbc:InvoiceTypeCode", "384"),
    "self-billed": put(invoice(), "cbc:InvoiceTypeCode", "389"),
    "accounting": put(invoice(), "cbc:InvoiceTypeCode", "751"),
    "outside scope needs no numbers": documents.example("non-eu-O"),
}


@pytest.mark.parametrize("case", GOOD)
def test_what_is_right_is_left_alone(case):
    assert found(GOOD[case]) == []


@pytest.mark.parametrize("county", ["CJ", "Cluj", "ro-cj", ""])
def test_f1_county_of_buyer_and_seller(county):
    assert found(put(invoice(), f"{BUYER_ADDRESS}/cbc:CountrySubentity", county)) == ["BR-RO-111"]
    assert found(put(invoice(), f"{SELLER_ADDRESS}/cbc:CountrySubentity", county)) == ["BR-RO-110"]


@pytest.mark.parametrize("city", ["Bucuresti", "Sector 1", "SECTOR7", "sector1"])
def test_f2_city_in_bucharest(city):
    root = invoice(samples.document(buyer=samples.PERSON))
    assert found(put(root, f"{BUYER_ADDRESS}/cbc:CityName", city)) == ["BR-RO-101"]
    assert found(put(invoice(), f"{SELLER_ADDRESS}/cbc:CityName", city)) == ["BR-RO-100"]


@pytest.mark.parametrize("county", ["MD", None])
def test_f4_county_abroad_is_free(county):
    root = put(invoice(), f"{BUYER_ADDRESS}/cac:Country/cbc:IdentificationCode", "MD")
    path = f"{BUYER_ADDRESS}/cbc:CountrySubentity"
    assert found(drop(root, path) if county is None else put(root, path, county)) == []


def test_the_representatives_number_stands_in_for_the_sellers():
    root = with_representative()
    scheme = child(documents.find(root, "cac:TaxRepresentativeParty"), "cac:PartyTaxScheme")
    child(scheme, "cbc:CompanyID", "RO12345674")
    assert found(drop(root, f"{SELLER}/cac:PartyTaxScheme")) == []


@pytest.mark.parametrize("kept", ["cac:PartyTaxScheme", "cac:PartyLegalEntity/cbc:CompanyID"])
def test_one_number_of_the_buyer_is_enough(kept):
    dropped = {"cac:PartyTaxScheme", "cac:PartyLegalEntity/cbc:CompanyID"} - {kept}
    assert found(drop(invoice(), f"{BUYER}/{dropped.pop()}")) == []


@pytest.mark.parametrize(
    ("party", "expected"),
    [(SELLER, ["BR-RO-081", "BR-RO-091"]), (BUYER, ["BR-RO-082", "BR-RO-092"])],
)
def test_no_address_at_all(party, expected):
    assert found(drop(invoice(), f"{party}/cac:PostalAddress")) == expected


def test_numbers_of_full_width_are_no_digits():
    assert found(put(invoice(), "cbc:ID", "EXH-４２")) == ["BR-RO-010"]


def test_a_date_inside_a_reference_counts_too():
    root = put(documents.example("corrected-384"), "cac:BillingReference//cbc:IssueDate", "05.10.2026")
    assert found(root) == ["BR-RO-DT001"]
