"""Daily sums: added with what they count, folded without being lost or doubled, read by day and by month."""

from datetime import date

import pytest
from sqlalchemy import func, select

from praho.core.db.scope import StrayChange, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.tallies import keeping, reading
from praho.core.tallies.reading import Sum
from praho.core.tallies.table import TallyDelta

MAY, JUNE = date(2026, 5, 20), date(2026, 6, 3)


@pytest.fixture
def scope(db):
    with entered(SystemScope("test")) as session:
        yield session


def add(*deltas, **named):
    with unit_of_work():
        for delta in deltas:
            keeping.add("shop.sold", *delta, **named)


def sums():
    return reading.sums(["shop.sold"], days_since=date(2026, 6, 1), months_since=date(2025, 7, 1))


def test_a_sum_is_the_same_before_while_and_after_it_is_folded(scope):
    add((JUNE, 500, "RON"), (JUNE, 250, "RON"), (JUNE, 99, "EUR"), (MAY, 1000, "RON"))
    before = sums()
    with unit_of_work():
        assert keeping.fold() == 4
    assert sums() == before
    assert scope.scalar(select(func.count()).select_from(TallyDelta)) == 0
    add((JUNE, 50, "RON"))
    assert sums().on("shop.sold", "RON", JUNE) == Sum(800, 3)
    with unit_of_work():
        assert keeping.fold() == 1
        assert keeping.fold() == 0
    assert sums().on("shop.sold", "RON", JUNE) == Sum(800, 3)
    assert sums().units("shop.sold") == ["EUR", "RON"]


def test_days_before_the_days_are_months(scope):
    add((date(2026, 5, 2), 100, "RON"), (MAY, 200, "RON"), (JUNE, 400, "RON"), (date(2025, 6, 30), 7, "RON"))
    found = sums()
    assert found.by_month("shop.sold", "RON") == {date(2026, 5, 1): Sum(300, 2), date(2026, 6, 1): Sum(400, 1)}
    assert found.between("shop.sold", "RON", date(2026, 6, 1), date(2026, 6, 30)) == Sum(400, 1)
    assert found.on("shop.sold", "RON", date(2026, 6, 4)) == Sum()


def test_what_is_taken_back_and_what_is_undone_do_not_count(scope):
    add((JUNE, 500, "RON"))
    add((JUNE, -500, "RON"), count=-1)
    with pytest.raises(RuntimeError), unit_of_work():
        keeping.add("shop.sold", JUNE, 900, "RON")
        raise RuntimeError
    assert sums().on("shop.sold", "RON", JUNE) == Sum(0, 0)


def test_it_needs_the_transaction_of_what_it_counts(scope):
    with pytest.raises(StrayChange):
        keeping.add("shop.sold", JUNE, 1, "RON")
