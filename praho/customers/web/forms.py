"""The forms of customers. They keep what was typed; what it means is checked by the commands."""

from functools import cache
from typing import Any

from babel import Locale
from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, RadioField, SelectField, StringField, TelField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length

from praho.core import text
from praho.core.i18n import SUPPORTED, current_locale
from praho.core.i18n import lazy_gettext as _
from praho.core.identifiers import counties
from praho.core.permissions import MemberRole
from praho.core.web.forms import LongSelect, Needed
from praho.customers.services import checking
from praho.customers.services.checking import HOME
from praho.customers.types import ContactInput, CustomerInput, CustomerOverview
from praho.customers.web import labels
from praho.models.customers import CustomerKind

_NEEDED = DataRequired(_("Please fill in this field."))
_LONG = Length(max=300, message=_("This is too long."))
_LANGUAGES = {"ro": "Română", "en": "English"}


class CustomerFields(FlaskForm):  # type: ignore[misc]
    """Who buys and where the documents go. A form of another domain may inherit it, as checkout does.

    `typed()` gives what was filled in; the refusals of the commands name these fields.
    """

    kind = RadioField(
        _("Who buys"),
        choices=[SelectChoice(kind.value, labels.KINDS[kind]) for kind in (CustomerKind.COMPANY, CustomerKind.PERSON)],
        default=CustomerKind.COMPANY.value,
    )
    name = StringField(
        _("Name"),
        [Needed(), _LONG],
        description=_("The company's registered name, or your first and last name."),
        render_kw={"autocomplete": "name"},
    )
    cui = StringField(
        _("CUI or VAT number"),
        [Needed(), _LONG],
        description=_("In Romania with or without RO; elsewhere the VAT number, such as DE123456789, if there is one."),
    )
    vat_payer = BooleanField(_("Registered for VAT"))
    reg_com = StringField(_("Reg. Com."), [_LONG], description=_("Such as J40/1234/2020 or J2025012345008."))
    cnp = StringField(
        _("CNP"),
        [_LONG],
        description=_("Only if you want it in e-Factura. It is kept encrypted."),
        render_kw={"autocomplete": "off", "inputmode": "numeric"},
    )
    email = EmailField(_("E-mail for documents"), [Needed(), _LONG], render_kw={"autocomplete": "email"})
    phone = TelField(_("Phone"), [Needed(), _LONG], render_kw={"autocomplete": "tel"})
    street = StringField(_("Street and number"), [Needed(), _LONG], render_kw={"autocomplete": "address-line1"})
    county = SelectField(_("County"), [Needed()], validate_choice=False, widget=LongSelect())
    city = StringField(
        _("Town"),
        [Needed(), _LONG],
        description=_("In Bucharest the sector: Sector 3."),
        render_kw={"autocomplete": "address-level2"},
    )
    post_code = StringField(_("Post code"), [_LONG], render_kw={"autocomplete": "postal-code", "inputmode": "numeric"})
    country = SelectField(_("Country"), [Needed()], default=HOME, validate_choice=False, widget=LongSelect())
    iban = StringField(_("IBAN"), [_LONG], description=_("Where we would pay money back to."))

    lookup_note: str = ""
    """What asking a register about the company came to, for who reads the form."""

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        self.county.choices = [
            SelectChoice("", _("Choose the county")),
            *(SelectChoice(county.iso, county.name) for county in counties.COUNTIES),
        ]
        self.country.choices = [SelectChoice(*pair) for pair in countries(current_locale())]

    def typed(self, locale: str) -> CustomerInput:
        """Return what was filled in, for a customer who reads `locale`."""
        return CustomerInput(
            kind=CustomerKind(self.kind.data),
            name=self.name.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            street=self.street.data or "",
            city=self.city.data or "",
            county=self.county.data or "",
            post_code=self.post_code.data or "",
            country=self.country.data or HOME,
            cui=self.cui.data or "",
            vat_payer=bool(self.vat_payer.data),
            reg_com=self.reg_com.data or "",
            cnp=self.cnp.data or "",
            iban=self.iban.data or "",
            locale=locale,
        )


class ProfileForm(CustomerFields):
    """The profile of a customer that exists. A stored CNP is kept where none is typed."""

    forget_cnp = BooleanField(_("Forget the stored CNP"))
    locale = SelectField(
        _("Language of documents and messages"), choices=[SelectChoice(code, _LANGUAGES[code]) for code in SUPPORTED]
    )


class NewCustomerForm(CustomerFields):
    """A customer that staff enter."""

    locale = SelectField(
        _("Language of documents and messages"), choices=[SelectChoice(code, _LANGUAGES[code]) for code in SUPPORTED]
    )
    owner_email = EmailField(
        _("Owner's e-mail"), [_LONG], description=_("Gets an invitation to the portal. Leave it empty for none.")
    )


class ContactForm(FlaskForm):  # type: ignore[misc]
    name = StringField(_("Name"), [Needed(), _LONG])
    email = EmailField(_("E-mail"), [Needed(), _LONG])
    phone = TelField(_("Phone"), [_LONG])
    billing = BooleanField(_("Gets documents and payment reminders"), default=True)
    technical = BooleanField(_("Gets messages about services and domains"))

    def typed(self) -> ContactInput:
        """Return what was filled in."""
        return ContactInput(
            name=self.name.data or "",
            email=self.email.data or "",
            phone=self.phone.data or "",
            billing=bool(self.billing.data),
            technical=bool(self.technical.data),
        )


class InviteForm(FlaskForm):  # type: ignore[misc]
    email = EmailField(_("E-mail"), [_NEEDED, _LONG])
    role = SelectField(
        _("Role"),
        choices=[SelectChoice(role.value, labels.ROLES[role]) for role in MemberRole],
        default=MemberRole.VIEWER.value,
    )


class MemberRoleForm(FlaskForm):  # type: ignore[misc]
    role = SelectField(_("Role"), choices=[SelectChoice(role.value, labels.ROLES[role]) for role in MemberRole])


class ClosingForm(FlaskForm):  # type: ignore[misc]
    reason = StringField(_("Reason"), [_NEEDED, Length(max=300, message=_("This is too long."))])


class NoteForm(FlaskForm):  # type: ignore[misc]
    body = TextAreaField(_("Note"), [_NEEDED, Length(max=4000, message=_("This is too long."))])


def filled(customer: CustomerOverview) -> dict[str, Any]:
    """Return the values of a profile form for a customer as it is; the personal code stays out."""
    address = customer.address
    values: dict[str, Any] = {
        "kind": customer.kind.value,
        "name": customer.name,
        "cui": customer.printed_cui,
        "vat_payer": customer.vat_payer,
        "reg_com": customer.reg_com,
        "email": customer.email,
        "phone": customer.phone,
        "iban": customer.iban,
        "locale": customer.locale,
    }
    if address is not None:
        values |= {
            "street": address.street,
            "county": address.county_code,
            "city": labels.city(address.city),
            "post_code": address.post_code,
            "country": address.country,
        }
    return values


@cache
def countries(locale: str) -> tuple[tuple[str, str], ...]:
    """Return the countries of the world by name in a language, Romania first."""
    names = Locale.parse(locale).territories
    found = [(code, name) for code, name in names.items() if checking.is_country(code)]
    others = sorted((pair for pair in found if pair[0] != HOME), key=lambda pair: text.sort_key(pair[1]))
    return ((HOME, names[HOME]), *others)
