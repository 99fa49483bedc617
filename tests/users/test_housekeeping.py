"""What is over is deleted after a while, and what is not stays."""

from datetime import timedelta

import time_machine

from praho.core import clock
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.core.jobs.kinds import Tick
from praho.core.web.tables import RateCounter
from praho.models.users import TokenPurpose, UserSession, UserToken
from praho.users import jobs
from praho.users.services import limits, links, sessions
from praho.users.types import Browser
from tests.factories import users


def test_sessions_links_and_counters_are_forgotten_when_long_over(db):
    user = users.make_user()
    limits.count_sign_up("192.0.2.1")
    with entered(SystemScope("test")), unit_of_work():
        sessions.start(user.id, Browser("192.0.2.1", None))
        links.issue(user.id, TokenPurpose.RESET_PASSWORD)
    with time_machine.travel(clock.machine_now() + timedelta(days=121), tick=True):
        with entered(SystemScope("test")), unit_of_work():
            sessions.start(user.id, Browser("192.0.2.2", None))
        with entered(SystemScope("job")):
            jobs.forget_old(Tick("today"))
    with entered(SystemScope("test")):
        assert [row.ip for row in session().query(UserSession)] == ["192.0.2.2"]
        assert session().query(UserToken).count() == 0
        assert session().query(RateCounter).count() == 0
