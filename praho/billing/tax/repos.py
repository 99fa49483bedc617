"""The rate rows as the pure resolution wants them, how documents were taxed, and what was sold so far."""

from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, literal, or_, select
from sqlalchemy.orm import aliased

from praho.billing.tax import totals
from praho.billing.tax.rates import RateRow
from praho.billing.tax.types import Rule
from praho.core import clock
from praho.core.db.counting import counting
from praho.core.db.scope import session
from praho.core.web.paging import Page, page_of
from praho.models.billing.documents import Document, DocumentKind, DocumentState
from praho.models.billing.exchange import ExchangeRate
from praho.models.billing.tax import TaxRecord, TaxReview, VatRate

_EU_CONSUMERS = (Rule.DESTINATION.value, Rule.BELOW_THRESHOLD.value)
_LIVE = (DocumentState.OPEN, DocumentState.PAID)


def rate_rows() -> list[RateRow]:
    """Return every rate; a row ends the day before the next one of its country begins."""
    stored = session().scalars(select(VatRate).order_by(VatRate.country, VatRate.valid_from)).all()
    rows: list[RateRow] = []
    for _country, group in groupby(stored, key=lambda rate: rate.country):
        ordered = list(group)
        for rate, following in pairwise([*ordered, None]):
            assert rate is not None
            last = None if following is None else following.valid_from - timedelta(days=1)
            rows.append(RateRow(rate.country, totals.canonical(rate.percent), rate.valid_from, last))
    return rows


def all_rates() -> list[VatRate]:
    """Return the stored rows, by country, the newest first."""
    return list(session().scalars(select(VatRate).order_by(VatRate.country, VatRate.valid_from.desc())))


def find_rate(rate_id: int) -> VatRate | None:
    """Return one row, or None."""
    return session().get(VatRate, rate_id)


def sold_to_eu_consumers(year: int) -> dict[str, int]:
    """Return the net of sales to consumers of other member states in a calendar year, by currency.

    A sale counts from its proforma on, so that two open ones cannot pass the threshold together unseen, and by the tax
    point of its invoice once it has one.
    """
    return _sold(year, *_EU_CONSUMERS)


def sold(year: int) -> dict[str, int]:
    """Return the net of all sales of a calendar year, by currency, counted from their proformas on."""
    return _sold(year)


def doubtful(cursor: str | None) -> Page[TaxRecord]:
    """Return a page of the decisions that people should look at and did not yet, the newest first."""
    return page_of(select(TaxRecord).where(*_unsettled()), [TaxRecord.id], cursor)


def count_doubtful() -> Select[Any]:
    """Count the decisions that people should look at and did not yet."""
    return counting(TaxRecord, *_unsettled())


def doubt_of_document(public_id: str) -> TaxRecord | None:
    """Return the decision of a document where it waits for somebody to look at it."""
    statement = select(TaxRecord).join(Document, Document.id == TaxRecord.document_id)
    return session().scalar(statement.where(Document.public_id == public_id, *_unsettled()))


def _unsettled() -> tuple[ColumnElement[bool], ...]:
    reviewed = select(TaxReview.id).where(TaxReview.record_id == TaxRecord.id).exists()
    return TaxRecord.doubt.is_not(None), ~reviewed


def _sold(year: int, *rules: str) -> dict[str, int]:
    """Each sale counts once, in the year of its invoice's tax point; what is not invoiced yet counts in this year.

    A credit note that an invoice follows took nothing back, for that invoice repeats it.
    """
    following, before = aliased(Document), aliased(Document)
    invoiced = exists().where(following.source_id == Document.id, following.kind == DocumentKind.INVOICE)
    repeats = exists().where(before.id == Document.source_id, before.kind == DocumentKind.CREDIT_NOTE)
    within = TaxRecord.tax_point.between(date(year, 1, 1), date(year, 12, 31))
    asked = (Document.kind == DocumentKind.PROFORMA) & Document.state.in_(_LIVE) & ~invoiced
    counted = or_(
        asked & (literal(year) == clock.today().year),
        (Document.kind == DocumentKind.INVOICE) & ~repeats & within,
        (Document.kind == DocumentKind.CREDIT_NOTE) & ~invoiced & within,
    )
    net = case((Document.kind == DocumentKind.CREDIT_NOTE, -func.abs(TaxRecord.net_minor)), else_=TaxRecord.net_minor)
    statement = (
        select(TaxRecord.currency, func.sum(net))
        .join(Document, Document.id == TaxRecord.document_id)
        .where(counted)
        .group_by(TaxRecord.currency)
    )
    if rules:
        statement = statement.where(TaxRecord.rule.in_(rules))
    return {currency: int(total) for currency, total in session().execute(statement)}


def last_exchange_rate(currency: str, before: date) -> ExchangeRate | None:
    """Return the last rate of a currency that was published before a day, or None."""
    statement = select(ExchangeRate).where(ExchangeRate.currency == currency, ExchangeRate.published_on < before)
    return session().scalar(statement.order_by(ExchangeRate.published_on.desc()).limit(1))


def last_published_on() -> date | None:
    """Return the day of the newest rates, or None where there are none."""
    return session().scalar(select(func.max(ExchangeRate.published_on)))
