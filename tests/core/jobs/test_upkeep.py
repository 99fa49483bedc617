"""Reviving dead letters and pruning what is done."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from praho.core.db.scope import StrayChange, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs import queueing, upkeep
from praho.core.jobs.kinds import JobKind
from praho.core.jobs.table import Job, JobState
from tests.core.jobs.toys import SAY, Said, Word, put, row, run_all

IMPATIENT = JobKind(SAY.name, Word, max_failures=1)


def _revive(word: str) -> bool:
    job_id = row(word).id
    with entered(SystemScope("test")), unit_of_work():
        return upkeep.revive(job_id)


def test_a_dead_letter_runs_again_with_all_its_patience(db):
    nudged: list[int] = []
    said = Said(then={"one": LookupError("not yet")})
    put("one", IMPATIENT)
    run_all(said.jobs)
    assert row("one").state is JobState.DEAD
    queueing.use_nudge(lambda job_id, queue: nudged.append(job_id))
    assert _revive("one") is True
    assert nudged == [row("one").id]
    assert (row("one").state, row("one").failures) == (JobState.READY, 0)
    said.then.clear()
    assert run_all(said.jobs) == 1
    assert row("one").state is JobState.DONE


def test_only_the_dead_are_revived(db):
    put("waiting")
    assert _revive("waiting") is False
    with entered(SystemScope("test")), unit_of_work():
        assert upkeep.revive(0) is False
    with entered(SystemScope("test")), pytest.raises(StrayChange):
        upkeep.revive(1)


def test_pruning_takes_what_was_done_long_ago(db):
    for word in ("done", "dead"):
        put(word, IMPATIENT)
    run_all(Said(then={"dead": LookupError()}).jobs)
    put("waiting")
    assert upkeep.prune_done(timedelta(minutes=1)) == 0
    assert upkeep.prune_done(timedelta(0)) == 1
    with entered(SystemScope("test")) as session:
        assert set(session.scalars(select(Job.payload["word"].astext))) == {"dead", "waiting"}


def test_pruning_goes_in_portions(db):
    for word in ("one", "two", "three"):
        put(word)
    run_all(Said().jobs)
    assert [upkeep.prune_done(timedelta(0), limit=2) for _ in range(3)] == [2, 1, 0]
