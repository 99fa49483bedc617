"""The sales journal and its sums."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import Row, text

from praho.billing.tax import totals
from praho.billing.tax.exchange import HOME
from praho.core.db.scope import session
from praho.core.money import Money
from praho.models.billing.documents import DocumentKind
from praho.reports.repos.entries import ENTRIES, narrowing
from praho.reports.types import Entry, JournalRow, Period, Total, Treatment, Wanted

_BATCH = 500
_COLUMNS = """
    SELECT id, charged_on, percent, treatment, place, net_lei, vat_lei, public_id, kind, number_text, issue_date,
        buyer_name, currency, total_minor, code, country, rate
    FROM entry
"""
_ORDER = "charged_on, id, category, percent"


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the journal: the last row seen."""

    charged_on: date
    number: int


def streamed(wanted: Wanted) -> Iterator[JournalRow]:
    """Yield the journal by a cursor of the server's: memory stays flat, whatever the length."""
    condition, parameters = narrowing(wanted)
    statement = text(f"{ENTRIES} {_COLUMNS} WHERE {condition} ORDER BY {_ORDER}")
    found = session().execute(statement, parameters, execution_options={"yield_per": _BATCH})
    return _documents(found)


def some(wanted: Wanted, after: Place | None, limit: int, *, backwards: bool) -> list[tuple[Place, JournalRow]]:
    """Return `limit` documents of the journal after (or before) a place, nearest first."""
    condition, parameters = narrowing(wanted)
    sign, direction = ("<", "DESC") if backwards else (">", "ASC")
    beyond = f"(charged_on, id) {sign} (:day, :number)" if after is not None else "true"
    statement = text(f"""
        {ENTRIES}, page AS (
            SELECT DISTINCT charged_on AS page_day, id AS page_id
            FROM entry WHERE {condition} AND {beyond}
            ORDER BY page_day {direction}, page_id {direction} LIMIT :limit
        ) {_COLUMNS} JOIN page ON page_id = id WHERE {condition} ORDER BY {_ORDER}
    """)
    place = {} if after is None else {"day": after.charged_on, "number": after.number}
    rows = session().execute(statement, {**parameters, **place, "limit": limit}).all()
    found = [
        (Place(key[0], key[1]), _document(list(parts)))
        for key, parts in groupby(rows, key=lambda row: (row.charged_on, row.id))
    ]
    return found[::-1] if backwards else found


def summed(wanted: Wanted) -> list[Total]:
    """Return the sums of a journal by treatment, rate and place."""
    condition, parameters = narrowing(wanted)
    statement = text(f"""
        {ENTRIES}
        SELECT treatment, percent, place, count(DISTINCT id), sum(net_lei), sum(vat_lei)
        FROM entry WHERE {condition} GROUP BY 1, 2, 3 ORDER BY 1, 2 DESC, 3
    """)
    return [
        Total(Treatment(treatment), totals.canonical(percent), place, count, _lei(net), _lei(vat))
        for treatment, percent, place, count, net, vat in session().execute(statement, parameters)
    ]


def by_step(period: Period, step: str) -> list[tuple[date, Treatment, Money]]:
    """Return the net of each treatment by `day` or `month` (its first day)."""
    statement = text(f"""
        {ENTRIES}
        SELECT date_trunc(:step, charged_on::timestamp)::date, treatment, sum(net_lei)
        FROM entry GROUP BY 1, 2 ORDER BY 1, 2
    """)
    parameters = {"since": period.since, "until": period.until, "step": step}
    return [(day, Treatment(found), _lei(net)) for day, found, net in session().execute(statement, parameters)]


def issued_late(period: Period) -> int:
    """Count the documents of a period that were issued after its end."""
    statement = text(f"""
        {ENTRIES}
        SELECT count(DISTINCT id) FROM entry WHERE issue_date > :until
    """)
    return int(session().execute(statement, {"since": period.since, "until": period.until}).scalar_one())


def _documents(rows: Iterable[Row[Any]]) -> Iterator[JournalRow]:
    for _id, parts in groupby(rows, key=lambda row: row.id):
        yield _document(list(parts))


def _document(parts: Sequence[Row[Any]]) -> JournalRow:
    head = parts[0]
    return JournalRow(
        public_id=head.public_id,
        kind=DocumentKind(head.kind),
        number=head.number_text,
        charged_on=head.charged_on,
        issued_on=head.issue_date,
        partner=head.buyer_name,
        code=head.code,
        country=head.country,
        total=Money(head.total_minor, head.currency),
        rate=head.rate,
        entries=tuple(
            Entry(
                Treatment(part.treatment),
                totals.canonical(part.percent),
                part.place,
                _lei(part.net_lei),
                _lei(part.vat_lei),
            )
            for part in parts
        ),
    )


def _lei(bani: Decimal) -> Money:
    return Money(int(bani), HOME)
