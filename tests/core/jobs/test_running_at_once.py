"""Many workers over one table: each job exactly once."""

import threading
from collections import Counter

from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs import queueing
from praho.core.jobs.kinds import JobHandler
from praho.core.jobs.running import Jobs
from tests.core.jobs.toys import SAY, Word, run_all
from tests.threads import all_at_once

THREADS, JOBS = 20, 60


def test_twenty_threads_do_each_job_once(live_db):
    with entered(SystemScope("test")), unit_of_work():
        for number in range(JOBS):
            queueing.enqueue(SAY, Word(str(number)), occasion=str(number))
    said: list[str] = []
    together = threading.Barrier(THREADS)

    def work() -> int:
        together.wait()
        return run_all(Jobs({SAY.name: JobHandler(SAY, lambda payload: said.append(payload.word))}))

    assert sum(all_at_once([work] * THREADS)) == JOBS
    assert Counter(said) == Counter(str(number) for number in range(JOBS))


def test_all_want_the_same_job_and_one_gets_it(live_db):
    with entered(SystemScope("test")), unit_of_work():
        queueing.enqueue(SAY, Word("one"), occasion="one")
    said: list[str] = []
    together = threading.Barrier(THREADS)

    def work() -> bool:
        together.wait()
        return Jobs({SAY.name: JobHandler(SAY, lambda payload: said.append(payload.word))}).run_one("test", job_id=1)

    assert sum(all_at_once([work] * THREADS)) == 1
    assert said == ["one"]
