"""The working figures of D300, D390 and D394, and the numbers that were used."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from praho.billing import types
from praho.billing.documents import snapshot
from praho.billing.tax.types import Rule
from praho.core import i18n
from praho.core.db.scope import SystemScope, entered
from praho.core.money import Money
from praho.models.billing.documents import DocumentKind
from praho.reports.services import journal, returns
from praho.reports.types import Period, SeriesRange, Wanted
from tests.billing import samples
from tests.reports.issuing import DAY, GERMAN, untaxed

OCTOBER = Period.month(DAY)
BULGARIAN = replace(GERMAN, name="Primer EOOD", vat_id="BG175074752", address=snapshot.Address("BG", "Sofia", "1"))


def looked(function, *arguments):
    with i18n.in_locale("en"), entered(SystemScope("test")):
        return function(*arguments)


def d300(period=OCTOBER):
    rows = looked(returns.d300, period, looked(journal.totals, Wanted(period)))
    return {row.number or row.label: (row.net.minor, row.vat.minor) for row in rows}


def test_each_sale_stands_in_one_row_of_d300(books):
    old = samples.draft("Vechi", "10", rate=Decimal(19))
    books.invoice(samples.draft("Găzduire", "100"), old)
    books.invoice(samples.draft("Carte", "20", rate=Decimal(11)))
    books.reverse()
    books.shop("DE", 19, "30")
    books.invoice(untaxed("Server", "7", types.TaxCategory.OUTSIDE_SCOPE), rule=Rule.SPECIAL_TERRITORY, place="ES")
    books.invoice(untaxed("Server", "8", types.TaxCategory.EXEMPT), rule=Rule.SELLER_EXEMPT)
    found = d300()
    assert found == {
        "3": (5_700, 0),
        "3.1": (5_000, 0),
        "9": (10_000, 2_100),
        "10": (2_000, 220),
        "16": (1_000, 190),
        "Sales under the one-stop shop": (3_000, 570),
        "Sales without VAT for other reasons": (800, 0),
    }
    whole = looked(journal.all_of, looked(journal.totals, Wanted(OCTOBER)))
    assert sum(net for row, (net, _vat) in found.items() if row != "3.1") == whole[0].minor


def test_credit_notes_lower_their_row(books):
    books.credit(books.invoice())
    books.invoice(samples.draft("Server", "30"))
    assert d300()["9"] == (3_000, 630)


def test_the_standard_rate_is_that_of_the_period(books):
    """19 % until July 2025: the row of the standard rate then, corrections afterwards."""
    before = date(2025, 7, 10)
    books.invoice(samples.draft("Vechi", "10", rate=Decimal(19)), day=before)
    assert d300(Period.month(before))["9"] == (1_000, 190)
    assert d300(Period.quarter(before))["16"] == (1_000, 190)


class TestD390:
    def test_one_row_for_each_number_in_whole_lei(self, books):
        books.reverse(untaxed("Server", "50.30"))
        books.reverse(untaxed("Server", "50.20"))
        books.reverse(untaxed("Server", "0.49"), buyer=BULGARIAN)
        books.reverse(untaxed("Server", "10"), buyer=BULGARIAN, currency="EUR")
        books.invoice()
        rows = looked(returns.d390, OCTOBER)
        assert [(row.country, row.number, row.documents, row.net.minor, row.whole) for row in rows] == [
            ("BG", "BG175074752", 2, 5_140, 51),
            ("DE", "DE136695976", 2, 10_050, 101),
        ]
        assert [row.name for row in rows] == ["Primer EOOD", "Beispiel GmbH"]

    def test_the_file_ends_with_sums(self, books):
        books.credit(books.reverse())
        rows = list(looked(returns.d390_sheet, OCTOBER).rows)
        assert rows[-1] == ("Total", None, None, None, None, Decimal("0.00"), 0)
        assert rows[0][:4] == ("P", "DE", "136695976", "Beispiel GmbH")

    def test_halves_go_up(self):
        assert [returns.whole_lei(Money(bani, "RON")) for bani in (49, 50, 149, -50, -49)] == [0, 1, 1, -1, 0]


class TestD394:
    def test_partners_by_rate_and_persons_together(self, books):
        books.invoice()
        books.invoice(samples.draft("Vechi", "10", rate=Decimal(19)))
        books.invoice(buyer=samples.COMPANY_WITHOUT_VAT)
        for _person in range(2):
            books.invoice(buyer=samples.PERSON)
        books.reverse()
        books.shop("DE", 19)
        rows = looked(returns.d394, OCTOBER)
        assert [(row.code, row.registered, str(row.percent), row.documents, row.net.minor) for row in rows] == [
            ("87654329", False, "21", 1, 10_000),
            ("RO87654329", True, "21", 1, 10_000),
            ("RO87654329", True, "19", 1, 1_000),
            (None, False, "21", 2, 20_000),
        ]
        assert [row[1] for row in looked(returns.d394_sheet, OCTOBER).rows][-1] == "Persons"


class TestNumbers:
    def test_first_last_missing_and_credited(self, books):
        for number in (7, 8, 10, 13):
            last = books.invoice(number=number)
        books.credit(last)
        books.invoice(number=20, day=date(2026, 11, 1))
        assert looked(returns.series, OCTOBER) == [
            SeriesRange("EXF", DocumentKind.INVOICE, "EXF0007", "EXF0013", 4, 3, 0, 1),
            SeriesRange("EXS", DocumentKind.CREDIT_NOTE, *[looked(returns.series, OCTOBER)[1].first] * 2, 1, 0, 0, 0),
        ]

    def test_numbers_are_found_by_issue_date(self, books):
        books.invoice(day=DAY, issued=date(2026, 11, 2), number=1)
        assert looked(returns.series, OCTOBER) == []
        assert [row[:5] for row in looked(returns.series_sheet, Period.parse("2026-11")).rows] == [
            ("EXF", "Invoice", "EXF0001", "EXF0001", 1)
        ]
