"""The terms of service that buyers accept: which version is in force, and what it says."""

from dataclasses import dataclass

from praho.core.i18n import lazy_gettext as _
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.settings.services import values

GROUP = "terms"
_LONGEST_VERSION = 40


@dataclass(frozen=True, slots=True)
class TermsOfService:
    """The terms in force. Where `text` is empty the shop's standard terms apply; `url` leads elsewhere instead."""

    version: str
    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Acceptance:
    """That somebody agreed: to which version, from where, and for staff's orders how (`note`)."""

    version: str
    ip: str | None
    note: str | None = None


def current(locale: str) -> TermsOfService:
    """Return the terms in force as readers of `locale` see them; Romanian where there is no other text."""
    text = values.text(f"terms.text_{locale}") or values.text("terms.text_ro")
    return TermsOfService(version(), text, values.text("terms.url"))


def version() -> str:
    """Return the version in force; orders keep it."""
    return values.text("terms.version")


def _check_version(text: str) -> object | None:
    named = 0 < len(text.strip()) <= _LONGEST_VERSION
    return None if named else _("Name the version in a few letters: orders keep which one was accepted.")


def _check_url(text: str) -> object | None:
    return None if not text or text.startswith("https://") else _("Start the address with https://.")


FIELDS = (
    SettingField(
        "terms.version",
        _("Version"),
        SettingKind.TEXT,
        "1",
        GROUP,
        _("Change it with every change of the terms: each order keeps the version that was accepted."),
        check=_check_version,
    ),
    SettingField(
        "terms.text_ro",
        _("Text in Romanian"),
        SettingKind.LONG_TEXT,
        "",
        GROUP,
        _("Paragraphs are separated by empty lines. While it is empty, the shop shows its standard terms."),
    ),
    SettingField("terms.text_en", _("Text in English"), SettingKind.LONG_TEXT, "", GROUP),
    SettingField(
        "terms.url",
        _("Address"),
        SettingKind.TEXT,
        "",
        GROUP,
        _("Where the terms are published, if not in this shop."),
        check=_check_url,
    ),
)
