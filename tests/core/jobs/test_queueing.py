"""Enqueueing: once per occasion, in the transaction of its cause, with payloads of plain values."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import StatementError

from praho.core import clock
from praho.core.db.scope import AnonymousScope, CustomerScope, StrayChange, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs import queueing
from praho.core.jobs.kinds import JobKind
from praho.core.jobs.table import Job, JobState, Queue
from praho.core.request_id import request_context
from tests.core.jobs.toys import SAY, Other, Word, put, row
from tests.factories import customers
from tests.threads import all_at_once


def _count() -> int:
    with entered(SystemScope("test")) as session:
        return session.scalar(select(func.count()).select_from(Job))


def test_once_per_occasion(db):
    assert put("one") is True
    assert put("one") is False
    assert put("one", JobKind("test.other", Word)) is True
    assert _count() == 2


def test_once_per_occasion_also_when_all_ask_at_once(live_db):
    assert sorted(all_at_once([lambda: put("one")] * 8)) == [False] * 7 + [True]
    assert _count() == 1


def test_the_row_says_what_its_kind_declares(db):
    kind = JobKind("test.slow", Word, queue=Queue.REPORTS, max_failures=3, lease=timedelta(minutes=5))
    with request_context("0123456789abcdef"):
        put("one", kind)
    job = row("one", kind)
    assert (job.queue, job.max_failures, job.lease_seconds) == (Queue.REPORTS, 3, 300)
    assert (job.state, job.attempts, job.failures, job.payload) == (JobState.READY, 0, 0, {"word": "one"})
    assert job.request_id == "0123456789abcdef"


def test_a_rollback_takes_the_job_along(db):
    with entered(SystemScope("test")), pytest.raises(LookupError), unit_of_work():
        queueing.enqueue(SAY, Word("one"), occasion="one")
        raise LookupError
    assert _count() == 0
    assert put("one") is True


def test_it_belongs_inside_a_unit_of_work(db):
    with entered(SystemScope("test")), pytest.raises(StrayChange):
        queueing.enqueue(SAY, Word("one"), occasion="one")


def test_the_portal_enqueues_too_and_reads_nobodys_payload(db):
    customer = customers.make_customer()
    for number, scope in enumerate((CustomerScope(customer.id), AnonymousScope())):
        with entered(scope), unit_of_work():
            assert queueing.enqueue(SAY, Word("x"), occasion=f"{number}") is True
            assert queueing.enqueue(SAY, Word("x"), occasion=f"{number}") is False


def test_another_kinds_payload_is_refused(db):
    with entered(SystemScope("test")), unit_of_work(), pytest.raises(TypeError):
        queueing.enqueue(SAY, Other(1), occasion="one")  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Dated:
    on: date


def test_a_payload_that_is_not_json_is_refused(db):
    with entered(SystemScope("test")), pytest.raises((TypeError, StatementError)), unit_of_work():
        queueing.enqueue(JobKind("test.dated", Dated), Dated(date(2026, 1, 31)), occasion="one")
    assert _count() == 0


def test_the_nudge_comes_after_the_commit_and_only_for_what_is_new_and_due(db):
    nudged: list[tuple[int, str]] = []
    queueing.use_nudge(lambda job_id, queue: nudged.append((job_id, queue)))
    with entered(SystemScope("test")), unit_of_work():
        queueing.enqueue(SAY, Word("one"), occasion="one")
        assert nudged == []
    assert nudged == [(row("one").id, "default")]
    put("one")
    put("later", delay=timedelta(hours=1))
    with entered(SystemScope("test")), pytest.raises(LookupError), unit_of_work():
        queueing.enqueue(SAY, Word("undone"), occasion="undone")
        raise LookupError
    assert len(nudged) == 1


def test_a_delay_is_machine_time_whatever_the_clock_says(db, move_clock):
    move_clock("2031-05-01T12:00:00+03:00")
    before = clock.machine_now()
    put("later", delay=timedelta(hours=1))
    assert before + timedelta(hours=1) <= row("later").run_at <= clock.machine_now() + timedelta(hours=1)
