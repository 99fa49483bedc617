"""The crash harness proves itself on a toy of two jobs: one that survives every kill, and one that does not."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path

import pytest

from tests.crash import harness, toy

# Two passages of each commit: the request's, what a starting runner frees, and for each of two jobs claim, work and
# record; three more of the runner for each job.
REQUEST, START, JOB = 2, 2, 2 * 3 + 3


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], AbstractContextManager[Mapping[str, str]]]:
    runs = itertools.count()

    @contextmanager
    def fresh() -> Iterator[Mapping[str, str]]:
        folder = tmp_path / str(next(runs))
        folder.mkdir()
        monkeypatch.setenv(toy.WORLD, str(folder))
        yield {toy.WORLD: str(folder)}

    return fresh


@pytest.mark.slow
def test_the_toy_survives_every_kill_under_the_local_runner(live_databases, world):
    passed = harness.kill_everywhere_locally("tests.crash.toy", live_databases, world)
    assert len(passed) == REQUEST + START + 2 * JOB


@pytest.mark.slow
@pytest.mark.redis
def test_the_toy_survives_every_kill_of_a_request(live_databases, world, redis_broker):
    passed = harness.kill_requests_everywhere("tests.crash.toy", live_databases, redis_broker.url, world)
    assert len(passed) == REQUEST


@pytest.mark.slow
@pytest.mark.redis
def test_the_toy_survives_every_kill_of_a_worker(live_databases, world, redis_broker):
    passed = harness.kill_workers_everywhere("tests.crash.toy", live_databases, redis_broker.url, world)
    assert len(passed) == 2 * JOB


@pytest.mark.slow
def test_a_toy_that_doubles_is_found_out(live_databases, world):
    with pytest.raises(AssertionError) as found:
        harness.kill_everywhere_locally("tests.crash.toy_that_doubles", live_databases, world)
    assert "killed at crash point" in found.value.__notes__[0]


def test_every_place_of_a_job_that_makes_a_difference_is_tried(monkeypatch):
    before, after = "unit_of_work.before_commit", "unit_of_work.after_commit"
    job = [before, after, "job.claimed", before, after, "job.handled", before, after, "job.recorded"]
    assert harness.places(job * 2) == [1, 2, 4, 5, 6, 8, 11, 13, 14, 15, 17]
    monkeypatch.setenv("PRAHO_TEST_EVERY_PLACE", "1")
    assert harness.places(job) == list(range(1, 10))


def test_a_process_that_fails_by_itself_is_no_survivor(live_databases):
    without_database = nullcontext({"PRAHO_DATABASE_URL": "postgresql://127.0.0.1:1/none"})
    with pytest.raises(AssertionError, match="failed with 1"):
        harness.kill_everywhere_locally("tests.crash.toy", live_databases, lambda: without_database)
