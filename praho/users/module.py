"""The users domain: accounts, sessions, second factors and staff."""

from praho.core.domain import Domain

DOMAIN = Domain(name="users")
