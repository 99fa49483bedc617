"""The working figures of D398, the quarterly return of the one-stop shop, in euro.

Amounts in other currencies are converted at the rate of the last day of the quarter, or of the next day for which one
was published (Directive 2006/112 art. 366). The article names the rate of the European Central Bank; the National Bank
of Romania publishes one of its own, which differs by hundredths. Its rate is used until the other one is typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from praho.billing.tax.exchange import HOME
from praho.core import money
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.reports.repos import declared as repos
from praho.reports.types import Cell, Period, Sheet

EURO = "EUR"


@dataclass(frozen=True, slots=True)
class EuroRate:
    """Lei for one euro. `typed` is the rate of the European Central Bank as somebody read it."""

    lei: Decimal
    published_on: date | None
    typed: bool = False


@dataclass(frozen=True, slots=True)
class StateRow:
    """Sales to the consumers of one state at one rate, in euro."""

    country: str
    percent: Decimal
    documents: int
    net: Money
    vat: Money


@dataclass(frozen=True, slots=True)
class Correction:
    """What credit notes of this quarter take back of the VAT of an earlier one."""

    quarter: Period
    country: str
    documents: int
    vat: Money


@dataclass(frozen=True, slots=True)
class Declared:
    """A quarter's return. `rate` is None where no rate of the euro is known; `provisional` while the quarter runs."""

    quarter: Period
    rate: EuroRate | None
    provisional: bool
    rows: tuple[StateRow, ...]
    corrections: tuple[Correction, ...]

    @property
    def due(self) -> Money:
        """The VAT to be paid, corrections included."""
        parts = (*(row.vat for row in self.rows), *(one.vat for one in self.corrections))
        return money.total(parts, EURO)


def declared(quarter: Period, today: date, typed: Decimal | None = None) -> Declared:
    """Return the figures of a quarter; `typed` is a rate to be used for it instead of the National Bank's.

    Without any rate, what is not in euro cannot be converted and there are no rows. A query for the sums and one for
    each quarter's rate.
    """
    rate = EuroRate(typed, None, typed=True) if typed is not None else _rate(quarter)
    provisional = today <= quarter.until
    if rate is None:
        return Declared(quarter, None, provisional, (), ())
    rows: dict[tuple[str, Decimal], list[tuple[int, Money, Money]]] = {}
    corrections: dict[tuple[date, str], list[tuple[int, Money]]] = {}
    for country, percent, currency, corrected, documents, net, vat in repos.one_stop_shop(quarter):
        if corrected is None:
            rows.setdefault((country, percent), []).append((documents, Money(net, currency), Money(vat, currency)))
        else:
            corrections.setdefault((corrected, country), []).append((documents, Money(vat, currency)))
    return Declared(
        quarter,
        rate,
        provisional,
        tuple(
            StateRow(
                country,
                percent,
                sum(count for count, _net, _vat in parts),
                in_euro((net for _count, net, _vat in parts), rate.lei),
                in_euro((vat for _count, _net, vat in parts), rate.lei),
            )
            for (country, percent), parts in rows.items()
        ),
        tuple(_correction(*key, parts, rate) for key, parts in corrections.items()),
    )


def in_euro(amounts: Iterable[Money], lei: Decimal) -> Money:
    """Add up amounts in euro and in lei as euro: the lei are converted once, half up to the cent.

    Raises ValueError for another currency: nothing is sold to consumers in one.
    """
    cents = bani = 0
    for amount in amounts:
        if amount.currency == EURO:
            cents += amount.minor
        elif amount.currency == HOME:
            bani += amount.minor
        else:
            raise ValueError(f"no rate for {amount.currency}")
    return Money(cents, EURO) + Money.from_decimal(Decimal(bani).scaleb(-2) / lei, EURO)


def sheet(found: Declared) -> Sheet:
    """Return the figures as a table."""
    header = (_("State"), _("Rate, %"), _("Documents"), _("Net, EUR"), _("VAT, EUR"), _("Corrects"))
    cells: list[tuple[Cell, ...]] = [
        (row.country, row.percent, row.documents, row.net.decimal, row.vat.decimal, None) for row in found.rows
    ]
    cells += [(one.country, None, one.documents, None, one.vat.decimal, one.quarter.code) for one in found.corrections]
    cells.append((_("Total"), None, None, None, found.due.decimal, None))
    return Sheet(f"d398-{found.quarter.code}", header, iter(cells))


def _correction(first: date, country: str, parts: list[tuple[int, Money]], otherwise: EuroRate) -> Correction:
    """Convert at the rate of the quarter that is corrected."""
    quarter = Period.quarter(first)
    rate = _rate(quarter) or otherwise
    vat = in_euro((vat for _count, vat in parts), rate.lei)
    return Correction(quarter, country, sum(count for count, _vat in parts), vat)


def _rate(quarter: Period) -> EuroRate | None:
    found = repos.euro_rate(quarter.until)
    return None if found is None else EuroRate(*found)
