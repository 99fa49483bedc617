"""Notifications in the application."""

from praho.core.contributions import Contributions
from praho.core.domain import Domain
from praho.core.jobs.kinds import JobHandler
from praho.notifications import events, jobs
from praho.notifications.web import admin

DOMAIN = Domain(
    name="notifications",
    blueprints=(admin.bp,),
    job_kinds=(events.DELIVER,),
    job_handlers=(JobHandler(events.DELIVER, jobs.deliver),),
    contributions=Contributions(cards=(admin.CARD,), navigation=(admin.NAVIGATION,), timelines=(admin.TIMELINE,)),
)
