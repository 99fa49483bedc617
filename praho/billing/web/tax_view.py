"""A document's tax decision as staff read it."""

from dataclasses import dataclass

from praho.billing.tax import wording
from praho.billing.tax.services import records
from praho.billing.tax.types import EvidenceKind, TaxDecision
from praho.core.i18n import lazy_gettext as _

EVIDENCE = {
    EvidenceKind.BILLING_ADDRESS: _("Billing address"),
    EvidenceKind.IP_ADDRESS: _("Internet address"),
    EvidenceKind.BANK_ACCOUNT: _("Bank account"),
    EvidenceKind.CARD: _("Card"),
    EvidenceKind.PHONE: _("Phone"),
}


@dataclass(frozen=True, slots=True)
class TaxView:
    """The decision in one sentence, the doubt about it, and what says where the buyer is: label, country, value."""

    sentence: str
    doubt: str | None
    evidence: tuple[tuple[object, str, str], ...]


def of(decision: TaxDecision | None) -> TaxView | None:
    """Return a decision in words, in the reader's language; None where there is none."""
    if decision is None:
        return None
    found = tuple((EVIDENCE[item.kind], wording.country_name(item.country), item.value) for item in decision.evidence)
    return TaxView(wording.sentence(decision), records.doubt_about(decision), found)
