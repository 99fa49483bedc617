"""How often a network may have registrars asked, fill carts, and try promo codes."""

from flask import request

from praho.core.web import rate_limits
from praho.users.services.limits import network_of

SEARCHES_A_MINUTE = 30
PLANS_A_MINUTE = 60
CODES_AN_HOUR = 60


def count_search() -> None:
    """Count one question to the registrars; raises TooManyRequests beyond the limit."""
    rate_limits.hit("domain-search", network_of(request.remote_addr), limit=SEARCHES_A_MINUTE, seconds=60)


def count_plan() -> None:
    """Count one plan put into a cart; raises TooManyRequests beyond the limit."""
    rate_limits.hit("cart", network_of(request.remote_addr), limit=PLANS_A_MINUTE, seconds=60)


def count_code() -> None:
    """Count one promo code that was tried; raises TooManyRequests beyond the limit: codes are not to be guessed."""
    rate_limits.hit("promo-code", network_of(request.remote_addr), limit=CODES_AN_HOUR, seconds=3600)
