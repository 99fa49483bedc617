"""Checking what was typed about a buyer: every field gets its own sentence, and nothing is guessed."""

from collections.abc import Callable
from typing import TypeVar

from praho.core import i18n
from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.core.identifiers import cnp, counties, cui, email, iban, phone, post_code, reg_com, vat_id
from praho.core.identifiers.errors import InvalidIdentifier
from praho.customers.types import CheckedCustomer, CustomerInput, PostalAddress
from praho.models.customers import CustomerKind

HOME = "RO"
# The lengths that e-Factura takes (BR-RO-L203, BR-RO-L151, BR-RO-L0502).
LONGEST_NAME = 200
LONGEST_STREET = 150
LONGEST_CITY = 50

T = TypeVar("T")


class Refusals:
    """Collects the sentences beside the fields."""

    def __init__(self) -> None:
        self.fields: dict[str, object] = {}

    def of(self, field: str, parse: Callable[[str], T], typed: str) -> T | None:
        """Return the parsed value, or None and a sentence at the field."""
        try:
            return parse(typed)
        except InvalidIdentifier as error:
            self.fields[field] = error.message
            return None

    def optional(self, field: str, parse: Callable[[str], T], typed: str) -> T | None:
        """Return the parsed value, None for nothing typed, or None and a sentence at the field."""
        return self.of(field, parse, typed) if typed.strip() else None

    def text(self, field: str, typed: str, empty: str, longest: int) -> str:
        """Return the text with single spaces; a sentence where it is empty or too long."""
        plain = " ".join(typed.split())
        if not plain:
            self.fields[field] = empty
        elif len(plain) > longest:
            self.fields[field] = _("At most %(count)s characters fit here.", count=longest)
        return plain

    def end(self) -> None:
        """Raise Invalid where anything was refused."""
        if self.fields:
            raise Invalid(_("Please correct the marked fields."), fields=self.fields)


def checked(typed: CustomerInput) -> CheckedCustomer:
    """Return the buyer in stored form; raise Invalid with a sentence for every refused field.

    A company needs its CUI; typing `RO` before it, or ticking the box, says that it pays VAT. A person may give
    a CNP. Buyers outside Romania are refused.
    """
    refused = Refusals()
    name = refused.text("name", typed.name, _empty_name(typed.kind), LONGEST_NAME)
    address = _address(refused, typed)
    mail = refused.of("email", email.parse, typed.email) or ""
    called = refused.of("phone", phone.parse, typed.phone)
    account = refused.optional("iban", iban.parse, typed.iban)
    company = typed.kind is CustomerKind.COMPANY
    number = _company_number(refused, typed.cui) if company else None
    register = refused.optional("reg_com", reg_com.parse, typed.reg_com) if company else None
    personal = None if company else refused.optional("cnp", cnp.parse, typed.cnp)
    if typed.locale not in i18n.SUPPORTED:
        refused.fields["locale"] = _("Choose one of the languages.")
    refused.end()
    pays_vat = number is not None and (typed.vat_payer or number.vat_prefix)
    return CheckedCustomer(
        kind=typed.kind,
        name=name,
        email=mail,
        phone=None if called is None else called.e164,
        address=address,
        cui=None if number is None else number.number,
        vat_payer=pays_vat,
        vat_id=number.as_vat_payer(True).code if number is not None and pays_vat else None,
        reg_com=None if register is None else register.text,
        iban=None if account is None else account.compact,
        locale=typed.locale,
        cnp=None if personal is None else personal.digits,
    )


def _empty_name(kind: CustomerKind) -> str:
    if kind is CustomerKind.COMPANY:
        return _("Give the company's registered name.")
    return _("Give your first and last name.")


def _address(refused: Refusals, typed: CustomerInput) -> PostalAddress:
    street = refused.text("street", typed.street, _("Give the street and the number."), LONGEST_STREET)
    if typed.country != HOME:
        refused.fields["country"] = _(
            "For now we can sell to customers in Romania only. Please write to us if you are elsewhere."
        )
        return PostalAddress(street, typed.city, None, None, typed.country)
    county = refused.of("county", counties.parse, typed.county)
    city = typed.city
    if county is not None:
        city = refused.of("city", lambda text: counties.city_in(county, text), typed.city) or ""
    if len(city) > LONGEST_CITY:
        refused.fields["city"] = _("At most %(count)s characters fit here.", count=LONGEST_CITY)
    code = refused.optional("post_code", post_code.parse, typed.post_code)
    return PostalAddress(
        street=street,
        city=city,
        county_code=None if county is None else county.iso,
        post_code=None if code is None else code.text,
        country=HOME,
    )


def _company_number(refused: Refusals, typed: str) -> cui.Cui | None:
    try:
        return cui.parse(typed)
    except cui.InvalidCui as error:
        foreign = _foreign_number(typed)
        refused.fields["cui"] = error.message if foreign is None else foreign
        return None


def _foreign_number(typed: str) -> str | None:
    """Return a sentence where a VAT number of another country was typed."""
    try:
        found = vat_id.parse(typed)
    except InvalidIdentifier:
        return None
    if found.country == HOME:
        return None
    return _("This is a VAT number of another country. For now we can sell to companies in Romania only.")
