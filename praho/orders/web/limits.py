"""How often a network may have registrars asked."""

from flask import request

from praho.core.web import rate_limits
from praho.users.services.limits import network_of

SEARCHES_A_MINUTE = 30


def count_search() -> None:
    """Count one question to the registrars; raises TooManyRequests beyond the limit."""
    rate_limits.hit("domain-search", network_of(request.remote_addr), limit=SEARCHES_A_MINUTE, seconds=60)
