"""Mounts the admin: staff only, and only behind the second factor."""

from flask import Flask, abort, redirect, request, session, url_for
from werkzeug.wrappers import Response

from praho.admin import design, lists, pages
from praho.core.db.scope import StaffScope
from praho.core.domain import Registry
from praho.core.permissions import Permission
from praho.core.web import access
from praho.core.web.blueprints import Surface
from praho.users.services import sessions

PREFIX = "/admin"
SESSION_KEY = "sid"
SECOND_FACTOR_ENDPOINT = "account.second_factor"


def gate(permission: Permission) -> access.Admission | Response:
    """Let staff in whose session has passed the second factor; ask the others for it first."""
    principal = sessions.principal_of(session.get(SESSION_KEY), ip=request.remote_addr)
    if not principal.signed_in:
        return access.to_sign_in()
    if principal.staff_role is None or principal.user_id is None:
        abort(404)
    if not principal.second_factor:
        return redirect(url_for(SECOND_FACTOR_ENDPOINT, next=request.full_path.rstrip("?")))
    if not principal.may(permission):
        abort(403)
    return principal, StaffScope(principal.user_id)


def mount(app: Flask, registry: Registry) -> None:
    """Mount the admin's own pages and every domain's admin blueprints."""
    for blueprint in (pages.bp, design.bp, *(one for domain in registry.domains for one in domain.blueprints)):
        if blueprint.surface is Surface.ADMIN:
            access.mount(app, blueprint, gate, PREFIX)
            app.before_request_funcs[blueprint.name].append(lists.open_as_kept)
