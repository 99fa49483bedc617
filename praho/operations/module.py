"""What operations plugs into the application."""

from praho.core.domain import Domain
from praho.operations.web import health

DOMAIN = Domain(name="operations", blueprints=(health.blueprint,))
