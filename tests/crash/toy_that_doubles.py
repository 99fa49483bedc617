"""The toy with a job that trusts to luck: it tells the world before it remembers having told it, without a key."""

import os
from pathlib import Path

from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.jobs.kinds import JobHandler
from praho.core.jobs.running import Jobs
from praho.core.web.tables import SpentFormToken
from tests.crash import toy

prepare = toy.prepare
act = toy.act
assert_settled = toy.assert_settled


def open_application() -> Jobs:
    jobs = toy.open_application()
    return Jobs({**jobs.handlers, toy.TELL.name: JobHandler(toy.TELL, _tell)})


def _tell(order: toy.Order) -> None:
    with (Path(os.environ[toy.WORLD]) / f"order {order.number}").open("a") as effects:
        effects.write("effect\n")
    with unit_of_work():
        session().get_one(SpentFormToken, "the form").result = "told"
