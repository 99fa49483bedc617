"""What of documents keeps a customer from being closed."""

from praho.core.db.counting import count_all, counting
from praho.core.i18n import ngettext
from praho.models.billing.documents import Document, DocumentState


def open_of(customer_id: int) -> str | None:
    """Return a sentence where a customer has documents that are open or not invoiced, else None. One query."""
    [number] = count_all(
        [
            counting(
                Document,
                Document.customer_id == customer_id,
                (Document.state == DocumentState.OPEN) | Document.refusal.is_not(None),
            )
        ]
    )
    if number == 0:
        return None
    return ngettext("%(num)s proforma is open or not invoiced.", "%(num)s proformas are open or not invoiced.", number)
