"""Fiscal numbers: taken one after the other under the series' lock, inside the issuing transaction.

Legea 227/2015 art. 319 (20) a) asks for an order number in one or more series that identifies each invoice
once; a rollback gives the number back, so the series has no gaps.
"""

from dataclasses import dataclass
from datetime import date

from praho.billing import errors
from praho.billing.documents import repos
from praho.core.db import locking
from praho.core.i18n import lazy_gettext as _
from praho.models.billing.documents import DocumentKind, NumberSeries


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was taken: `text` is what the document prints."""

    series_id: int
    series: str
    number: int
    text: str


def take(kind: DocumentKind, issue_date: date) -> Number:
    """Take the next number of the active series of `kind`, for a document dated `issue_date`.

    Nothing else may be locked afterwards in this transaction. Raises `InvoicingRefused` where there is no active
    series, or where a later date was issued already: numbers and dates must run in the same order.
    """
    series_id = repos.active_series_id(kind)
    series = None if series_id is None else locking.lock_one(NumberSeries, series_id)
    if series is None or not series.active:
        raise errors.InvoicingRefused(_("There is no active number series for this kind of document."))
    if series.last_issue_date is not None and issue_date < series.last_issue_date:
        raise errors.InvoicingRefused(
            _(
                "The series %(series)s has a document dated %(date)s already; an earlier date cannot follow.",
                series=series.prefix,
                date=series.last_issue_date.isoformat(),
            )
        )
    number = series.next_number
    series.next_number = number + 1
    series.last_issue_date = issue_date
    return Number(series.id, series.prefix, number, f"{series.prefix}{number:0{series.padding}d}")
