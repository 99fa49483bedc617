"""How often a network may have registrars asked, and fill carts."""

from flask import request

from praho.core.web import rate_limits
from praho.users.services.limits import network_of

SEARCHES_A_MINUTE = 30
PLANS_A_MINUTE = 60


def count_search() -> None:
    """Count one question to the registrars; raises TooManyRequests beyond the limit."""
    rate_limits.hit("domain-search", network_of(request.remote_addr), limit=SEARCHES_A_MINUTE, seconds=60)


def count_plan() -> None:
    """Count one plan put into a cart; raises TooManyRequests beyond the limit."""
    rate_limits.hit("cart", network_of(request.remote_addr), limit=PLANS_A_MINUTE, seconds=60)
