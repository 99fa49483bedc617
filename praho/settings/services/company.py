"""The company that sells: its settings, what is missing of them, and the seller that documents print."""

from collections.abc import Callable, Mapping

from praho.core.i18n import lazy_gettext as _
from praho.core.identifiers import counties, cui, email, iban, phone, post_code, reg_com
from praho.core.identifiers.errors import InvalidIdentifier
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.settings.services import values
from praho.settings.types import Seller, SettingValue

GROUP = "company"
_COUNTIES = tuple((county.iso, county.name) for county in counties.COUNTIES)
_NEEDED = ("name", "cui", "reg_com", "street", "city", "county", "iban", "bank", "email")


def _checked_by(parse: Callable[[str], object]) -> Callable[[str], object | None]:
    def check(text: str) -> object | None:
        try:
            parse(text)
        except InvalidIdentifier as error:
            return error.message
        return None

    return check


def _check_website(text: str) -> object | None:
    return None if text.startswith("https://") else _("Start the address with https://.")


FIELDS = (
    SettingField("company.name", _("Legal name"), SettingKind.TEXT, "", GROUP, _("As the trade register writes it.")),
    SettingField("company.cui", _("CUI"), SettingKind.TEXT, "", GROUP, check=_checked_by(cui.parse)),
    SettingField("company.vat_payer", _("Registered for VAT"), SettingKind.BOOLEAN, True, GROUP),
    SettingField("company.reg_com", _("Reg. Com."), SettingKind.TEXT, "", GROUP, check=_checked_by(reg_com.parse)),
    SettingField(
        "company.share_capital", _("Share capital"), SettingKind.TEXT, "", GROUP, _("As printed, such as 200 RON.")
    ),
    SettingField("company.street", _("Street and number"), SettingKind.TEXT, "", GROUP),
    SettingField(
        "company.city", _("Town or sector"), SettingKind.TEXT, "", GROUP, _("In Bucharest the sector: Sector 1.")
    ),
    SettingField("company.county", _("County"), SettingKind.CHOICE, "", GROUP, choices=(("", "—"), *_COUNTIES)),
    SettingField("company.post_code", _("Post code"), SettingKind.TEXT, "", GROUP, check=_checked_by(post_code.parse)),
    SettingField("company.country", _("Country"), SettingKind.CHOICE, "RO", GROUP, choices=(("RO", _("Romania")),)),
    SettingField("company.iban", _("IBAN"), SettingKind.TEXT, "", GROUP, check=_checked_by(iban.parse)),
    SettingField("company.bank", _("Bank"), SettingKind.TEXT, "", GROUP),
    SettingField(
        "company.iban_eur",
        _("IBAN of the account in euro"),
        SettingKind.TEXT,
        "",
        GROUP,
        _("Printed on documents in euro; without one these can be paid by card only."),
        check=_checked_by(iban.parse),
    ),
    SettingField("company.bank_eur", _("Bank of the account in euro"), SettingKind.TEXT, "", GROUP),
    SettingField("company.email", _("E-mail"), SettingKind.TEXT, "", GROUP, check=_checked_by(email.parse)),
    SettingField("company.phone", _("Phone"), SettingKind.TEXT, "", GROUP, check=_checked_by(phone.parse)),
    SettingField("company.website", _("Website"), SettingKind.TEXT, "", GROUP, check=_check_website),
)


def seller() -> Seller:
    """Return the seller as set; what is not set yet is empty, and `missing()` names it. One query in each scope.

    Identifiers are in their stored form, whatever form they were typed in.
    """
    return Seller(
        name=_text("name"),
        cui=cui.parse(_text("cui")).number if _text("cui") else "",
        vat_payer=values.flag("company.vat_payer"),
        reg_com=reg_com.parse(_text("reg_com")).text if _text("reg_com") else "",
        share_capital=_text("share_capital"),
        street=_text("street"),
        city=_city(_text("county"), _text("city")) or "",
        county=_text("county"),
        post_code=post_code.parse(_text("post_code")).text if _text("post_code") else "",
        country=_text("country"),
        iban=iban.parse(_text("iban")).compact if _text("iban") else "",
        bank=_text("bank"),
        iban_eur=iban.parse(_text("iban_eur")).compact if _text("iban_eur") else "",
        bank_eur=_text("bank_eur"),
        email=_text("email"),
        phone=phone.parse(_text("phone")).e164 if _text("phone") else "",
        website=_text("website"),
    )


def refusals(typed: Mapping[str, SettingValue]) -> dict[str, object]:
    """Return the sentences, by key, about values that are right alone and wrong together."""
    county, city = str(typed.get("company.county", "")), str(typed.get("company.city", ""))
    if not county or not city:
        return {}
    try:
        counties.city_in(counties.parse(county), city)
    except InvalidIdentifier as error:
        return {"company.city": error.message}
    return {}


def missing() -> list[str]:
    """Return the labels of the settings without which no document may be issued, in the reader's language."""
    labels = {field.key: field.label for field in FIELDS}
    known = seller()
    return [str(labels[f"company.{name}"]) for name in _NEEDED if not getattr(known, name)]


def display_name() -> str:
    """Return the company's name for headings and mails; PRAHO until one is set."""
    return _text("name") or "PRAHO"


def legal_lines() -> tuple[str, ...]:
    """Return what a company's site and letters must name (Legea 31/1990 art. 74): name, CUI, Reg. Com., seat."""
    data = seller()
    lines = (data.name, f"CUI {data.cui}" if data.cui else "", data.reg_com, data.street)
    return tuple(line for line in lines if line)


def _city(county: str, city: str) -> str | None:
    try:
        return counties.city_in(counties.parse(county), city)
    except InvalidIdentifier:
        return None


def _text(name: str) -> str:
    return values.text(f"company.{name}")
