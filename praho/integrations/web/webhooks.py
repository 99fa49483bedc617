"""Where providers report."""

from flask import request
from werkzeug.wrappers import Response

from praho.core.permissions import PUBLIC
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.integrations.services import inbox

bp = SurfaceBlueprint("integrations_webhooks", __name__, Surface.WEBHOOKS)


@bp.post("/payments/<account_id>", permission=PUBLIC)
def payments(account_id: str) -> Response:
    """Take a payment provider's report: 204 for what is signed, new or not; 400 for what is not."""
    inbox.receive(account_id, dict(request.headers), request.get_data(cache=False))
    return Response(status=204)
