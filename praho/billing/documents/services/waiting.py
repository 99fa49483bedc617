"""Documents that may wait for a human, as statements that count them."""

from typing import Any

from sqlalchemy import Select

from praho.core import clock
from praho.core.db.counting import counting
from praho.models.billing.documents import Document, DocumentKind, DocumentState


def not_invoiced() -> Select[Any]:
    """Count the proformas that are paid and could not be invoiced."""
    return counting(Document, Document.refusal.is_not(None))


def overdue() -> Select[Any]:
    """Count the open proformas whose last day to pay has passed."""
    return counting(
        Document,
        Document.kind == DocumentKind.PROFORMA,
        Document.state == DocumentState.OPEN,
        Document.due_date < clock.today(),
    )
