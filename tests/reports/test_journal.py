"""The sales journal equals the documents: every ban, in the right month and the right column."""

import random
from collections import defaultdict
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from praho.billing import types
from praho.billing.documents import credit, snapshot, snapshot_json
from praho.billing.tax.exchange import Rate
from praho.billing.tax.types import Rule
from praho.core import i18n
from praho.core.db.scope import SystemScope, entered
from praho.core.money import Money
from praho.models.billing.documents import DocumentKind
from praho.reports import files
from praho.reports.services import journal
from praho.reports.types import Period, Treatment, Wanted
from tests.billing import samples
from tests.factories import billing
from tests.reports.issuing import DAY, RATE, in_lei, untaxed

OCTOBER = Period.month(DAY)
NOVEMBER = Period.month(date(2026, 11, 1))
TREATMENTS = {
    Rule.HOME: Treatment.ROMANIA,
    Rule.REVERSE_CHARGE: Treatment.REVERSE_CHARGE,
    Rule.DESTINATION: Treatment.OSS,
}


@contextmanager
def looking():
    with i18n.in_locale("en"), entered(SystemScope("test")):
        yield


def totals(period=OCTOBER, **narrowed):
    with looking():
        return journal.totals(Wanted(period, **narrowed))


def sums(period=OCTOBER, **narrowed):
    with looking():
        net, vat = journal.all_of(journal.totals(Wanted(period, **narrowed)))
    return net.minor, vat.minor


def lines(period=OCTOBER, **narrowed):
    """The journal as its file has it, without the mark in front."""
    with looking():
        sheet = journal.sheet(Wanted(period, **narrowed))
        return sheet.header, list(sheet.rows)


def numbers(period=OCTOBER, **narrowed):
    return [row[3] for row in lines(period, **narrowed)[1][:-1]]


def chance(books, seed):
    """Thirty documents of all kinds, some of them credited."""
    dice = random.Random(seed)

    def price():
        return f"{dice.randint(1, 99999) / 100:.2f}"

    def drafts(*rates):
        return [
            samples.draft("Linie", price(), rate=Decimal(dice.choice(rates))) for _line in range(dice.randint(1, 4))
        ]

    for _document in range(30):
        day = date(2026, 10, dice.randint(1, 31))
        foreign = {"currency": dice.choice(["RON", "EUR"]), "day": day}
        match dice.randint(0, 3):
            case 0:
                made = books.reverse(untaxed("Server", price()), **foreign)
            case 1:
                made = books.shop(*dice.choice([("DE", 19), ("FI", "25.5")]), price(), **foreign)
            case _:
                made = books.invoice(*drafts(21, 11, 19), **foreign)
        if dice.random() < 0.3:
            books.credit(made, on=day)
        elif dice.random() < 0.3:
            books.credit(made, credit.Part(1), on=day)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_sums_equal_those_of_the_documents_to_the_ban(books, seed):
    chance(books, seed)
    expected = defaultdict(lambda: [0, 0])
    rows = {}
    for kind in (DocumentKind.INVOICE, DocumentKind.CREDIT_NOTE):
        for row in billing.documents(kind):
            content = snapshot_json.from_json(row.snapshot)
            parts = in_lei(content)
            rows[row.number_text] = (sum(net for _row, net, _vat in parts), sum(vat for _row, _net, vat in parts))
            for subtotal, net, vat in parts:
                sum_ = expected[TREATMENTS[content.tax.rule], subtotal.rate, content.tax.place]
                sum_[0] += net
                sum_[1] += vat
    found = {(one.treatment, one.percent, one.place): [one.net.minor, one.vat.minor] for one in totals()}
    assert found == expected
    _header, written = lines()
    assert {row[3]: (int(row[-3] * 100), int(row[-2] * 100)) for row in written[:-1]} == rows
    for column in range(11, len(written[0])):
        assert written[-1][column] == sum(row[column] for row in written[:-1])


def test_an_invoice_and_its_credit_note_add_up_to_nothing(books):
    books.credit(
        books.invoice(samples.draft("Găzduire", "0.33", "7"), samples.draft("Vechi", "9.99", rate=Decimal(19)))
    )
    books.credit(books.invoice(samples.draft("Server", "108.90"), currency="EUR"))
    assert sums() == (0, 0)
    assert len(numbers()) == 4


def test_the_vat_of_a_euro_invoice_is_converted_once(books):
    """22.87 EUR at 5.0912 is 116.44 lei, and not 21 % of the converted base."""
    books.invoice(samples.draft("Server", "108.90"), currency="EUR")
    assert sums() == (55_443, 11_644)
    [row] = lines()[1][:-1]
    assert row[8:11] == ("EUR", Decimal("5.0912"), Decimal("131.77"))


def test_parts_of_several_rates_add_up_to_the_converted_whole(books):
    """0.12 EUR are 0.61 lei, and three times 0.04 EUR 0.60: the part with most VAT takes the ban."""
    parts = [samples.draft(f"{rate}", "0.04", rate=Decimal(rate)) for rate in (11, 21, 21)]
    books.invoice(*parts, currency="EUR")
    found = {total.percent: (total.net.minor, total.vat.minor) for total in totals()}
    assert found == {Decimal(21): (41, 10), Decimal(11): (20, 0)}
    parts = [samples.draft(f"{rate}", "0.04", rate=Decimal(rate)) for rate in (11, 19, 21)]
    books.invoice(*parts, currency="EUR", day=date(2026, 11, 5))
    found = {total.percent: (total.net.minor, total.vat.minor) for total in totals(NOVEMBER)}
    assert found == {Decimal(19): (21, 5), Decimal(21): (20, 5), Decimal(11): (20, 0)}


def test_what_is_taken_back_of_an_advance_keeps_its_rates(books):
    """100 EUR at 19 % and 5.00 lei, delivered at 21 % and 5.0912: the journal has the VAT in lei of the document."""
    taken = snapshot.AdvanceFact("EXF1", DAY, -10_000, -1_900, replace(RATE, lei=Decimal("5.00")))
    back = samples.draft("Avans", "100", "-1", rate=Decimal(19))
    made = books.invoice(samples.draft("Server", "100"), back, currency="EUR", advances=(taken,))
    found = {total.percent: (total.net.minor, total.vat.minor) for total in totals()}
    assert found == {Decimal(21): (50_912, 10_692), Decimal(19): (-50_000, -9_500)}
    assert sums()[1] == snapshot_json.from_json(made.snapshot).vat_in_lei_minor
    note = books.credit(made, on=date(2026, 11, 5))
    assert sums(NOVEMBER) == tuple(-amount for amount in sums())
    assert note.net_minor == 0


def test_an_advance_and_its_delivery_at_one_rate_are_one_row(books):
    taken = snapshot.AdvanceFact("EXF1", DAY, -4_000, -840, replace(RATE, lei=Decimal("5.00")))
    books.invoice(samples.draft("Server", "100"), samples.draft("Avans", "40", "-1"), currency="EUR", advances=(taken,))
    assert sums() == (50_912 - 20_000, 10_692 - 4_200)


def test_a_currency_without_decimals_is_converted_by_its_whole_units(books):
    """JPY 1,500 of VAT at 3.1896 for a hundred are 47.84 lei."""
    yen = Rate("JPY", Decimal("0.031896"), DAY)
    books.invoice(untaxed("Server", "15"), currency="JPY", exchange=yen, rule=Rule.REVERSE_CHARGE, place="DE")
    assert sums() == (4_784, 0)


class TestPeriods:
    def test_the_tax_point_says_which_month(self, books):
        early = books.invoice(day=date(2026, 10, 31), issued=date(2026, 11, 2))
        late = books.invoice(day=date(2026, 11, 1))
        assert numbers() == [early.number_text]
        assert numbers(NOVEMBER) == [late.number_text]
        with looking():
            assert (journal.issued_late(OCTOBER), journal.issued_late(NOVEMBER)) == (1, 0)

    def test_a_credit_note_stands_on_its_own_day(self, books):
        books.credit(books.invoice(), on=date(2026, 11, 3))
        assert sums() == (10_000, 2_100)
        assert sums(NOVEMBER) == (-10_000, -2_100)

    def test_an_invoice_issued_anew_stands_beside_its_credit_note(self, books):
        first = books.invoice()
        again = books.again(first, books.credit(first, on=date(2026, 11, 3)), on=date(2026, 11, 3))
        assert again.tax_point == DAY
        assert numbers() == [first.number_text]
        assert again.number_text in numbers(NOVEMBER)
        assert sums(NOVEMBER) == (0, 0)

    def test_proformas_are_no_sales(self, books):
        billing.make_proforma(books.customer)
        with looking():
            assert journal.totals(Wanted(Period(date(2000, 1, 1), date(2100, 1, 1)))) == []


class TestColumns:
    def test_each_treatment_has_its_column(self, books):
        books.invoice()
        books.invoice(samples.draft("Vechi", "10", rate=Decimal(19)))
        books.reverse()
        books.shop("DE", 19)
        books.invoice(untaxed("Server", "7", types.TaxCategory.OUTSIDE_SCOPE), rule=Rule.OUTSIDE_CONSUMER, place="US")
        books.invoice(untaxed("Server", "8", types.TaxCategory.OUTSIDE_SCOPE), rule=Rule.SELLER_EXEMPT)
        header, rows = lines()
        assert header[11:] == (
            "Romania 21%: net", "Romania 21%: VAT", "Romania 19%: net", "Romania 19%: VAT",
            "EU, reverse charge: net", "EU, reverse charge: VAT", "EU consumers (OSS): net", "EU consumers (OSS): VAT",
            "Outside the EU: net", "Outside the EU: VAT", "Without VAT: net", "Without VAT: VAT",
            "Net, lei", "VAT, lei", "Total, lei",
        )  # fmt: skip
        assert [str(value) for value in rows[-1][11:]] == [
            "100.00", "21.00", "10.00", "1.90", "50.00", "0.00", "52.00", "9.88", "7.00", "0.00", "8.00", "0.00",
            "227.00", "32.78", "259.78",
        ]  # fmt: skip
        assert "EU consumers (OSS) DE 19%" in [row[7] for row in rows]

    def test_consumers_below_the_threshold_pay_romanian_vat(self, books):
        books.invoice(rule=Rule.BELOW_THRESHOLD, buyer=samples.PERSON)
        assert [total.treatment for total in totals()] == [Treatment.ROMANIA]

    def test_a_persons_number_is_never_written(self, books):
        books.invoice(buyer=replace(samples.PERSON, personal_id="1960523410015"))
        assert "1960523410015" not in str(lines())

    def test_a_filter_leaves_its_documents_and_their_sums(self, books):
        books.invoice()
        german = books.reverse()
        note = books.credit(german)
        assert numbers(treatment=Treatment.REVERSE_CHARGE) == [german.number_text, note.number_text]
        assert numbers(partner="DE136695976", kind=DocumentKind.INVOICE) == [german.number_text]
        assert sums(treatment=Treatment.REVERSE_CHARGE) == (0, 0)
        assert sums(percent=Decimal(21), place="RO") == (10_000, 2_100)
        assert numbers(percent=Decimal(19)) == []


class TestLeafing:
    def test_every_document_is_met_once_forwards_and_back(self, books, monkeypatch):
        monkeypatch.setattr(journal, "PAGE_SIZE", 4)
        made = [books.invoice(day=date(2026, 10, 1 + number % 3)).number_text for number in range(10)]
        with looking():
            pages, cursor = [], None
            while cursor is not None or not pages:
                pages.append(journal.page(Wanted(OCTOBER), cursor))
                cursor = pages[-1].next
            walked = [row.number for page in pages for row in page.items]
            assert sorted(walked) == sorted(made)
            assert walked == numbers()
            back = journal.page(Wanted(OCTOBER), pages[2].previous)
            assert [row.number for row in back.items] == walked[4:8]
            assert journal.page(Wanted(OCTOBER), back.previous).previous is None
        assert [len(page.items) for page in pages] == [4, 4, 2]

    @pytest.mark.parametrize("cursor", ["", "!", "Zg==", "ZiAyMDI2LTEzLTAxIDE=", "Yg", "é"])
    def test_a_damaged_cursor_gives_the_first_page(self, books, cursor):
        books.invoice()
        with looking():
            assert len(journal.page(Wanted(OCTOBER), cursor).items) == 1


class TestFiles:
    def test_romanian_spreadsheets_get_semicolons_and_commas(self, books):
        books.invoice(buyer=replace(samples.COMPANY, name="=HYPERLINK(1);\nS.R.L."))
        with entered(SystemScope("test")), i18n.in_locale("ro"):
            text = b"".join(files.csv_chunks(journal.sheet(Wanted(OCTOBER)), romanian=True)).decode()
        assert text.startswith("\ufeff")
        assert text.count("\r\n") == 3
        assert '"\'=HYPERLINK(1);\nS.R.L."' in text
        assert ";100,00;21,00;121,00\r\n" in text

    def test_a_workbook_says_the_same(self, books, tmp_path):
        books.invoice()
        books.credit(books.invoice(samples.draft("Server", "8.90"), currency="EUR"), credit.Part(1, 100))
        header, rows = lines()
        path = tmp_path / "journal.xlsx"
        with looking():
            path.write_bytes(b"".join(files.xlsx_chunks(journal.sheet(Wanted(OCTOBER)))))
        [head, *found] = list(load_workbook(path).active.iter_rows())
        assert [cell.value for cell in head] == list(header)
        assert head[0].font.b
        for written, row in zip(found, rows, strict=True):
            for cell, value in zip(written, row, strict=True):
                shown = cell.value.date() if hasattr(cell.value, "date") else cell.value
                assert shown == (float(value) if isinstance(value, Decimal) else value)
        assert found[0][-1].number_format == "#,##0.00"


def test_the_course_of_a_month_goes_by_days_and_of_a_year_by_months(books):
    books.invoice()
    books.reverse(day=date(2026, 10, 6))
    with looking():
        step, days = journal.by_step(OCTOBER)
        assert (step, days) == (
            "day",
            {
                DAY: {Treatment.ROMANIA: Money(10_000, "RON")},
                date(2026, 10, 6): {Treatment.REVERSE_CHARGE: Money(5_000, "RON")},
            },
        )
        step, by_month = journal.by_step(Period.year(DAY))
        assert (step, list(by_month)) == ("month", [date(2026, 10, 1)])
