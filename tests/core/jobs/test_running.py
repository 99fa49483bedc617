"""Claim → handle → record: leases, fencing, back-off, dead letters, and what a handler finds around it."""

from datetime import timedelta

import pytest
import structlog

from praho.core import clock, crash
from praho.core.db import scope
from praho.core.db.scope import SystemScope
from praho.core.db.uow import assert_no_transaction
from praho.core.jobs import claiming
from praho.core.jobs.kinds import Again, JobKind
from praho.core.jobs.table import JobState, Queue
from praho.core.principal import current_principal
from praho.core.request_id import current_request_id, request_context
from tests.core.jobs.toys import NO_TIME, SAY, Said, Word, hurry, put, row, run_all


def test_a_job_is_done_once(db):
    said = Said()
    put("one")
    assert said.jobs.run_one("test") is True
    assert said.jobs.run_one("test") is False
    job = row("one")
    assert (said.words, job.state, job.attempts, job.lease_until) == (["one"], JobState.DONE, 1, None)
    assert job.finished_at is not None


def test_the_oldest_comes_first(db):
    said = Said()
    put("first")
    put("later", delay=timedelta(hours=1))
    put("second")
    assert run_all(said.jobs) == 2
    assert said.words == ["first", "second"]


def test_a_named_job_or_those_of_a_queue(db):
    said = Said()
    high = JobKind(SAY.name, Word, queue=Queue.HIGH)
    put("plain")
    put("urgent", high)
    assert said.jobs.run_one("test", queues=frozenset({Queue.HIGH})) is True
    assert said.jobs.run_one("test", queues=frozenset({Queue.HIGH})) is False
    assert said.jobs.run_one("test", job_id=row("urgent").id) is False
    assert said.jobs.run_one("test", job_id=row("plain").id) is True
    assert said.words == ["urgent", "plain"]


def test_due_jobs_names_what_waits_the_oldest_first(db):
    for word in ("one", "two", "three"):
        put(word)
    put("later", delay=timedelta(hours=1))
    expected = [(row(word).id, "default") for word in ("one", "two", "three")]
    assert claiming.due_jobs(10) == expected
    assert claiming.due_jobs(2) == expected[:2]
    claiming.claim("test", timedelta(hours=1))
    assert claiming.due_jobs(10) == expected[1:]


def test_the_handler_runs_for_the_system_under_the_requests_id_without_a_transaction(db):
    seen: list[object] = []

    def look() -> None:
        assert_no_transaction()
        seen.append((scope.current_scope(), current_principal().name, current_request_id()))
        seen.append(structlog.contextvars.get_contextvars()["kind"])

    with request_context("0123456789abcdef"):
        put("look")
    Said(then={"look": look}).jobs.run_one("test")
    assert seen == [(SystemScope("job test.say"), "test.say", "0123456789abcdef"), "test.say"]
    assert current_request_id() is None


def test_a_failure_backs_off_and_the_last_one_is_a_dead_letter(db):
    patient = JobKind(SAY.name, Word, max_failures=3)
    said = Said(then={"bad": ValueError("no such thing")})
    put("bad", patient)
    for failures in (1, 2):
        before = clock.machine_now()
        assert said.jobs.run_one("test") is True
        job = row("bad")
        assert (job.state, job.failures) == (JobState.RETRY, failures)
        assert job.run_at > before + timedelta(seconds=1.7)
        assert "ValueError: no such thing" in job.last_error
        assert said.jobs.run_one("test") is False
        hurry()
    said.jobs.run_one("test")
    hurry()
    assert run_all(said.jobs) == 0
    assert (row("bad").state, row("bad").failures, row("bad").attempts) == (JobState.DEAD, 3, 3)


def test_a_later_success_forgets_the_error(db):
    said = Said(then={"one": ValueError("once")})
    put("one")
    said.jobs.run_one("test")
    said.then.clear()
    hurry()
    said.jobs.run_one("test")
    assert (row("one").state, row("one").last_error) == (JobState.DONE, None)


def test_the_wait_doubles_up_to_an_hour_with_a_little_chance():
    for failures in range(1, 40):
        expected = min(2.0**failures, 3600.0)
        waits = {claiming.backoff(failures).total_seconds() for _ in range(20)}
        assert all(0.9 * expected <= wait <= 1.1 * expected for wait in waits)
        assert len(waits) > 1


def test_again_is_neither_success_nor_failure(db):
    said = Said(then={"wait": Again(30, "not there yet")})
    put("wait")
    before = clock.machine_now()
    said.jobs.run_one("test")
    job = row("wait")
    assert (job.state, job.failures, job.last_error) == (JobState.READY, 0, "not there yet")
    assert before + timedelta(seconds=30) <= job.run_at <= clock.machine_now() + timedelta(seconds=30)


def test_a_kind_without_a_handler_is_a_failure(db):
    put("one", JobKind("test.unknown", Word))
    assert Said().jobs.run_one("test") is True
    job = row("one", JobKind("test.unknown", Word))
    assert (job.state, job.failures) == (JobState.RETRY, 1)
    assert "test.unknown" in job.last_error


def test_a_payload_that_does_not_fit_any_more_is_a_failure(db):
    put("one")
    renamed = JobKind(SAY.name, Word)
    with scope.entered(SystemScope("test")), claiming.unit_of_work() as session:
        session.get(claiming.Job, row("one").id).payload = {"old_name": "one"}
    said = Said()
    said.jobs.run_one("test")
    assert said.words == []
    assert (row("one", renamed).state, row("one").failures) == (JobState.RETRY, 1)


@pytest.mark.parametrize("words", ["zero \0 byte", "half \udc80 a letter", "ș" * 5000])
def test_no_error_text_is_too_strange_to_be_recorded(db, words):
    put("one")
    Said(then={"one": ValueError(words)}).jobs.run_one("test")
    job = row("one")
    assert (job.state, job.failures) == (JobState.RETRY, 1)
    assert 0 < len(job.last_error) <= 4000


def test_a_live_lease_keeps_others_away_and_a_dead_one_hands_over(db):
    put("one")
    held = claiming.claim("first")
    assert claiming.claim("second") is None
    hurry()
    taken = claiming.claim("second")
    assert (held.attempt, taken.attempt, taken.id) == (1, 2, held.id)
    assert row("one").worker == "second"


def _fail(job: claiming.Claimed) -> bool:
    return claiming.record_failure(job, "late")


def _again(job: claiming.Claimed) -> bool:
    return claiming.record_again(job, 1, "late")


@pytest.mark.parametrize("late", [claiming.record_done, _fail, _again])
def test_a_late_attempt_records_nothing(db, late):
    put("one")
    first = claiming.claim("first", NO_TIME)
    second = claiming.claim("second", timedelta(hours=1))
    assert late(first) is False
    job = row("one")
    assert (job.state, job.worker, job.failures) == (JobState.RUNNING, "second", 1)
    assert claiming.record_done(second) is True
    assert late(first) is False
    assert row("one").state is JobState.DONE


def test_a_late_attempt_that_nobody_replaced_counts(db):
    put("one")
    late = claiming.claim("first", NO_TIME)
    assert claiming.record_done(late) is True


def test_a_job_that_ends_its_worker_each_time_becomes_a_dead_letter(db):
    put("killer", JobKind(SAY.name, Word, max_failures=3))
    attempts = [claiming.claim(f"worker {number}", NO_TIME) for number in range(5)]
    assert [attempt is not None for attempt in attempts] == [True, True, True, False, False]
    job = row("killer")
    assert (job.state, job.attempts, job.failures) == (JobState.DEAD, 3, 3)
    assert "worker 2" in job.last_error


def test_a_dead_letter_on_the_way_does_not_hide_the_job_behind_it(db):
    put("killer", JobKind(SAY.name, Word, max_failures=1))
    claiming.claim("gone", NO_TIME)
    put("next")
    said = Said()
    assert said.jobs.run_one("test") is True
    assert said.words == ["next"]


def test_the_crash_points_of_a_job(db):
    put("one")
    crash.arm(1000)
    Said().jobs.run_one("test")
    claimed_handled_recorded, two_units_of_work = 3, 4
    assert crash.passages() == claimed_handled_recorded + two_units_of_work


def test_a_lot_is_run_in_order_and_recorded_together(db):
    said = Said(then={"bad": ValueError("no such thing"), "again": lambda: Again(3600.0)})
    for word in ("one", "bad", "again", "two", "three"):
        put(word)
    put("later", delay=timedelta(hours=1))
    assert said.jobs.run_many("test", 4) == 4
    assert said.words == ["one", "bad", "again", "two"]
    states = [row(word).state for word in ("one", "bad", "again", "two", "three")]
    assert states == [JobState.DONE, JobState.RETRY, JobState.READY, JobState.DONE, JobState.READY]
    assert (row("one").attempts, row("one").lease_until) == (1, None)
    assert said.jobs.run_many("test") == 1
    assert said.jobs.run_many("test") == 0


def test_a_lot_leaves_alone_what_another_attempt_has_taken_over(db):
    put("one")
    [late] = claiming.claim_many("test", 5)
    hurry()
    claiming.claim("other", NO_TIME, job_id=late.id)
    claiming.record_all_done([late])
    assert row("one").state is JobState.RUNNING
