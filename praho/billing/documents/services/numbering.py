"""Fiscal numbers: taken one after the other under the series' lock, inside the issuing transaction.

Legea 227/2015 art. 319 (20) a) asks for an order number in one or more series that identifies each invoice
once; a rollback gives the number back, so the series has no gaps.
"""

from dataclasses import dataclass
from datetime import date

from praho.audit.services import recording
from praho.billing import errors
from praho.billing.documents import repos
from praho.core import formatting
from praho.core.db import locking
from praho.core.db.scope import session
from praho.core.i18n import current_locale
from praho.core.i18n import lazy_gettext as _
from praho.models.billing.documents import DocumentKind, NumberSeries, SeriesKind

YEAR = "{year}"
"""What stands for the year in the pattern of a yearly series."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was taken: `text` is what the document prints."""

    series_id: int
    series: str
    number: int
    text: str


def take(kind: DocumentKind | SeriesKind, issue_date: date) -> Number:
    """Take the next number of the active series of `kind`, for a document dated `issue_date`.

    Nothing else may be locked afterwards in this transaction. Raises `InvoicingRefused` where there is no active
    series, or where a later date was issued already: numbers and dates must run in the same order.
    """
    series = locked_active(kind)
    if series is None:
        raise errors.InvoicingRefused(_("There is no active number series for this kind of document."))
    if series.last_issue_date is not None and issue_date < series.last_issue_date:
        raise errors.InvoicingRefused(
            _(
                "The series %(series)s has a document dated %(date)s already; an earlier date cannot follow.",
                series=series.prefix,
                date=formatting.date(series.last_issue_date, current_locale()),
            )
        )
    if series.year is not None and issue_date.year > series.year:
        series = _of_next_year(series, issue_date.year)
    number = series.next_number
    series.next_number = number + 1
    series.last_issue_date = issue_date
    return Number(series.id, series.prefix, number, f"{series.prefix}{number:0{series.padding}d}")


def locked_active(kind: DocumentKind | SeriesKind) -> NumberSeries | None:
    """Return the series in use, locked; one that was replaced while we waited for it is not in use any more."""
    while (series_id := repos.active_series_id(kind)) is not None:
        row = locking.lock_one(NumberSeries, series_id)
        if row is not None and row.active:
            return row
    return None


def prefix_of(pattern: str, year: int) -> str:
    """Return the prefix of a year's series: `HC{year}-` gives `HC2027-`."""
    return pattern.replace(YEAR, str(year))


def _of_next_year(series: NumberSeries, year: int) -> NumberSeries:
    """Close a year's series, which is locked, and open the one of `year`."""
    assert series.pattern is not None
    prefix = prefix_of(series.pattern, year)
    if repos.series_by_prefix(prefix) is not None:
        raise errors.InvoicingRefused(_("The prefix %(prefix)s was used before; open another series.", prefix=prefix))
    series.active = False
    session().flush()
    following = NumberSeries(
        kind=series.kind, prefix=prefix, padding=series.padding, pattern=series.pattern, year=year, active=True
    )
    session().add(following)
    session().flush()
    recording.record("series.opened", subject=("number_series", prefix), changes={"prefix": [series.prefix, prefix]})
    return following
