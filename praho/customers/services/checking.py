"""Checking what was typed about a buyer: every field gets its own sentence, and nothing is guessed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from babel import Locale

from praho.core import i18n
from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.core.identifiers import cnp, counties, cui, email, iban, phone, post_code, reg_com, vat_id
from praho.core.identifiers.errors import InvalidIdentifier
from praho.customers.types import CheckedCustomer, CustomerInput, PostalAddress
from praho.models.customers import CustomerKind

HOME = "RO"
# Where a part of the state is outside the Union's VAT territory, the post code tells it.
_POST_CODE_DECIDES = frozenset({"DE", "ES", "FI", "FR", "GR", "IT"})
# Companies in Monaco have French VAT numbers.
_VAT_AS = {"MC": "FR"}
# Codes of groupings and reserves that CLDR lists among the territories.
_NO_COUNTRY = frozenset({"EU", "EZ", "UN", "ZZ", "XA", "XB", "QO"})
# The lengths that e-Factura takes (BR-RO-L203, BR-RO-L151, BR-RO-L0502).
LONGEST_NAME = 200
LONGEST_STREET = 150
LONGEST_CITY = 50
LONGEST_NUMBER = 30
LONGEST_LOCAL = 20

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Numbers:
    """A company's numbers in stored form."""

    cui: str | None = None
    vat_payer: bool = False
    vat_id: str | None = None
    reg_com: str | None = None


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

    A Romanian company needs its CUI; typing `RO` before it, or ticking the box, says that it pays VAT. A company
    elsewhere gives its VAT number if it has one. A person may give a CNP.
    """
    refused = Refusals()
    name = refused.text("name", typed.name, _empty_name(typed.kind), LONGEST_NAME)
    address = _address(refused, typed)
    home = address.country == HOME
    mail = refused.of("email", email.parse, typed.email) or ""
    called = refused.of("phone", lambda text: phone.parse(text, address.country), typed.phone)
    account = refused.optional("iban", iban.parse, typed.iban)
    company = typed.kind is CustomerKind.COMPANY
    numbers = _numbers(refused, typed, home) if company else Numbers()
    personal = None if company or not home else refused.optional("cnp", cnp.parse, typed.cnp)
    if typed.locale not in i18n.SUPPORTED:
        refused.fields["locale"] = _("Choose one of the languages.")
    refused.end()
    return CheckedCustomer(
        kind=typed.kind,
        name=name,
        email=mail,
        phone=None if called is None else called.e164,
        address=address,
        cui=numbers.cui,
        vat_payer=numbers.vat_payer,
        vat_id=numbers.vat_id,
        reg_com=numbers.reg_com,
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
        return _address_abroad(refused, typed, street)
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


def _address_abroad(refused: Refusals, typed: CustomerInput, street: str) -> PostalAddress:
    country = typed.country
    if not is_country(country):
        refused.fields["country"] = _("Choose one of the countries.")
    city = refused.text("city", typed.city, _("Give the town or the village."), LONGEST_CITY)
    code = refused.optional("post_code", lambda text: post_code.parse(text, country), typed.post_code)
    if country in _POST_CODE_DECIDES and not typed.post_code.strip():
        refused.fields["post_code"] = _("Give the post code: in this country the VAT depends on it.")
    return PostalAddress(street, city, None, None if code is None else code.text, country)


def _numbers(refused: Refusals, typed: CustomerInput, home: bool) -> Numbers:
    if not home:
        return _numbers_abroad(refused, typed)
    number = refused.of("cui", cui.parse, typed.cui)
    if number is None and _vat_number(typed.cui, HOME) is not None:
        refused.fields["cui"] = _("This VAT number is of another country than the address.")
    register = refused.optional("reg_com", reg_com.parse, typed.reg_com)
    pays_vat = number is not None and (typed.vat_payer or number.vat_prefix)
    return Numbers(
        cui=None if number is None else number.number,
        vat_payer=pays_vat,
        vat_id=number.as_vat_payer(True).code if number is not None and pays_vat else None,
        reg_com=None if register is None else register.text,
    )


def _numbers_abroad(refused: Refusals, typed: CustomerInput) -> Numbers:
    register = " ".join(typed.reg_com.split())[:LONGEST_NUMBER]
    known = Numbers(reg_com=register or None)
    if not typed.cui.strip():
        return known
    state = _VAT_AS.get(typed.country, typed.country)
    found = _vat_number(typed.cui, state)
    if found is not None and found.country == state:
        return replace(known, vat_id=found.code, vat_payer=found.in_union)
    if vat_id.is_member_state(state):
        refused.fields["cui"] = (
            _("This is not a VAT number of that country. Leave it empty if the company has none.")
            if found is None
            else _("This VAT number is of another country than the address.")
        )
        return known
    local = " ".join(typed.cui.split())
    if len(local) > LONGEST_LOCAL:
        refused.fields["cui"] = _("At most %(count)s characters fit here.", count=LONGEST_LOCAL)
    return replace(known, vat_id=local)


def _vat_number(typed: str, state: str) -> vat_id.VatId | None:
    """Read a VAT number with its letters before it, or without them as one of the address' country."""
    for text in (typed, vat_id.prefix_of(state) + typed):
        try:
            return vat_id.parse(text)
        except InvalidIdentifier:
            continue
    return None


def is_country(code: str) -> bool:
    """Tell whether the letters are a country of the world (ISO 3166-1), rather than a grouping or a reserve."""
    return len(code) == 2 and code.isalpha() and code in Locale("en").territories and code not in _NO_COUNTRY
