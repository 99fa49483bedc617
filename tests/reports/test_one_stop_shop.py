"""D398: euro by the rate of the quarter's last day, corrections at that of their own quarter, the threshold."""

from datetime import date
from decimal import Decimal

import pytest

from praho.billing.tax.services import threshold
from praho.core import clock, i18n
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.money import Money
from praho.models.billing.exchange import ExchangeRate
from praho.models.settings import Setting
from praho.reports.services import one_stop_shop
from praho.reports.types import Period

FOURTH = Period.parse("2026-Q4")
JANUARY = date(2027, 1, 15)


@pytest.fixture(autouse=True)
def rates(books):
    published = {
        date(2026, 9, 30): "5.00",
        date(2026, 12, 30): "5.05",
        date(2027, 1, 4): "5.10",  # the first day after the quarter's end with a rate
        date(2027, 1, 5): "5.20",
    }
    with entered(SystemScope("test")), unit_of_work() as session:
        session.add_all(
            ExchangeRate(currency="EUR", published_on=day, lei=Decimal(lei)) for day, lei in published.items()
        )


def declared(today=JANUARY, **typed):
    with i18n.in_locale("en"), entered(SystemScope("test")):
        return one_stop_shop.declared(FOURTH, today, **typed)


def test_lei_are_converted_at_the_next_rate_that_was_published(books):
    books.shop("DE", 19, "100")
    books.shop("DE", 19, "50", currency="EUR")
    books.shop("FI", "25.5", "52", day=date(2026, 12, 31))
    found = declared()
    assert (found.rate.lei, found.rate.published_on, found.provisional) == (Decimal("5.1"), date(2027, 1, 4), False)
    assert [(row.country, str(row.percent), row.documents, row.net.minor, row.vat.minor) for row in found.rows] == [
        ("DE", "19", 2, 5_000 + 1_961, 950 + 373),
        ("FI", "25.5", 1, 1_020, 260),
    ]
    assert found.due == Money(950 + 373 + 260, "EUR")


def test_a_running_quarter_is_provisional(books):
    assert declared(today=date(2026, 12, 31)).provisional
    assert not declared(today=date(2027, 1, 1)).provisional


def test_the_banks_own_rate_can_be_typed(books):
    books.shop("DE", 19, "100")
    found = declared(typed=Decimal("5.0"))
    assert found.rate.typed
    assert found.rows[0].net == Money(2_000, "EUR")


def test_a_credit_note_of_an_earlier_quarter_is_a_correction_at_its_rate(books):
    books.credit(books.shop("DE", 19, "100", day=date(2026, 8, 5)), on=date(2026, 10, 20))
    books.credit(books.shop("DE", 19, "10", day=date(2026, 10, 5)), on=date(2026, 10, 20))
    found = declared()
    assert [(one.quarter.code, one.country, one.documents, one.vat) for one in found.corrections] == [
        ("2026-Q3", "DE", 1, Money(-380, "EUR"))
    ]
    assert [(row.documents, row.net.minor, row.vat.minor) for row in found.rows] == [(2, 0, 0)]
    assert found.due == Money(-380, "EUR")


def test_the_file_has_rows_corrections_and_the_sum(books):
    books.credit(books.shop("DE", 19, "100", day=date(2026, 8, 5)), on=date(2026, 10, 20))
    books.shop("FR", 20, "51", day=DAY_OF_QUARTER)
    with i18n.in_locale("en"):
        sheet = one_stop_shop.sheet(declared())
    assert list(sheet.rows) == [
        ("FR", Decimal(20), 1, Decimal("10.00"), Decimal("2.00"), None),
        ("DE", None, 1, None, Decimal("-3.80"), "2026-Q3"),
        ("Total", None, None, None, Decimal("-1.80"), None),
    ]


DAY_OF_QUARTER = date(2026, 11, 11)


def test_other_currencies_are_refused():
    with pytest.raises(ValueError, match="USD"):
        one_stop_shop.in_euro([Money(1, "USD")], Decimal(5))


def test_the_threshold_is_watched(books):
    books.shop("DE", 19, "20000", day=date(2026, 5, 5))
    with entered(SystemScope("test")), unit_of_work() as session:
        session.add(Setting(key="tax.eu_sales_elsewhere", value=26_337, updated_at=clock.now()))
    with entered(SystemScope("test")):
        found = threshold.watch(2026)
    assert (found.sold.minor, found.before.minor, found.threshold.minor) == (4_633_700, 2_633_700, 4_633_700)
    assert (found.percent, found.passed, found.chosen) == (100, False, False)
