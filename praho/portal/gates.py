"""Who is let in at the storefront, the account pages and the portal, and under which scope."""

from dataclasses import replace

from flask import abort, g, request, session
from werkzeug.wrappers import Response

from praho.core.db.scope import AnonymousScope, CustomerScope
from praho.core.permissions import PUBLIC, Permission
from praho.core.principal import Principal
from praho.core.web import access
from praho.customers.services import members
from praho.users.services import sessions

SESSION_KEY = "sid"


def current_user() -> Principal:
    """Return who is signed in at this browser; the anonymous visitor where nobody is."""
    principal: Principal = sessions.principal_of(session.get(SESSION_KEY), ip=request.remote_addr)
    return principal


def storefront(permission: Permission) -> access.Admission | Response:
    """Let everybody look at what is public, and signed-in people at the rest."""
    principal = current_user()
    if permission is not PUBLIC and not principal.signed_in:
        return access.to_sign_in()
    return principal, AnonymousScope()


def portal(permission: Permission) -> access.Admission | Response:
    """Let the members of the customer in the URL in; to others the customer does not exist."""
    principal = current_user()
    if not principal.signed_in:
        return access.to_sign_in()
    # All of them at once, for the page's switcher shows them too.
    own = [] if principal.user_id is None else members.memberships_of(principal.user_id)
    membership = next((one for one in own if one.customer_public_id == g.customer_ref), None)
    if membership is None:
        abort(404)
    principal = replace(principal, customer_id=membership.customer_id, member_role=membership.role)
    if not principal.may(permission):
        abort(403)
    g.membership = membership
    g.memberships = own
    return principal, CustomerScope(membership.customer_id)
