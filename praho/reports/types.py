"""The words of the reports: periods, how an amount is treated by the VAT, and the rows that are reported.

Amounts are Money in lei unless said otherwise; days are Bucharest dates, periods include both their ends.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from praho.billing.tax.exchange import HOME
from praho.core import months
from praho.core.money import Money
from praho.models.billing.documents import DocumentKind
from praho.models.billing.payments import PaymentMethod

_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_YEARS = range(2000, 2101)


class Treatment(StrEnum):
    """Where an amount belongs in the books."""

    ROMANIA = "romania"
    """Romanian VAT, also for consumers of other member states below the threshold."""
    REVERSE_CHARGE = "reverse_charge"
    """Services to businesses of other member states, who owe the VAT there."""
    OSS = "oss"
    """VAT of the consumer's state, declared by the one-stop shop."""
    OUTSIDE = "outside"
    """Place of supply outside the Union's VAT territory."""
    NOT_SUBJECT = "not_subject"
    """No VAT for another reason, such as a seller who is not registered (art. 310)."""


@dataclass(frozen=True, slots=True)
class Period:
    """Some days, both ends included."""

    since: date
    until: date

    @classmethod
    def month(cls, day: date) -> "Period":
        """Return the calendar month of a day."""
        first = day.replace(day=1)
        return cls(first, months.add_months(first, 1) - timedelta(days=1))

    @classmethod
    def quarter(cls, day: date) -> "Period":
        """Return the calendar quarter of a day."""
        first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
        return cls(first, months.add_months(first, 3) - timedelta(days=1))

    @classmethod
    def year(cls, day: date) -> "Period":
        """Return the calendar year of a day."""
        return cls(date(day.year, 1, 1), date(day.year, 12, 31))

    @classmethod
    def parse(cls, text: str) -> "Period | None":
        """Read `2026-10` or `2026-Q4`; None for anything else."""
        if (found := _MONTH.fullmatch(text)) is not None and 1 <= int(found[2]) <= 12 and int(found[1]) in _YEARS:
            return cls.month(date(int(found[1]), int(found[2]), 1))
        if (found := _QUARTER.fullmatch(text)) is not None and int(found[1]) in _YEARS:
            return cls.quarter(date(int(found[1]), int(found[2]) * 3, 1))
        return None

    @property
    def is_month(self) -> bool:
        """Whether it is one whole calendar month."""
        return self == Period.month(self.since)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.since).days + 1

    @property
    def code(self) -> str:
        """A short name for files: `2026-10`, `2026-Q4`, or both days."""
        if self.is_month:
            return f"{self.since:%Y-%m}"
        if self == Period.quarter(self.since):
            return f"{self.since.year}-Q{(self.since.month + 2) // 3}"
        return f"{self.since.isoformat()}_{self.until.isoformat()}"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a journal is narrowed to; `percent` and `place` are those of a row of its VAT, `partner` is a code."""

    period: Period
    treatment: Treatment | None = None
    percent: Decimal | None = None
    place: str | None = None
    partner: str | None = None
    kind: DocumentKind | None = None

    @property
    def narrowed(self) -> bool:
        """Whether it shows less than its whole period."""
        return self != Wanted(self.period)


@dataclass(frozen=True, slots=True)
class Entry:
    """The part of a document that has one treatment, rate (in percent) and place (the country whose VAT it is)."""

    treatment: Treatment
    percent: Decimal
    place: str
    net: Money
    vat: Money


@dataclass(frozen=True, slots=True)
class JournalRow:
    """An invoice or a credit note, with its VAT in lei by treatment and rate.

    `charged_on` is the day in whose month it is declared. `code` is the partner's VAT number, else the fiscal code;
    persons have none. `total` is in the document's currency, `rate` the lei for one unit of it (None for lei).
    """

    public_id: str
    kind: DocumentKind
    number: str
    charged_on: date
    issued_on: date
    partner: str
    code: str | None
    country: str
    total: Money
    rate: Decimal | None
    entries: tuple[Entry, ...]

    @property
    def net(self) -> Money:
        """All nets, in lei."""
        return Money(sum(entry.net.minor for entry in self.entries), HOME)

    @property
    def vat(self) -> Money:
        """All VAT, in lei."""
        return Money(sum(entry.vat.minor for entry in self.entries), HOME)


@dataclass(frozen=True, slots=True)
class Total:
    """What a period has of one treatment, rate and place: in how many documents, and how much, in lei."""

    treatment: Treatment
    percent: Decimal
    place: str
    documents: int
    net: Money
    vat: Money


@dataclass(frozen=True, slots=True)
class Allocated:
    """The part of a payment that a document took; `invoice` is the number that a proforma has become.

    What was sent back to the customer has no document but the day on which that was done.
    """

    amount: Money
    public_id: str | None = None
    number: str | None = None
    invoice: str | None = None
    refunded_on: date | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Money that came in, in its own currency. `provider` is the account it came through, None for none."""

    public_id: str
    received_on: date
    method: PaymentMethod
    provider: str | None
    reference: str
    customer: str
    amount: Money
    allocated: tuple[Allocated, ...]

    @property
    def rest(self) -> Money:
        """What no document took yet."""
        return Money(self.amount.minor - sum(part.amount.minor for part in self.allocated), self.amount.currency)


@dataclass(frozen=True, slots=True)
class SeriesRange:
    """The numbers of one series that were used in a period, by issue date.

    `missing` are numbers between first and last that no document has; `credited` are invoices of which nothing is left.
    """

    prefix: str
    kind: DocumentKind
    first: str
    last: str
    count: int
    missing: int
    cancelled: int
    credited: int


Cell = str | int | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to be written to a file: `rows` is read once, row by row."""

    name: str
    header: tuple[str, ...]
    rows: Iterator[tuple[Cell, ...]] = field(repr=False)
