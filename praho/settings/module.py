"""The settings domain: what staff decide without a deployment."""

from praho.core.domain import Domain
from praho.settings.services import company

DOMAIN = Domain(name="settings", settings=company.FIELDS)
