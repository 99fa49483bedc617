"""The schedule: one job per occasion, whoever looks and how often, across midnight and the changes of the clocks."""

import itertools
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from praho.core.db.scope import SystemScope, entered
from praho.core.jobs import scheduling
from praho.core.jobs.kinds import JobKind, Scheduled, Tick
from praho.core.jobs.table import Job
from tests.threads import all_at_once

DAILY = Scheduled(JobKind("test.daily", Tick))
HOURLY = Scheduled(JobKind("test.hourly", Tick), every=timedelta(hours=1))


def _occasions() -> list[str]:
    with entered(SystemScope("test")) as session:
        return [payload["occasion"] for payload in session.scalars(select(Job.payload).order_by(Job.id))]


def test_a_daily_job_comes_once_on_each_bucharest_date(db, move_clock):
    for instant in (
        "2026-01-31T12:00:00+02:00",
        "2026-01-31T21:59:00+00:00",
        "2026-01-31T22:01:00+00:00",
        "2026-02-01T23:59:00+02:00",
        "2026-02-04T00:00:30+02:00",
    ):
        move_clock(instant)
        for _ in range(3):
            scheduling.enqueue_due((DAILY,))
    assert _occasions() == ["2026-01-31", "2026-02-01", "2026-02-04"]


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_the_days_of_23_and_25_hours_are_days_like_others(db, move_clock, day):
    midnight = datetime.fromisoformat(f"{day}T00:00:00+00:00")
    for hours in range(-6, 30):
        move_clock(midnight + timedelta(hours=hours))
        scheduling.enqueue_due((DAILY,))
    dates = [(midnight.date() + timedelta(days=days)).isoformat() for days in (-1, 0, 1)]
    assert _occasions() == dates


@pytest.mark.parametrize("start", ["2026-03-28T22:30:00", "2026-10-24T22:30:00", "2026-06-01T00:30:00"])
def test_an_interval_goes_by_machine_time_and_knows_no_summer(db, start):
    first = datetime.fromisoformat(start).replace(tzinfo=UTC)
    for minutes in range(0, 360, 30):
        with time_machine.travel(first + timedelta(minutes=minutes), tick=False):
            scheduling.enqueue_due((HOURLY,))
    occasions = _occasions()
    assert len(occasions) == len(set(occasions)) == 7
    instants = [datetime.fromisoformat(occasion) for occasion in occasions]
    assert {later - earlier for earlier, later in itertools.pairwise(instants)} == {timedelta(hours=1)}


def test_a_moved_clock_does_not_multiply_what_goes_by_machine_time(db, move_clock):
    with time_machine.travel(datetime(2026, 6, 1, 12, 30, tzinfo=UTC), tick=False):
        for day in range(1, 6):
            move_clock(f"2027-06-0{day}T12:00:00+03:00")
            scheduling.enqueue_due((HOURLY, DAILY))
    assert len(_occasions()) == 1 + 5


def test_what_was_enqueued_is_not_asked_for_again(db, count_queries, move_clock):
    move_clock("2026-06-01T12:00:00+03:00")
    scheduling.enqueue_due((DAILY,))
    with count_queries() as counted:
        scheduling.enqueue_due((DAILY,))
    assert counted.count == 0


def test_a_process_that_forgot_changes_nothing(db, move_clock):
    move_clock("2026-06-01T12:00:00+03:00")
    for _ in range(3):
        scheduling.enqueue_due((DAILY,))
        scheduling.forget()
    assert _occasions() == ["2026-06-01"]


def test_many_that_look_at_once_enqueue_one(live_db, move_clock):
    move_clock("2026-06-01T12:00:00+03:00")

    def look() -> None:
        scheduling.forget()
        scheduling.enqueue_due((DAILY,))

    all_at_once([look] * 8)
    assert _occasions() == ["2026-06-01"]
