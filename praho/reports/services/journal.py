"""The sales journal of a period: invoices and credit notes with their VAT in lei, and what it adds up to."""

import base64
import binascii
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from praho.billing.tax.exchange import HOME
from praho.core import money
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.core.web.paging import PAGE_SIZE, Page
from praho.reports.repos import journal as repos
from praho.reports.repos.journal import Place
from praho.reports.services import words
from praho.reports.types import Cell, Entry, JournalRow, Period, Sheet, Total, Treatment, Wanted

ORDER = tuple(Treatment)
_FILE_NAME = "sales-journal"


@dataclass(frozen=True, slots=True)
class Column:
    """A pair of columns of the journal: net and VAT of one treatment, and in Romania of one rate."""

    treatment: Treatment
    percent: Decimal | None


def totals(wanted: Wanted) -> list[Total]:
    """Return the sums of a journal by treatment, rate and place, in the order of the journal's columns. One query."""
    return sorted(repos.summed(wanted), key=lambda total: ORDER.index(total.treatment))


def all_of(parts: Sequence[Total]) -> tuple[Money, Money]:
    """Return the net and the VAT of some sums together."""
    return money.total((part.net for part in parts), HOME), money.total((part.vat for part in parts), HOME)


def vat_at_home(parts: Sequence[Total]) -> Money:
    """Return the Romanian VAT among some sums; the rest is other states'."""
    return money.total((part.vat for part in parts if part.treatment is Treatment.ROMANIA), HOME)


def columns(parts: Sequence[Total]) -> list[Column]:
    """Return the columns that a journal with these sums needs: one pair for each Romanian rate, then the rest."""
    rates = sorted({part.percent for part in parts if part.treatment is Treatment.ROMANIA}, reverse=True)
    others = [one for one in ORDER[1:] if any(part.treatment is one for part in parts)]
    return [Column(Treatment.ROMANIA, rate) for rate in rates] + [Column(one, None) for one in others]


def by_step(period: Period) -> tuple[str, dict[date, dict[Treatment, Money]]]:
    """Return the net by treatment for each day of a period of up to a month, else for each month; and which it is."""
    step = "day" if period.days <= 31 else "month"
    found: dict[date, dict[Treatment, Money]] = {}
    for day, treatment, net in repos.by_step(period, step):
        found.setdefault(day, {})[treatment] = net
    return step, found


def issued_late(period: Period) -> int:
    """Return how many documents belong to a period but were issued after its end, perhaps after it was declared."""
    return repos.issued_late(period)


def page(wanted: Wanted, cursor: str | None) -> Page[JournalRow]:
    """Return a page of the journal, in the order of the days. One query; a damaged cursor gives the first page."""
    backwards, place = _place(cursor)
    found = repos.some(wanted, place, PAGE_SIZE + 1, backwards=backwards)
    more = len(found) > PAGE_SIZE
    rows = found[:PAGE_SIZE]
    if backwards:
        rows.reverse()
    has_previous = more if backwards else place is not None
    has_next = True if backwards else more
    return Page(
        [row for _place_of, row in rows],
        _cursor("b", rows[0][0]) if rows and has_previous else None,
        _cursor("f", rows[-1][0]) if rows and has_next else None,
    )


def sheet(wanted: Wanted) -> Sheet:
    """Return the journal as a table: a row for each document, the sums at the end; amounts in lei.

    Its rows are read from the database while they are taken, in whatever scope is entered then.
    """
    pairs = columns(totals(wanted))
    return Sheet(
        f"{_FILE_NAME}-{wanted.period.code}",
        (
            _("Chargeable on"), _("Issued on"), _("Document"), _("Number"), _("Partner"), _("CUI or VAT number"),
            _("Country"), _("Treatment"), _("Currency"), _("Rate in lei"), _("Total in its currency"),
            *(str(title) for pair in pairs for title in words.pair(pair.treatment, pair.percent)),
            _("Net, lei"), _("VAT, lei"), _("Total, lei"),
        ),
        _rows(wanted, pairs, words.Plain.now()),
    )  # fmt: skip


def _rows(wanted: Wanted, pairs: Sequence[Column], plain: words.Plain) -> Iterator[tuple[Cell, ...]]:
    sums = [0] * (2 * len(pairs) + 3)
    for row in repos.streamed(wanted):
        amounts = _amounts(row.entries, pairs)
        sums = [sum_ + amount for sum_, amount in zip(sums, amounts, strict=True)]
        yield (
            row.charged_on,
            row.issued_on,
            plain.kinds[row.kind],
            row.number,
            row.partner,
            row.code,
            row.country,
            ", ".join(dict.fromkeys(plain.treatment(entry) for entry in row.entries)),
            row.total.currency,
            row.rate,
            row.total.decimal,
            *map(_major, amounts),
        )
    yield (None, None, plain.total, *(None,) * 8, *map(_major, sums))


def _amounts(entries: Sequence[Entry], pairs: Sequence[Column]) -> list[int]:
    """Return net and VAT of each pair of columns, then of all, then their sum, in bani."""
    found: list[int] = []
    for pair in pairs:
        inside = [entry for entry in entries if _belongs(entry, pair)]
        found += (sum(entry.net.minor for entry in inside), sum(entry.vat.minor for entry in inside))
    net, vat = sum(entry.net.minor for entry in entries), sum(entry.vat.minor for entry in entries)
    return [*found, net, vat, net + vat]


def _belongs(entry: Entry, pair: Column) -> bool:
    return entry.treatment is pair.treatment and pair.percent in (None, entry.percent)


def _major(bani: int) -> Decimal:
    return Decimal(bani).scaleb(-2)


def _place(cursor: str | None) -> tuple[bool, Place | None]:
    try:
        direction, day, number = base64.urlsafe_b64decode((cursor or "").encode()).decode("ascii").split(" ")
        place = Place(date.fromisoformat(day), int(number))
    except (ValueError, binascii.Error):
        return False, None
    return direction == "b", place if 0 <= place.number < 2**63 else None


def _cursor(direction: str, place: Place) -> str:
    return base64.urlsafe_b64encode(f"{direction} {place.charged_on.isoformat()} {place.number}".encode()).decode()
