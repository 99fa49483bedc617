"""The way from the shop to a person's own pages."""

from flask import url_for
from werkzeug.wrappers import Response

from praho.core.principal import current_principal
from praho.core.web import htmx
from praho.customers.services import members


def my_portal() -> Response:
    """Lead to the customer's dashboard, to the choice among several, or to becoming a customer."""
    principal = current_principal()
    assert principal.user_id is not None
    own = members.memberships_of(principal.user_id)
    if len(own) == 1:
        return htmx.go_to(url_for("portal.dashboard", customer_ref=own[0].customer_public_id))
    if not own:
        admin = principal.staff_role is not None
        return htmx.go_to(url_for("admin.dashboard" if admin else "customers_account.new_customer"))
    return htmx.render("orders/storefront/my_portal.html", own=own)
