"""Notifications in the application."""

from praho.core.contributions import Contributions
from praho.core.domain import Domain
from praho.core.jobs.kinds import JobHandler
from praho.notifications import events, jobs
from praho.notifications.services import personal_data
from praho.notifications.web import admin, desk

DOMAIN = Domain(
    name="notifications",
    blueprints=(admin.bp,),
    job_kinds=(events.DELIVER,),
    job_handlers=(JobHandler(events.DELIVER, jobs.deliver),),
    personal_data=personal_data.RULES,
    contributions=Contributions(
        navigation=(admin.NAVIGATION,),
        timelines=(admin.TIMELINE,),
        attention=desk.ATTENTION,
        bulk_actions=desk.BULK,
    ),
)
