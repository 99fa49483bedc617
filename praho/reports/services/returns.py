"""Working figures of the VAT returns: D300, D390 and D394. They are what an accountant checks a return against.

Rows and forms are those of OPANAF 174/2026 (D300), of D390 v3 and of D394 v5.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from praho.billing.tax.exchange import HOME
from praho.core import money
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.reports.repos import declared as repos
from praho.reports.services import words
from praho.reports.types import Cell, Period, SeriesRange, Sheet, Total, Treatment

REDUCED = Decimal(11)
"""The reduced rate of Legea 141/2025, in force since 2025-08-01."""


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """A row of D300: base and VAT in lei, and the parts of the journal that it is made of.

    `number` is empty for what belongs to another return; `part_of` marks a row that repeats a part of the one before.
    """

    number: str
    label: str
    parts: tuple[Total, ...]
    note: str = ""
    part_of: bool = False

    @property
    def net(self) -> Money:
        return money.total((part.net for part in self.parts), HOME)

    @property
    def vat(self) -> Money:
        return money.total((part.vat for part in self.parts), HOME)


@dataclass(frozen=True, slots=True)
class EuPartner:
    """A row of D390, type P: services sold to one VAT number, `whole` in whole lei, as the form takes it."""

    number: str
    name: str
    documents: int
    net: Money

    @property
    def country(self) -> str:
        """The prefix of the number, EL for Greece."""
        return self.number[:2]

    @property
    def whole(self) -> int:
        return whole_lei(self.net)


@dataclass(frozen=True, slots=True)
class HomePartner:
    """A row of D394: sales with Romanian VAT to one partner at one rate. Persons stand together, without a code."""

    code: str | None
    name: str
    registered: bool
    country: str
    percent: Decimal
    documents: int
    net: Money
    vat: Money


def whole_lei(amount: Money) -> int:
    """Return an amount in whole lei, half up: the forms know no bani."""
    return int(money.round_half_up(amount.decimal, 0))


def d300(period: Period, parts: Sequence[Total]) -> list[ReturnRow]:
    """Return the rows of sales; `parts` are the sums of the period's journal, each in exactly one row that is no part.

    Row 9 has the standard rate in force at the end of the period, row 10 the reduced one, row 16 what stands at other
    rates: corrections of sales of former times. One query.
    """
    standard = repos.standard_rate(period.until)
    at_home = _of(parts, Treatment.ROMANIA)
    return [
        ReturnRow(
            "3",
            _("Supplies whose place is outside Romania"),
            (*_of(parts, Treatment.REVERSE_CHARGE), *_of(parts, Treatment.OUTSIDE)),
        ),
        ReturnRow(
            "3.1", _("of these, services to businesses in the EU"), _of(parts, Treatment.REVERSE_CHARGE), part_of=True
        ),
        ReturnRow("9", _("Taxable supplies at the standard rate"), _where(at_home, lambda rate: rate == standard)),
        ReturnRow(
            "10",
            _("Taxable supplies at the reduced rate"),
            _where(at_home, lambda rate: rate == REDUCED and rate != standard),
        ),
        ReturnRow(
            "16",
            _("Corrections of the VAT collected"),
            _where(at_home, lambda rate: rate not in (standard, REDUCED)),
            _("Rates that were in force before: credit notes of older invoices, and usage of former months."),
        ),
        ReturnRow(
            "",
            _("Sales under the one-stop shop"),
            _of(parts, Treatment.OSS),
            _("Declared in D398, not here. Ask your accountant whether row 3 repeats their base."),
        ),
        ReturnRow(
            "",
            _("Sales without VAT for other reasons"),
            _of(parts, Treatment.NOT_SUBJECT),
            _("Sales of a seller who is not registered (art. 310), or exempt: the row follows from the reason."),
        ),
    ]


def d390(period: Period) -> list[EuPartner]:
    """Return the services sold to businesses of other states, a row for each VAT number. One query."""
    return [EuPartner(*row) for row in repos.reverse_charged(period)]


def d394(period: Period) -> list[HomePartner]:
    """Return the sales with Romanian VAT by partner and rate, companies first. One query."""
    return [HomePartner(*row) for row in repos.at_home(period)]


def series(period: Period) -> list[SeriesRange]:
    """Return the numbers of each series that documents dated in the period have. One query."""
    return repos.series(period)


def d390_sheet(period: Period) -> Sheet:
    """Return the rows of D390 as a table."""
    rows = d390(period)
    header = (_("Type"), _("Country"), _("VAT number"), _("Name"), _("Documents"), _("Net, lei"), _("Whole lei"))
    cells: list[tuple[Cell, ...]] = [
        ("P", row.country, row.number[2:], row.name, row.documents, row.net.decimal, row.whole) for row in rows
    ]
    net = money.total((row.net for row in rows), HOME).decimal
    cells.append((_("Total"), None, None, None, None, net, sum(row.whole for row in rows)))
    return Sheet(f"d390-{period.code}", header, iter(cells))


def d394_sheet(period: Period) -> Sheet:
    """Return the rows of D394 as a table."""
    rows = d394(period)
    header = (
        _("CUI or VAT number"), _("Name"), _("Registered for VAT"), _("Country"), _("Rate, %"), _("Documents"),
        _("Net, lei"), _("VAT, lei"), _("Net, whole lei"), _("VAT, whole lei"),
    )  # fmt: skip
    persons, yes, no = _("Persons"), _("yes"), _("no")
    cells: list[tuple[Cell, ...]] = [
        (row.code, row.name or persons, yes if row.registered else no, row.country, row.percent, row.documents,
         row.net.decimal, row.vat.decimal, whole_lei(row.net), whole_lei(row.vat))
        for row in rows
    ]  # fmt: skip
    return Sheet(f"d394-{period.code}", header, iter(cells))


def series_sheet(period: Period) -> Sheet:
    """Return the numbers that were used as a table."""
    header = (
        _("Series"), _("Document"), _("First"), _("Last"), _("Documents"), _("Missing"), _("Cancelled"),
        _("Credited in full"),
    )  # fmt: skip
    cells: list[tuple[Cell, ...]] = [
        (row.prefix, str(words.KINDS[row.kind]), row.first, row.last, row.count, row.missing, row.cancelled,
         row.credited)
        for row in series(period)
    ]  # fmt: skip
    return Sheet(f"series-{period.code}", header, iter(cells))


def _of(parts: Iterable[Total], treatment: Treatment) -> tuple[Total, ...]:
    return tuple(part for part in parts if part.treatment is treatment)


def _where(parts: Iterable[Total], wanted: Callable[[Decimal], bool]) -> tuple[Total, ...]:
    return tuple(part for part in parts if wanted(part.percent))
