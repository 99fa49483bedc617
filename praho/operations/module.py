"""What operations plugs into the application."""

from praho.core.contributions import Contributions
from praho.core.domain import Domain
from praho.core.jobs.kinds import JobHandler, Scheduled
from praho.operations import cli, events
from praho.operations import jobs as work
from praho.operations.web import health, jobs

DOMAIN = Domain(
    name="operations",
    blueprints=(health.blueprint, jobs.bp),
    job_kinds=(events.PRUNE,),
    job_handlers=(JobHandler(events.PRUNE, work.prune),),
    schedule=(Scheduled(events.PRUNE),),
    commands=(cli.demo,),
    contributions=Contributions(cards=(jobs.CARD,), navigation=(jobs.NAVIGATION,)),
)
