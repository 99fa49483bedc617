"""What billing tells about the life of what was sold: each time it was invoiced."""

from collections.abc import Sequence

from flask import url_for

from praho.billing.documents.services import browsing, reading
from praho.billing.web import labels
from praho.core.contributions import LifeSubject, TimelineEntry
from praho.core.formatting import amount
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _


def tell(subject: LifeSubject) -> Sequence[TimelineEntry]:
    """Return the invoices for a subject, or for the order item that it came from. One query."""
    return [
        TimelineEntry(
            row.issued_at,
            _("%(kind)s %(number)s issued", kind=labels.DOCUMENT_KINDS[row.kind], number=row.number_text),
            amount(reading.money_of(row), current_locale()),
            url_for(f"billing_{subject.surface}.document", public_id=row.public_id),
            "receipt-text",
        )
        for row in browsing.invoiced_for([(subject.kind, subject.public_id), ("order_item", subject.origin)])
    ]
