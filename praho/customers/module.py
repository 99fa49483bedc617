"""The customers domain: buyers, their addresses, contacts and members."""

from praho.core.domain import Domain

DOMAIN = Domain(name="customers")
