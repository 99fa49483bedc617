"""Seller and buyer. Which number goes where is what the ministry's matching hangs on."""

from lxml import etree

from praho.billing import types
from praho.billing.documents import snapshot
from praho.billing.efactura import texts
from praho.billing.efactura.xml_writer import add, group
from praho.core.identifiers import cnp

_STREET_LENGTH = 150
_STREET_MORE_LENGTH = 100
_CITY_LENGTH = 50
_POSTAL_CODE_LENGTH = 20
_NAME_LENGTH = 200
_CONTACT_LENGTH = 100
_LEGAL_FORM_LENGTH = 1000


def seller(parent: etree._Element, party: snapshot.Party, *, with_vat: bool = True) -> None:
    """Fill AccountingSupplierParty: BT-31 is the VAT number, BT-30 the trade register's, BT-33 the capital.

    Outside the scope of VAT no VAT number may stand, so the fiscal code takes BT-30.
    """
    node = group(parent, "Party")
    _address(node, party.address)
    if with_vat:
        _vat_number(node, party)
    legal = _legal_entity(node, party)
    number = party.registration_number if with_vat else None
    add(legal, "CompanyID", texts.clean(number or party.tax_number or ""))
    if party.share_capital is not None:
        capital = texts.shorten(f"Capital social: {texts.clean(party.share_capital)}", _LEGAL_FORM_LENGTH)
        add(legal, "CompanyLegalForm", capital)
    _contact(node, party)


def buyer(parent: etree._Element, party: snapshot.Party, *, with_vat: bool = True) -> None:
    """Fill AccountingCustomerParty.

    A VAT payer has BT-48 (with RO) and BT-47 (the bare fiscal code), another company BT-47 alone, a person its
    CNP or thirteen zeros as BT-47 (OUG 138/2024).
    """
    node = group(parent, "Party")
    _address(node, party.address)
    if with_vat:
        _vat_number(node, party)
    add(_legal_entity(node, party), "CompanyID", _legal_id(party))


def _legal_id(party: snapshot.Party) -> str:
    if party.kind is types.PartyKind.COMPANY and party.tax_number is not None:
        return texts.clean(party.tax_number)
    return cnp.CONSUMER_WITHOUT_CNP if party.personal_id is None else texts.clean(party.personal_id)


def _vat_number(node: etree._Element, party: snapshot.Party) -> None:
    if not party.vat_payer or party.vat_id is None:
        return
    scheme = group(node, "PartyTaxScheme")
    add(scheme, "CompanyID", texts.clean(party.vat_id))
    add(group(scheme, "TaxScheme"), "ID", "VAT")


def _legal_entity(node: etree._Element, party: snapshot.Party) -> etree._Element:
    legal = group(node, "PartyLegalEntity")
    add(legal, "RegistrationName", texts.shorten(texts.clean(party.name), _NAME_LENGTH))
    return legal


def _address(node: etree._Element, address: snapshot.Address) -> None:
    street, rest = texts.cut(texts.clean(address.street), _STREET_LENGTH)
    more, rest = texts.cut(rest, _STREET_MORE_LENGTH)
    postal = group(node, "PostalAddress")
    add(postal, "StreetName", street)
    if more:
        add(postal, "AdditionalStreetName", more)
    add(postal, "CityName", texts.shorten(texts.clean(address.city), _CITY_LENGTH))
    if address.postal_code is not None:
        add(postal, "PostalZone", texts.clean(address.postal_code)[:_POSTAL_CODE_LENGTH])
    if address.county is not None:
        add(postal, "CountrySubentity", address.county)
    if rest:
        add(group(postal, "AddressLine"), "Line", texts.shorten(rest, _STREET_MORE_LENGTH))
    add(group(postal, "Country"), "IdentificationCode", address.country)


def _contact(node: etree._Element, party: snapshot.Party) -> None:
    name = texts.shorten(texts.clean(party.contact_name or ""), _CONTACT_LENGTH)
    # Half a number or half an address is worse than none.
    phone, email = (_whole_or_nothing(value) for value in (party.phone, party.email))
    given = {"Name": name, "Telephone": phone, "ElectronicMail": email}
    if not any(given.values()):
        return
    contact = group(node, "Contact")
    for element, value in given.items():
        if value:
            add(contact, element, value)


def _whole_or_nothing(value: str | None) -> str:
    cleaned = texts.clean(value or "")
    return cleaned if len(cleaned) <= _CONTACT_LENGTH else ""
