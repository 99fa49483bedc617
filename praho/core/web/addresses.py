"""Addresses of our own pages as others are given them: whole, and at the host that the company set.

A request's Host header is its sender's word. Where the public address is set, as production demands, that header
decides nothing about where a provider sends a customer or reports a payment.
"""

from typing import Any

from flask import current_app, url_for

from praho.config import Config


def absolute(endpoint: str, **values: Any) -> str:
    """Return the whole address of an endpoint: at the public address, or at the host that was asked in development."""
    config: Config = current_app.config["PRAHO"]
    if config.public_url is None:
        return url_for(endpoint, _external=True, **values)
    return config.public_url + url_for(endpoint, **values)
