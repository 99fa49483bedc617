"""The application's routes as the walks see them, and addresses made of them."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Flask
from werkzeug.routing import Rule

from praho.core.permissions import Permission
from praho.core.web.blueprints import Surface, SurfaceBlueprint

_METHODS = frozenset({"GET", "POST", "PUT", "PATCH", "DELETE"})
CUSTOMER = "customer_ref"


@dataclass(frozen=True)
class Route:
    """One rule of the map, with the permission that its view demands."""

    rule: Rule
    surface: Surface
    permission: Permission

    @property
    def endpoint(self) -> str:
        return str(self.rule.endpoint)

    @property
    def methods(self) -> frozenset[str]:
        return frozenset(self.rule.methods or ()) & _METHODS

    @property
    def names(self) -> tuple[str, ...]:
        """The parts of the address that vary, but for the customer of the portal."""
        return tuple(sorted(self.rule.arguments - {CUSTOMER}))

    def address(self, values: Mapping[str, object] | None = None, customer: str = "cus_nobody") -> str:
        """Return an address; what `values` leave out is made up."""
        made_up: dict[str, object] = {}
        for name in self.rule.arguments:
            converter = type(self.rule._converters[name]).__name__
            made_up[name] = 1 if converter == "IntegerConverter" else "nothing"
        given = {**made_up, CUSTOMER: customer, **(values or {})}
        built = self.rule.build({name: given[name] for name in self.rule.arguments})
        assert built is not None
        return str(built[1])


def all_routes(app: Flask, *surfaces: Surface) -> list[Route]:
    """Return every route of some surfaces, or of all."""
    found = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        blueprint_name, _dot, view = rule.endpoint.rpartition(".")
        blueprint = app.blueprints[blueprint_name]
        assert isinstance(blueprint, SurfaceBlueprint), f"{rule} is mounted behind no surface"
        route = Route(rule, blueprint.surface, blueprint.permissions[view])
        if not surfaces or route.surface in surfaces:
            found.append(route)
    return found


def fillings(route: Route, ids: list[str]) -> Iterator[dict[str, object]]:
    """Yield what may stand in the varying parts of a route, the likely first."""
    places = [sorted(ids, key=lambda one, name=name: _unlikely(route, name, one)) for name in route.names]
    for chosen in itertools.product(*places):
        yield dict(zip(route.names, chosen, strict=True))


def _unlikely(route: Route, name: str, public_id: str) -> int:
    """Say how far an id's prefix is from what the address calls its part: `con_…` in `contacts/<contact_id>`."""
    prefix = public_id.partition("_")[0]
    before = route.rule.rule.split(f"<{name}>")[0].rstrip("/").rpartition("/")[2]
    word = before if name == "public_id" else name
    return 0 if word.startswith(prefix[:2]) else 1
