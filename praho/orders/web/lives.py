"""What orders tell about the life of a service or a domain: it was ordered, and it was paid."""

from collections.abc import Sequence

from flask import url_for

from praho.core.contributions import LifeSubject, TimelineEntry
from praho.core.i18n import gettext as _
from praho.core.i18n import pgettext
from praho.orders.services import reading
from praho.ui.states import Tone


def tell(subject: LifeSubject) -> Sequence[TimelineEntry]:
    """Return the beginning of a life: its order and that order's payment. One query."""
    found = reading.beginnings(subject.origin)
    if found is None:
        return []
    order, proforma = found
    told = [
        TimelineEntry(
            order.created_at,
            pgettext("life", "Ordered"),
            _("Order %(number)s", number=order.number),
            url_for(f"orders_{subject.surface}.order", public_id=order.public_id),
            "shopping-bag",
        )
    ]
    # The order hears of its payment from a job: the proforma knows it at once.
    paid_at = order.paid_at if proforma is None else proforma.settled_at
    if paid_at is not None:
        told.append(
            TimelineEntry(
                paid_at,
                pgettext("life", "Paid"),
                "" if proforma is None else _("Proforma %(number)s", number=proforma.number_text),
                None
                if proforma is None
                else url_for(f"billing_{subject.surface}.document", public_id=proforma.public_id),
                "credit-card",
                Tone.SUCCESS,
            )
        )
    return told
