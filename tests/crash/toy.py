"""A scenario of two jobs: an order is billed under a gap-free number, then an outside world is told of it once.

The world is a folder with a file for each idempotency key, and a line in it for each time it was told.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from praho.core import clock
from praho.core.db import engine
from praho.core.db.locking import lock_one
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import assert_no_transaction, unit_of_work
from praho.core.jobs import queueing
from praho.core.jobs.kinds import JobHandler, JobKind
from praho.core.jobs.running import Jobs
from praho.core.jobs.table import Job, JobState, Queue
from praho.core.web.tables import RateCounter, SpentFormToken
from praho.models.billing.documents import DocumentKind, NumberSeries

WORLD = "PRAHO_TEST_TOY_WORLD"


@dataclass(frozen=True, slots=True)
class Order:
    number: int


BILL = JobKind("toy.bill", Order, queue=Queue.HIGH)
TELL = JobKind("toy.tell", Order, queue=Queue.LOW)


def open_application() -> Jobs:
    engine.connect(os.environ["PRAHO_DATABASE_URL"])
    handlers = (JobHandler(BILL, _bill), JobHandler(TELL, _tell))
    return Jobs({handler.kind.name: handler for handler in handlers})


def prepare() -> None:
    with entered(SystemScope("prepare")), unit_of_work():
        session().add(NumberSeries(kind=DocumentKind.INVOICE, prefix="TOY"))


def act() -> None:
    """Send the form of one order, as a browser that is not sure may do twice."""
    with entered(SystemScope("order")), unit_of_work():
        if session().get(SpentFormToken, "the form") is None:
            session().add(
                SpentFormToken(token_hash="the form", purpose="toy", result=None, spent_at=clock.machine_now())
            )
            queueing.enqueue(BILL, Order(1), occasion="1")


def _bill(order: Order) -> None:
    with unit_of_work():
        series = lock_one(NumberSeries, session().scalars(select(NumberSeries.id)).one())
        if session().get(RateCounter, f"bill of {order.number}") is not None:
            return
        bill = RateCounter(key=f"bill of {order.number}", window_start=clock.machine_now(), hits=series.next_number)
        session().add(bill)
        series.next_number += 1
        queueing.enqueue(TELL, order, occasion=str(order.number))


def _tell(order: Order) -> None:
    assert_no_transaction()
    tell_once(Path(os.environ[WORLD]), f"order {order.number}")
    with unit_of_work():
        session().get_one(SpentFormToken, "the form").result = "told"


def tell_once(world: Path, key: str) -> None:
    """Be the provider: one effect for each key."""
    if not (world / key).exists():
        with (world / key).open("a") as effects:
            effects.write("effect\n")


def assert_settled() -> None:
    with entered(SystemScope("look")) as looking:
        assert looking.scalars(select(Job.state)).all() == [JobState.DONE] * 2
        assert looking.scalars(select(RateCounter.hits)).all() == [1]
        assert looking.scalars(select(NumberSeries.next_number)).one() == 2
        assert looking.scalars(select(SpentFormToken.result)).one() == "told"
    told = sorted(Path(os.environ[WORLD]).iterdir())
    assert [(each.name, each.read_text()) for each in told] == [("order 1", "effect\n")]
