"""Notifications in the application."""

from praho.core.contributions import Contributions
from praho.core.domain import Domain
from praho.core.jobs.kinds import JobHandler, Scheduled
from praho.notifications import events, jobs
from praho.notifications.services import personal_data
from praho.notifications.web import admin, desk

DOMAIN = Domain(
    name="notifications",
    blueprints=(admin.bp,),
    job_kinds=(events.DELIVER, events.FORGET_UNDELIVERED),
    job_handlers=(
        JobHandler(events.DELIVER, jobs.deliver),
        JobHandler(events.FORGET_UNDELIVERED, jobs.forget_undelivered),
    ),
    schedule=(Scheduled(events.FORGET_UNDELIVERED),),
    personal_data=personal_data.RULES,
    contributions=Contributions(
        navigation=(admin.NAVIGATION,),
        timelines=(admin.TIMELINE,),
        attention=desk.ATTENTION,
        bulk_actions=desk.BULK,
    ),
)
