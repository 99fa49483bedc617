"""Opening number series: one is in use at a time, also when two people open one in the same moment."""

from datetime import date

import pytest
from sqlalchemy import select

from praho.billing.documents.services import numbering, series, series_check
from praho.billing.errors import InvoicingRefused
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, Invalid
from praho.models.billing.documents import DocumentKind, NumberSeries, SeriesKind
from tests.factories import billing, customers
from tests.threads import all_at_once

pytestmark = pytest.mark.usefixtures("domains", "live_db")


def open_series(prefix):
    with entered(SystemScope("test")):
        try:
            series.open_series(SeriesKind.INVOICE, prefix, 4, 1)
        except (Conflict, Invalid) as refusal:
            return type(refusal)
        return prefix


def in_use():
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(NumberSeries.prefix).where(NumberSeries.active)))


def test_one_of_many_that_replace_the_one_in_use_is_in_use_at_the_end():
    billing.make_series("OLD")
    prefixes = [f"S{number}" for number in range(6)]

    assert all_at_once([lambda one=one: open_series(one) for one in prefixes]) == prefixes
    assert len(in_use()) == 1


def test_of_many_first_ones_the_late_are_told():
    outcomes = all_at_once([lambda one=one: open_series(f"S{one}") for one in range(6)])

    assert set(outcomes) <= {*in_use(), Conflict, *(f"S{one}" for one in range(6))}
    assert Invalid not in outcomes
    assert len(in_use()) == 1


def test_a_prefix_serves_once():
    assert open_series("EXF") == "EXF"
    assert open_series("EXF") is Invalid
    assert in_use() == ["EXF"]


def take(day):
    with entered(SystemScope("test")), unit_of_work():
        return numbering.take(DocumentKind.INVOICE, day).text


class TestYearlySeries:
    def test_i4_each_year_has_a_series_of_its_own(self, move_clock):
        move_clock("2026-12-31T12:00:00+00:00")
        open_series("HC{year}-")
        assert [take(date(2026, 12, 30)), take(date(2026, 12, 31))] == ["HC2026-0001", "HC2026-0002"]
        assert [take(date(2027, 1, 1)), take(date(2027, 1, 2))] == ["HC2027-0001", "HC2027-0002"]
        assert in_use() == ["HC2027-"]

    def test_an_earlier_year_cannot_follow(self, move_clock):
        move_clock("2027-01-01T12:00:00+00:00")
        open_series("HC{year}-")
        take(date(2027, 1, 1))
        with pytest.raises(InvoicingRefused):
            take(date(2026, 12, 31))

    def test_of_many_first_ones_of_a_year_none_is_lost(self, move_clock):
        move_clock("2026-12-31T12:00:00+00:00")
        open_series("HC{year}-")
        taken = all_at_once([lambda: take(date(2027, 1, 1)) for _ in range(8)])
        assert sorted(taken) == [f"HC2027-{number:04}" for number in range(1, 9)]

    def test_a_prefix_of_next_year_that_was_used_stops_it(self, move_clock):
        move_clock("2026-12-31T12:00:00+00:00")
        open_series("HC2027-")
        open_series("HC{year}-")
        with pytest.raises(InvoicingRefused):
            take(date(2027, 1, 1))


def test_i3_a_series_outgrows_its_digits():
    billing.make_series("EXF", first_number=9999, next_number=9999)
    assert [take(date(2026, 1, 1)) for _ in range(2)] == ["EXF9999", "EXF10000"]


class TestTheCheck:
    def findings(self):
        with entered(SystemScope("test")):
            return [(one.prefix, one.flaw, one.first, one.last) for one in series_check.check()]

    def test_what_was_issued_is_in_order(self):
        billing.make_seller()
        customer = customers.make_customer()
        for _number in range(3):
            billing.make_invoice(customer)
        assert self.findings() == []

    def test_missing_numbers_are_found(self):
        billing.make_company()
        billing.make_series("EXF", first_number=5, next_number=5)
        customer = customers.make_customer()
        billing.make_invoice(customer)
        skip(3)
        billing.make_invoice(customer)
        skip(1)
        assert self.findings() == [("EXF", "missing", 6, 8), ("EXF", "missing", 10, 10)]

    def test_a_series_without_a_document_is_in_order(self):
        billing.make_series("EXF")
        assert self.findings() == []


def skip(count):
    with entered(SystemScope("test")), unit_of_work() as session:
        session.scalars(select(NumberSeries)).one().next_number += count
