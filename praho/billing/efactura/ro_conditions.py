"""The CIUS-RO rules that are conditions: codes, dates, identifiers and addresses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from lxml import etree

from praho.billing.efactura import ubl
from praho.billing.efactura.findings import Finding, location
from praho.core.identifiers import counties

SELLER = "cac:AccountingSupplierParty/cac:Party"
BUYER = "cac:AccountingCustomerParty/cac:Party"
REPRESENTATIVE = "cac:TaxRepresentativeParty"

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_DATE_RULES = {
    "IssueDate": ("BR-RO-DT001", "BT-2/BT-26"),
    "TaxPointDate": ("BR-RO-DT002", "BT-7"),
    "DueDate": ("BR-RO-DT003", "BT-9"),
    "PaymentDueDate": ("BR-RO-DT003_CN", "BT-9"),
    "ActualDeliveryDate": ("BR-RO-DT004", "BT-72"),
    "StartDate": ("BR-RO-DT005", "BT-73/BT-134"),
    "EndDate": ("BR-RO-DT006", "BT-74/BT-135"),
}
_INVOICE_TYPES = {"380", "384", "389", "751"}
_CREDIT_NOTE_TYPES = {"381"}
_TAX_POINT_CODES = {"3", "35", "432"}
_TAXED = {"S", "Z", "E", "AE", "K", "G", "L", "M"}
_COUNTIES = {county.iso for county in counties.COUNTIES}
_BUCHAREST = "RO-B"
_TWO_DECIMALS = 2


@dataclass(frozen=True, slots=True)
class AddressRules:
    """Where an address stands, which business terms it holds and which rules are about them."""

    path: str
    terms: tuple[str, str, str]
    street: str
    city: str
    sector: str
    county: str
    optional: bool = False
    county_always: str | None = None


_ADDRESSES = (
    AddressRules(
        f"{SELLER}/cac:PostalAddress",
        ("BT-35", "BT-37", "BT-39"),
        street="BR-RO-081",
        city="BR-RO-091",
        sector="BR-RO-100",
        county="BR-RO-110",
    ),
    AddressRules(
        f"{BUYER}/cac:PostalAddress",
        ("BT-50", "BT-52", "BT-54"),
        street="BR-RO-082",
        city="BR-RO-092",
        sector="BR-RO-101",
        county="BR-RO-111",
    ),
    AddressRules(
        f"{REPRESENTATIVE}/cac:PostalAddress",
        ("BT-64", "BT-66", "BT-68"),
        street="BR-RO-140",
        city="BR-RO-150",
        sector="BR-RO-160",
        county="BR-RO-170",
        optional=True,
    ),
    AddressRules(
        "cac:Delivery/cac:DeliveryLocation/cac:Address",
        ("BT-75", "BT-77", "BT-79"),
        street="BR-RO-180",
        city="BR-RO-201",
        sector="BR-RO-202",
        county="BR-RO-212",
        optional=True,
        county_always="BR-RO-211",
    ),
)


def check(root: etree._Element) -> Iterator[Finding]:
    """Yield a finding for every condition that does not hold."""
    yield from _identity(root)
    yield from _dates(root)
    yield from _codes(root)
    yield from _party_identifiers(root)
    yield from _tax_total_decimals(root)
    for rules in _ADDRESSES:
        yield from _address(root, rules)


def _found(rule_id: str, message: str, node: etree._Element) -> Finding:
    return Finding(rule_id, message, location(node))


def _identity(root: etree._Element) -> Iterator[Finding]:
    if ubl.text(root, "cbc:CustomizationID") != ubl.CUSTOMIZATION_ID:
        yield _found("BR-RO-001", f"BT-24 must be {ubl.CUSTOMIZATION_ID}.", root)
    if not any(character in "0123456789" for character in ubl.text(root, "cbc:ID")):
        yield _found("BR-RO-010", "The invoice number (BT-1) must have at least one digit.", root)
    if ubl.text(root, "cbc:DocumentCurrencyCode") != "RON" and ubl.text(root, "cbc:TaxCurrencyCode") != "RON":
        message = "An invoice in another currency than RON must state its VAT in RON (BT-6)."
        yield _found("BR-RO-030", message, root)


def _dates(root: etree._Element) -> Iterator[Finding]:
    for node in root.iter(*(f"{{{ubl.CBC}}}{name}" for name in _DATE_RULES)):
        if _DATE.fullmatch(node.text or "") is None:
            rule_id, terms = _DATE_RULES[etree.QName(node).localname]
            yield _found(rule_id, f"{terms} must be written YYYY-MM-DD, without a time zone.", node)


def _codes(root: etree._Element) -> Iterator[Finding]:
    for node in root.iter(f"{{{ubl.CBC}}}InvoiceTypeCode"):
        if ubl.content(node) not in _INVOICE_TYPES:
            yield _found("BR-RO-020_1", "An invoice's type (BT-3) is 380, 384, 389 or 751.", node)
    for node in root.iter(f"{{{ubl.CBC}}}CreditNoteTypeCode"):
        if ubl.content(node) not in _CREDIT_NOTE_TYPES:
            yield _found("BR-RO-020_2", "A credit note's type (BT-3) is 381.", node)
    for node in ubl.every(root, ".//cac:InvoicePeriod/cbc:DescriptionCode"):
        if ubl.content(node) not in _TAX_POINT_CODES:
            yield _found("BR-RO-040", "The tax point code (BT-8) is 3, 35 or 432.", node)
    for node in root.iter(f"{{{ubl.CBC}}}PriceAmount"):
        if Decimal(ubl.content(node)) < 0:
            yield _found("BR-27", "A price (BT-146) is never negative.", node)


def _party_identifiers(root: etree._Element) -> Iterator[Finding]:
    used = {ubl.content(node) for node in ubl.every(root, ".//cac:ClassifiedTaxCategory/cbc:ID")}
    used |= {ubl.content(node) for node in ubl.every(root, ".//cac:TaxCategory/cbc:ID")}
    if not used & _TAXED:
        return
    tax_number = "cac:PartyTaxScheme/cbc:CompanyID"
    if not ubl.text(root, f"{SELLER}/{tax_number}") and not ubl.text(root, f"{REPRESENTATIVE}/{tax_number}"):
        message = "The seller's or its representative's VAT or tax number (BT-31, BT-32, BT-63) is missing."
        yield _found("BR-RO-065", message, root)
    if not ubl.text(root, f"{BUYER}/{tax_number}") and not ubl.text(
        root, f"{BUYER}/cac:PartyLegalEntity/cbc:CompanyID"
    ):
        message = "The buyer's registration number or VAT number (BT-47, BT-48) is missing."
        yield _found("BR-RO-120", message, root)


def _tax_total_decimals(root: etree._Element) -> Iterator[Finding]:
    currencies = {
        "BR-DEC-RO-13": ("BT-110", ubl.text(root, "cbc:DocumentCurrencyCode")),
        "BR-DEC-RO-15": ("BT-111", ubl.text(root, "cbc:TaxCurrencyCode")),
    }
    for node in ubl.every(root, "cac:TaxTotal/cbc:TaxAmount"):
        decimals = ubl.content(node).partition(".")[2]
        for rule_id, (term, currency) in currencies.items():
            if len(decimals) > _TWO_DECIMALS and node.get("currencyID") == currency:
                yield _found(rule_id, f"[BR-RO-Z2] {term} has more than 2 decimals.", node)


def _address(root: etree._Element, rules: AddressRules) -> Iterator[Finding]:
    found = list(ubl.every(root, rules.path))
    if not found and not rules.optional:
        found = [root]
    for node in found:
        yield from _one_address(node, rules)


def _one_address(node: etree._Element, rules: AddressRules) -> Iterator[Finding]:
    street_term, city_term, county_term = rules.terms
    city = ubl.text(node, "cbc:CityName")
    county = ubl.text(node, "cbc:CountrySubentity")
    in_romania = ubl.text(node, "cac:Country/cbc:IdentificationCode") == "RO"
    if not ubl.text(node, "cbc:StreetName"):
        yield _found(rules.street, f"The street ({street_term}) is missing.", node)
    if not city:
        yield _found(rules.city, f"The city ({city_term}) is missing.", node)
    if rules.county_always is not None and not county:
        yield _found(rules.county_always, f"The county ({county_term}) is missing.", node)
    if in_romania and county not in _COUNTIES:
        message = f"The county ({county_term}) must be a code of ISO 3166-2:RO such as RO-CJ."
        yield _found(rules.county, message, node)
    if in_romania and county == _BUCHAREST and city not in counties.SECTORS:
        message = f"In Bucharest (RO-B) the city ({city_term}) must be SECTOR1 to SECTOR6."
        yield _found(rules.sector, message, node)
