"""Whether an invoice has to go to e-Factura: only supplies whose place is Romania (OUG 120/2021, OUG 138/2024)."""

from praho.billing.documents import snapshot
from praho.billing.tax.types import Rule
from praho.models.billing.documents import DocumentKind

_ABROAD = frozenset(
    {
        Rule.REVERSE_CHARGE,
        Rule.DESTINATION,
        Rule.OUTSIDE_BUSINESS,
        Rule.OUTSIDE_CONSUMER,
        Rule.SPECIAL_TERRITORY,
    }
)


def is_due(document: snapshot.DocumentSnapshot) -> bool:
    """Tell whether the ministry must get the document; others may be sent as `extern`."""
    if document.kind is DocumentKind.PROFORMA:
        return False
    return document.tax is None or document.tax.rule not in _ABROAD
