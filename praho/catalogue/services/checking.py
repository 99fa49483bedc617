"""Checking what staff typed about groups, plans and suffixes: every field gets its own sentence."""

import re

from praho.catalogue.types import LONGEST_YEARS, Texts
from praho.core import i18n
from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.core.identifiers import domain_name
from praho.core.identifiers.errors import InvalidIdentifier
from praho.integrations.errors import UnknownAccount
from praho.integrations.services import choosing
from praho.models.integrations import ProviderKind

LONGEST_NAME = 80
LONGEST_SLUG = 60
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class Refusals:
    """Collects the sentences beside the fields."""

    def __init__(self) -> None:
        self.fields: dict[str, object] = {}

    def end(self) -> None:
        """Raise Invalid where anything was refused."""
        if self.fields:
            raise Invalid(_("Please correct the marked fields."), fields=self.fields)


def slug(refused: Refusals, typed: str) -> str:
    """Return the part of an address that a group or a plan has; small letters, digits and single hyphens."""
    text = typed.strip()
    if not _SLUG.fullmatch(text) or len(text) > LONGEST_SLUG:
        refused.fields["slug"] = _("Use small letters, digits and single hyphens, such as hosting-start.")
    return text


def texts(refused: Refusals, field: str, typed: Texts, *, needed: bool) -> dict[str, str]:
    """Return a text by locale without the empty ones; Romanian stays, and must be there where it is `needed`."""
    found = {locale: typed.get(locale, "").strip() for locale in i18n.SUPPORTED}
    if needed and not found["ro"]:
        refused.fields[f"{field}_ro"] = _("Please fill in this field.")
    for locale, text in found.items():
        if needed and len(text) > LONGEST_NAME:
            refused.fields[f"{field}_{locale}"] = _("At most %(count)s characters fit here.", count=LONGEST_NAME)
    return {locale: text for locale, text in found.items() if text or locale == "ro"}


def lines(typed: Texts) -> dict[str, list[str]]:
    """Return lists by locale from texts with one entry a line."""
    found = {
        locale: [line.strip() for line in typed.get(locale, "").splitlines() if line.strip()]
        for locale in i18n.SUPPORTED
    }
    return {locale: entries for locale, entries in found.items() if entries or locale == "ro"}


def account(refused: Refusals, kind: ProviderKind, public_id: str) -> int | None:
    """Return the id of a provider account that is switched on; None for none."""
    if not public_id:
        return None
    try:
        return choosing.chosen(kind, public_id).id
    except UnknownAccount as error:
        refused.fields["account_id"] = error.message
        return None


def suffix(refused: Refusals, typed: str) -> str:
    """Return a suffix in ASCII, without a leading dot."""
    try:
        return domain_name.parse(f"x.{typed.strip().strip('.')}").ascii.removeprefix("x.")
    except InvalidIdentifier:
        refused.fields["name"] = _("Write an ending such as ro or com.ro.")
        return ""


def years(refused: Refusals, shortest: int, longest: int) -> tuple[int, int]:
    """Return the fewest and the most years of a registration."""
    if not 1 <= shortest <= LONGEST_YEARS:
        refused.fields["min_years"] = _("From 1 to %(most)s years.", most=LONGEST_YEARS)
    if not shortest <= longest <= LONGEST_YEARS:
        refused.fields["max_years"] = _("Not fewer than the shortest, and at most %(most)s.", most=LONGEST_YEARS)
    return shortest, longest
