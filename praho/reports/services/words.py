"""How the reports name treatments and kinds, for pages and for files that are written after the request has ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from praho.core import formatting
from praho.core.i18n import current_locale, gettext
from praho.core.i18n import lazy_gettext as _
from praho.models.billing.documents import DocumentKind
from praho.models.billing.payments import PaymentMethod
from praho.reports.types import Entry, Treatment

TREATMENTS: Mapping[Treatment, object] = {
    Treatment.ROMANIA: _("Romania"),
    Treatment.REVERSE_CHARGE: _("EU, reverse charge"),
    Treatment.OSS: _("EU consumers (OSS)"),
    Treatment.OUTSIDE: _("Outside the EU"),
    Treatment.NOT_SUBJECT: _("Without VAT"),
}
KINDS: Mapping[DocumentKind, object] = {
    DocumentKind.INVOICE: _("Invoice"),
    DocumentKind.CREDIT_NOTE: _("Credit note"),
}
METHODS: Mapping[PaymentMethod, object] = {
    PaymentMethod.CARD: _("Card"),
    PaymentMethod.BANK_TRANSFER: _("Bank transfer"),
    PaymentMethod.CASH: _("Cash"),
}


def treatment(kind: Treatment, percent: Decimal | None = None, place: str = "") -> str:
    """Name a treatment with its rate, where it has one, and with the state whose VAT it is."""
    named = str(TREATMENTS[kind])
    if percent is None or kind not in (Treatment.ROMANIA, Treatment.OSS):
        return named
    rate = formatting.percent(percent, current_locale())
    return f"{named} {place} {rate}" if kind is Treatment.OSS and place else f"{named} {rate}"


def pair(kind: Treatment, percent: Decimal | None) -> tuple[str, str]:
    """Return the titles of the columns for net and VAT."""
    named = treatment(kind, percent)
    return gettext("%(what)s: net", what=named), gettext("%(what)s: VAT", what=named)


@dataclass(frozen=True, slots=True)
class Plain:
    """The words of a file in the reader's language, looked up once."""

    kinds: Mapping[DocumentKind, str]
    methods: Mapping[PaymentMethod, str]
    treatments: Mapping[Treatment, str]
    total: str

    @classmethod
    def now(cls) -> Self:
        """Return them in the language in force."""
        return cls(
            {kind: str(text) for kind, text in KINDS.items()},
            {method: str(text) for method, text in METHODS.items()},
            {kind: str(text) for kind, text in TREATMENTS.items()},
            gettext("Total"),
        )

    def treatment(self, entry: Entry) -> str:
        """Name an entry's treatment; under the one-stop shop with state and rate, for these have no columns."""
        named = self.treatments[entry.treatment]
        return f"{named} {entry.place} {entry.percent}%" if entry.treatment is Treatment.OSS else named
