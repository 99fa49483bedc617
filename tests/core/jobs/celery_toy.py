"""A Celery application with one handler, for the tests of the driver: `celery -A tests.core.jobs.celery_toy worker`.

The handler tells the test of each word by a datagram. While the file of PRAHO_TEST_TOY_HOLD is there it goes on for
ever, as a call to a provider may that never answers.
"""

import os
import socket
import threading
from datetime import timedelta
from pathlib import Path

from praho.core import logging
from praho.core.db import engine
from praho.core.jobs import celery_driver
from praho.core.jobs.kinds import JobHandler
from praho.core.jobs.running import Jobs
from tests.core.jobs.toys import SAY, Word

LEASE = timedelta(seconds=1)


def say(payload: Word) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as told:
        told.sendto(payload.word.encode(), os.environ["PRAHO_TEST_TOY_EAR"])
    if Path(os.environ["PRAHO_TEST_TOY_HOLD"]).exists():
        threading.Event().wait()


logging.configure("warning")
engine.connect(os.environ["PRAHO_TEST_TOY_DATABASE"])
celery = celery_driver.application(
    os.environ["PRAHO_TEST_TOY_BROKER"], Jobs({SAY.name: JobHandler(SAY, say)}, lease=LEASE), (), sweep_seconds=0.5
)
