"""What can be wrong with the seller and the buyer of an invoice that every rule lets pass."""

from collections.abc import Iterator

from lxml import etree

from praho.billing.efactura import ubl
from praho.billing.efactura.findings import Finding, location
from praho.billing.efactura.ro_conditions import BUYER, SELLER
from praho.core.identifiers import cnp, counties, cui

_CNP_DIGITS = 13
_LEGAL_ID = "cac:PartyLegalEntity/cbc:CompanyID"
_VAT_ID = "cac:PartyTaxScheme/cbc:CompanyID"
_COUNTRY = "cac:PostalAddress/cac:Country/cbc:IdentificationCode"


def check(root: etree._Element) -> Iterator[Finding]:
    """Yield the findings about both parties. No message repeats an identifier: it may be a personal one."""
    for path, name in ((SELLER, "seller"), (BUYER, "buyer")):
        for party in ubl.every(root, path):
            yield from _sector(party, name)
            yield from _vat_id(party, name)
            yield from _legal_id(party, name)
    for seller in ubl.every(root, SELLER):
        if cnp.CONSUMER_WITHOUT_CNP in {ubl.text(seller, _LEGAL_ID), ubl.text(seller, _VAT_ID)}:
            yield _found("PRAHO-SELLER-ID", "Thirteen zeros stand for a buyer only, never for a seller.", seller)


def both_in_romania(root: etree._Element) -> bool:
    """Tell whether both addresses are Romanian, so that the supply can only be taxed in Romania."""
    return all(ubl.text(root, f"{party}/{_COUNTRY}") == "RO" for party in (SELLER, BUYER))


def _found(rule_id: str, message: str, node: etree._Element) -> Finding:
    return Finding(rule_id, message, location(node))


def _sector(party: etree._Element, name: str) -> Iterator[Finding]:
    for address in ubl.every(party, "cac:PostalAddress"):
        is_sector = ubl.text(address, "cbc:CityName").replace(" ", "").upper() in counties.SECTORS
        if is_sector and ubl.text(address, "cbc:CountrySubentity") != "RO-B":
            message = f"The {name}'s city is a sector of Bucharest, but its county is not RO-B."
            yield _found("PRAHO-SECTOR", message, address)


def _vat_id(party: etree._Element, name: str) -> Iterator[Finding]:
    for node in ubl.every(party, "cac:PartyTaxScheme"):
        if ubl.text(node, "cac:TaxScheme/cbc:ID") != "VAT":
            continue
        vat_id = ubl.text(node, "cbc:CompanyID")
        if vat_id.startswith("GR"):
            message = f"The {name}'s VAT number has the prefix GR; Greek VAT numbers begin with EL."
            yield _found("PRAHO-VAT-GR", message, node)
        if vat_id.startswith("RO") and not _is_cui(vat_id):
            message = f"The {name}'s VAT number is mistyped: its check digit does not fit."
            yield _found("PRAHO-CUI", message, node)


def _legal_id(party: etree._Element, name: str) -> Iterator[Finding]:
    legal_id = ubl.text(party, _LEGAL_ID)
    if ubl.text(party, _COUNTRY) != "RO" or not (legal_id.isascii() and legal_id.isdigit()):
        return
    if legal_id == cnp.CONSUMER_WITHOUT_CNP:
        return
    if len(legal_id) == _CNP_DIGITS:
        if not _is_cnp(legal_id):
            yield _found("PRAHO-CNP", f"The {name}'s personal code is mistyped.", party)
    elif not _is_cui(legal_id):
        message = f"The {name}'s fiscal code is mistyped: its check digit does not fit."
        yield _found("PRAHO-CUI", message, party)


def _is_cui(code: str) -> bool:
    try:
        cui.parse(code)
    except cui.InvalidCui:
        return False
    return True


def _is_cnp(digits: str) -> bool:
    try:
        cnp.parse(digits)
    except cnp.InvalidCnp:
        return False
    return True
