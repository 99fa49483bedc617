"""Business time: moved for demonstrations and tests, ticking on, with Bucharest's dates."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine

from praho.core import clock


def test_moved_time_ticks_on_while_machine_time_stays():
    with time_machine.travel(datetime(2026, 1, 10, 12, tzinfo=UTC), tick=False) as machine:
        clock.move_to(datetime(2031, 5, 1, 9, tzinfo=UTC))
        machine.shift(timedelta(hours=2))
        assert clock.now() == datetime(2031, 5, 1, 11, tzinfo=UTC)
        assert clock.machine_now() == datetime(2026, 1, 10, 14, tzinfo=UTC)
        clock.move_to(None)
        assert clock.now() == clock.machine_now()


def test_moving_for_a_block_puts_back_what_was():
    with time_machine.travel(datetime(2026, 1, 10, 12, tzinfo=UTC), tick=False):
        clock.move_to(datetime(2031, 5, 1, 9, tzinfo=UTC))
        with pytest.raises(LookupError), clock.moved_to(datetime(2027, 1, 1, tzinfo=UTC)):
            assert clock.today() == date(2027, 1, 1)
            raise LookupError
        assert clock.today() == date(2031, 5, 1)


@pytest.mark.parametrize(
    ("instant", "bucharest"),
    [
        ("2025-07-31T20:59:59+00:00", date(2025, 7, 31)),
        ("2025-07-31T21:00:00+00:00", date(2025, 8, 1)),
        ("2026-01-31T21:59:59+00:00", date(2026, 1, 31)),
        ("2026-01-31T22:00:00+00:00", date(2026, 2, 1)),
        ("2026-01-31T17:00:00-05:00", date(2026, 2, 1)),
    ],
)
def test_the_legal_date_is_bucharests(instant, bucharest):
    assert clock.local_date(datetime.fromisoformat(instant)) == bucharest


def test_an_instant_without_a_zone_is_refused():
    naive = datetime(2026, 1, 31, 12)  # noqa: DTZ001  the naive instant is what is tested
    for refuse in (clock.local_date, clock.move_to):
        with pytest.raises(ValueError, match="time zone"):
            refuse(naive)
