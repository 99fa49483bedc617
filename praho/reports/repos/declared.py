"""What the returns ask for: sums by partner, by state, and the numbers that were used."""

from datetime import date
from decimal import Decimal

from sqlalchemy import text

from praho.billing.tax import totals
from praho.billing.tax.exchange import HOME
from praho.core.db.scope import session
from praho.core.money import Money
from praho.models.billing.documents import DocumentKind
from praho.reports.repos.entries import ENTRIES
from praho.reports.types import Period, SeriesRange


def reverse_charged(period: Period) -> list[tuple[str, str, int, Money]]:
    """Return the services to businesses of other states: VAT number, name, documents, base; by number."""
    statement = text(f"""
        {ENTRIES}
        SELECT coalesce(vat_id, code, ''), max(buyer_name), count(DISTINCT id), sum(net_lei)
        FROM entry WHERE treatment = 'reverse_charge' GROUP BY 1 ORDER BY 1
    """)
    return [
        (number, name, count, Money(int(net), HOME))
        for number, name, count, net in session().execute(statement, _days(period))
    ]


def at_home(period: Period) -> list[tuple[str | None, str, bool, str, Decimal, int, Money, Money]]:
    """Return sales with Romanian VAT by partner and rate: code, name, whether registered for VAT, country, rate,
    documents, base and VAT. Persons are one row for each country and rate, without code and name.
    """
    statement = text(f"""
        {ENTRIES}
        SELECT code, CASE WHEN code IS NULL THEN '' ELSE max(buyer_name) END, coalesce(bool_or(registered), false),
            country, percent, count(DISTINCT id), sum(net_lei), sum(vat_lei)
        FROM entry WHERE treatment = 'romania'
        GROUP BY code, country, percent ORDER BY code NULLS LAST, country, percent DESC
    """)
    return [
        (
            code,
            name,
            registered,
            country,
            totals.canonical(percent),
            count,
            Money(int(net), HOME),
            Money(int(vat), HOME),
        )
        for code, name, registered, country, percent, count, net, vat in session().execute(statement, _days(period))
    ]


def one_stop_shop(quarter: Period) -> list[tuple[str, Decimal, str, date | None, int, int, int]]:
    """Return sales under the one-stop shop by state and rate, in their own currencies.

    State, rate, currency, and for what corrects an earlier quarter the first day of that quarter; documents, net and
    VAT in minor units of the currency.
    """
    statement = text(f"""
        {ENTRIES}
        SELECT entry.place, entry.percent, entry.currency,
            CASE WHEN s.tax_point < :since THEN date_trunc('quarter', s.tax_point::timestamp)::date END,
            count(DISTINCT entry.id), sum(entry.net_minor), sum(entry.vat_minor)
        FROM entry LEFT JOIN billing_document s ON s.id = entry.source_id AND entry.kind = 'credit_note'
        WHERE entry.treatment = 'oss' GROUP BY 1, 2, 3, 4 ORDER BY 4 NULLS FIRST, 1, 2, 3
    """)
    return [
        (place, totals.canonical(percent), currency, corrected, count, int(net), int(vat))
        for place, percent, currency, corrected, count, net, vat in session().execute(statement, _days(quarter))
    ]


def euro_rate(on: date) -> tuple[Decimal, date] | None:
    """Return the rate of the euro published on a day or next after it, else the last one before; None for none."""
    statement = text("""
        (SELECT lei, published_on FROM billing_exchange_rate WHERE currency = 'EUR' AND published_on >= :on
         ORDER BY published_on LIMIT 1)
        UNION ALL
        (SELECT lei, published_on FROM billing_exchange_rate WHERE currency = 'EUR' AND published_on < :on
         ORDER BY published_on DESC LIMIT 1)
        ORDER BY published_on DESC LIMIT 1
    """)
    row = session().execute(statement, {"on": on}).one_or_none()
    return None if row is None else (row[0].normalize(), row[1])


def standard_rate(on: date) -> Decimal | None:
    """Return Romania's standard rate on a day, or None where none is kept."""
    statement = text("""
        SELECT percent FROM billing_vat_rate WHERE country = 'RO' AND valid_from <= :on
        ORDER BY valid_from DESC LIMIT 1
    """)
    percent = session().execute(statement, {"on": on}).scalar_one_or_none()
    return None if percent is None else totals.canonical(percent)


def series(period: Period) -> list[SeriesRange]:
    """Return the numbers of each series that documents dated in a period have."""
    statement = text("""
        SELECT s.prefix, d.kind, (array_agg(d.number_text ORDER BY d.number))[1],
            (array_agg(d.number_text ORDER BY d.number DESC))[1], count(*),
            max(d.number) - min(d.number) + 1 - count(*), count(*) FILTER (WHERE d.state = 'cancelled'),
            count(*) FILTER (WHERE d.kind = 'invoice' AND d.total_minor <> 0 AND d.total_minor = -(
                SELECT sum(n.total_minor) FROM billing_document n WHERE n.source_id = d.id AND n.kind = 'credit_note'
            ))
        FROM billing_document d JOIN billing_number_series s ON s.id = d.series_id
        WHERE d.kind IN ('invoice', 'credit_note') AND d.issue_date BETWEEN :since AND :until
        GROUP BY s.prefix, d.kind ORDER BY d.kind DESC, s.prefix
    """)
    return [
        SeriesRange(prefix, DocumentKind(kind), first, last, count, missing, cancelled, credited)
        for prefix, kind, first, last, count, missing, cancelled, credited in session().execute(
            statement, _days(period)
        )
    ]


def _days(period: Period) -> dict[str, date]:
    return {"since": period.since, "until": period.until}
