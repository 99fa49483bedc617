"""What services plug into the application."""

from datetime import timedelta

from praho.core.domain import Domain
from praho.core.jobs.kinds import JobHandler, Scheduled
from praho.provisioning import events, jobs
from praho.provisioning.services import personal_data
from praho.provisioning.web import admin, portal
from praho.provisioning.web.contributions import CONTRIBUTIONS

DOMAIN = Domain(
    name="provisioning",
    blueprints=(portal.bp, admin.bp),
    job_kinds=(events.CREATE, events.ANNOUNCE_SERVICE, events.SWEEP_CREATIONS),
    job_handlers=(
        JobHandler(events.CREATE, jobs.create),
        JobHandler(events.ANNOUNCE_SERVICE, jobs.announce_service),
        JobHandler(events.SWEEP_CREATIONS, jobs.sweep_creations),
    ),
    schedule=(Scheduled(events.SWEEP_CREATIONS, every=timedelta(minutes=1)),),
    contributions=CONTRIBUTIONS,
    personal_data=personal_data.RULES,
)
