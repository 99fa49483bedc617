"""What operations plugs into the application."""

from praho.core.contributions import Contributions
from praho.core.domain import Domain
from praho.operations.web import health, jobs

DOMAIN = Domain(
    name="operations",
    blueprints=(health.blueprint, jobs.bp),
    contributions=Contributions(cards=(jobs.CARD,), navigation=(jobs.NAVIGATION,)),
)
