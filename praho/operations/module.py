"""What operations plugs into the application."""

from datetime import timedelta

from praho.core.contributions import Contributions
from praho.core.domain import Domain
from praho.core.jobs.kinds import JobHandler, Scheduled
from praho.operations import events
from praho.operations import jobs as work
from praho.operations.services import personal_data
from praho.operations.web import bulk, desk, health, jobs, recorded, saved_filters

DOMAIN = Domain(
    name="operations",
    blueprints=(health.blueprint, jobs.bp, bulk.bp, saved_filters.bp),
    job_kinds=(events.PRUNE, events.FOLD_TALLIES, events.RUN_BULK),
    job_handlers=(
        JobHandler(events.PRUNE, work.prune),
        JobHandler(events.FOLD_TALLIES, work.fold_tallies),
        JobHandler(events.RUN_BULK, work.run_bulk),
    ),
    schedule=(Scheduled(events.PRUNE), Scheduled(events.FOLD_TALLIES, every=timedelta(minutes=5))),
    personal_data=personal_data.RULES,
    contributions=Contributions(
        recorded=recorded.ACTIONS,
        navigation=(jobs.NAVIGATION,),
        attention=desk.ATTENTION,
        bulk_actions=desk.BULK,
    ),
)
