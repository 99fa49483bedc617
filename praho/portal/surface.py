"""Mounts the storefront, the account pages and the portal; the portal's URLs carry the customer's public id."""

from typing import Any

from flask import Flask, g

from praho.core.domain import Registry
from praho.core.web.access import Gate
from praho.core.web.access import mount as mount_behind
from praho.core.web.blueprints import Surface
from praho.portal import gates, pages

PREFIX = "/portal/<customer_ref>"
_GATES: dict[Surface, tuple[Gate, str | None]] = {
    Surface.STOREFRONT: (gates.storefront, None),
    Surface.ACCOUNT: (gates.storefront, "/account"),
    Surface.PORTAL: (gates.portal, PREFIX),
}


def mount(app: Flask, registry: Registry) -> None:
    """Mount the surfaces' own pages and every domain's blueprints of these surfaces."""
    portal_names: set[str] = set()
    for blueprint in (pages.bp, *(one for domain in registry.domains for one in domain.blueprints)):
        if blueprint.surface not in _GATES:
            continue
        gate, prefix = _GATES[blueprint.surface]
        mount_behind(app, blueprint, gate, prefix)
        if blueprint.surface is Surface.PORTAL:
            portal_names.add(blueprint.name)

    @app.url_value_preprocessor
    def take_customer(endpoint: str | None, values: dict[str, Any] | None) -> None:
        if values and (endpoint or "").rpartition(".")[0] in portal_names:
            g.customer_ref = values.pop("customer_ref", None)

    @app.url_defaults
    def give_customer(endpoint: str, values: dict[str, Any]) -> None:
        if endpoint.rpartition(".")[0] in portal_names and "customer_ref" in g:
            values.setdefault("customer_ref", g.customer_ref)
