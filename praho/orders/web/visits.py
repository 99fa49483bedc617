"""Where a request came from, as one of the signs of where a consumer is."""

from flask import current_app, request

from praho.billing.tax.services.deciding import Visit
from praho.config import Config
from praho.customers.services import checking


def at_hand() -> Visit:
    """Return the visitor's address, and the country that a trusted proxy in front puts behind it, if it does."""
    config: Config = current_app.config["PRAHO"]
    country = ""
    if config.country_header is not None and config.trusted_proxies:
        country = request.headers.get(config.country_header, "").strip().upper()
    return Visit(request.remote_addr, country if checking.is_country(country) else None)
