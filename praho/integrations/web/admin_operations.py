"""What was asked of providers, in the admin."""

from flask import Response

from praho.core.web import arguments, htmx, subjects
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from praho.integrations import permissions
from praho.integrations.services import browsing
from praho.integrations.web import columns, labels
from praho.models.integrations import OperationState

bp = SurfaceBlueprint("provider_operations_admin", __name__, Surface.ADMIN)
QUERY_BUDGETS = {"provider_operations_admin.operations": 8}


@bp.get("/provider-operations", permission=permissions.VIEW_PROVIDERS)
def operations() -> Response:
    """List what was asked of providers."""
    state = arguments.chosen("state", OperationState)
    page, lines = browsing.operations(state, arguments.cursor())
    return htmx.render(
        "integrations/admin/operations.html",
        page=page,
        lines=lines,
        state=state,
        subject_url=subjects.admin_url,
        columns=columns.OPERATIONS,
        labels=labels,
    )
