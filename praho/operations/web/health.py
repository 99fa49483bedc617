"""`/health/`: what load balancers and containers ask, without signing in."""

from flask import Response, jsonify

from praho.core.permissions import PUBLIC
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.operations.services import health

blueprint = SurfaceBlueprint("health", __name__, Surface.STOREFRONT)


@blueprint.get("/health/", permission=PUBLIC)
def show() -> tuple[Response, int]:
    """Answer 200 once requests can be served, 503 while the database does not answer."""
    database = health.database_answers()
    return jsonify(status="ok" if database else "unavailable", database=database), 200 if database else 503
