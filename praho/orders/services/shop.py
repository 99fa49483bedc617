"""What the shop says of itself, and to whom it speaks first: settings with texts that hold for any host."""

from dataclasses import dataclass

from praho.core.i18n import lazy_gettext as _
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.models.customers import CustomerKind
from praho.settings.services import values

GROUP = "shop"


@dataclass(frozen=True, slots=True)
class Texts:
    """The shop's own words in one language; an empty one leaves the standard text in its place."""

    headline: str
    intro: str
    about: str
    support_hours: str


@dataclass(frozen=True, slots=True)
class Authorities:
    """Which of the consumer protection's pages the shop leads to (ANPC's order 449/2022)."""

    sal: bool
    sol: bool


def texts(locale: str) -> Texts:
    """Return the texts for readers of `locale`; the Romanian ones stand in only for Romanian readers."""
    return Texts(*(values.text(f"shop.{name}_{locale}") for name in ("headline", "intro", "about", "support_hours")))


def authorities() -> Authorities:
    """Return the links that are switched on."""
    return Authorities(values.flag("shop.anpc_sal"), values.flag("shop.anpc_sol"))


def usual_buyer() -> str:
    """Return the kind of customer whose prices a first visit shows."""
    return values.text("shop.usual_buyer")


def privacy_text(locale: str) -> str:
    """Return the seller's own privacy notice; empty where the standard one applies."""
    return values.text(f"shop.privacy_{locale}") or values.text("shop.privacy_ro")


FIELDS = (
    SettingField(
        "shop.usual_buyer",
        _("Prices at the first visit"),
        SettingKind.CHOICE,
        CustomerKind.PERSON.value,
        GROUP,
        _("Everybody can switch, and the shop remembers it. Consumers must see prices with VAT."),
        choices=(
            (CustomerKind.PERSON.value, _("With VAT, as persons expect")),
            (CustomerKind.COMPANY.value, _("Without VAT, as companies expect")),
        ),
    ),
    SettingField(
        "shop.headline_ro",
        _("Headline in Romanian"),
        SettingKind.TEXT,
        "",
        GROUP,
        _("The first words of the start page. While a text is empty, the shop shows its standard one."),
    ),
    SettingField("shop.headline_en", _("Headline in English"), SettingKind.TEXT, "", GROUP),
    SettingField(
        "shop.intro_ro", _("Introduction in Romanian"), SettingKind.LONG_TEXT, "", GROUP, _("Below the headline.")
    ),
    SettingField("shop.intro_en", _("Introduction in English"), SettingKind.LONG_TEXT, "", GROUP),
    SettingField(
        "shop.about_ro",
        _("About the company, in Romanian"),
        SettingKind.LONG_TEXT,
        "",
        GROUP,
        _("On the start page and on the contact page, above the company's data."),
    ),
    SettingField("shop.about_en", _("About the company, in English"), SettingKind.LONG_TEXT, "", GROUP),
    SettingField(
        "shop.support_hours_ro",
        _("Support hours in Romanian"),
        SettingKind.TEXT,
        "",
        GROUP,
        _("When somebody answers, such as: luni–vineri, 9–18."),
    ),
    SettingField("shop.support_hours_en", _("Support hours in English"), SettingKind.TEXT, "", GROUP),
    SettingField(
        "shop.privacy_ro",
        _("Privacy notice in Romanian"),
        SettingKind.LONG_TEXT,
        "",
        GROUP,
        _("Paragraphs are separated by empty lines. While it is empty, the shop shows its standard notice."),
    ),
    SettingField("shop.privacy_en", _("Privacy notice in English"), SettingKind.LONG_TEXT, "", GROUP),
    SettingField(
        "shop.anpc_sal",
        _("Link to ANPC's alternative dispute resolution (SAL)"),
        SettingKind.BOOLEAN,
        True,
        GROUP,
        _("Shops that sell to consumers in Romania show it (ANPC order 449/2022)."),
    ),
    SettingField(
        "shop.anpc_sol",
        _("Link to the EU's online dispute resolution (SOL)"),
        SettingKind.BOOLEAN,
        False,
        GROUP,
        _("The EU closed that platform on 20 July 2025 (Regulation 2024/3228); switch it on only if ANPC asks you."),
    ),
)
