"""What stands around the pages of the storefront, the account and the portal, gathered once for each request."""

import contextlib
from typing import Any

from flask import g, request, session, url_for

from praho.core.db.scope import AnonymousScope, entered, frames
from praho.core.domain import registry
from praho.core.i18n import gettext as _
from praho.core.principal import Principal, current_principal
from praho.core.web.addresses import absolute
from praho.core.web.blueprints import Surface
from praho.customers.types import Membership
from praho.orders.services import carts
from praho.orders.web import footer
from praho.settings.services import company
from praho.ui.navigation import Brand, NavItem
from praho.users.web import menus

CART_KEY = "cart"


def storefront() -> dict[str, Any]:
    """Return the context of the public layout: shop navigation, cart, account."""
    principal = current_principal()
    token = session.get(CART_KEY)
    in_cart = carts.count(token) if token else 0
    return {
        "brand": brand("storefront.home"),
        "navigation": _navigation(Surface.STOREFRONT, principal),
        "cart": NavItem(_("Cart"), url_for("storefront.cart"), "shopping-cart", count=in_cart),
        "account": menus.account_menu(principal, _places(principal)),
        "languages": menus.languages(),
        "sign_in_url": url_for("account.sign_in"),
        "page_url": _page_url(),
        **footer.around(),
    }


def portal() -> dict[str, Any]:
    """Return the context of the portal layout: the customer's navigation and the switcher."""
    principal = current_principal()
    return {
        "brand": brand("portal.dashboard"),
        "navigation": (
            NavItem(
                _("Dashboard"),
                url_for("portal.dashboard"),
                "house",
                request.endpoint == "portal.dashboard",
                short=_("Home"),
            ),
            *_navigation(Surface.PORTAL, principal),
        ),
        "switcher": _switcher(),
        "account": menus.account_menu(principal, _places(principal)),
        "languages": menus.languages(),
        "sign_in_url": url_for("account.sign_in"),
        "customer_ref": g.get("customer_ref"),
    }


def brand(home_endpoint: str) -> Brand:
    """Return the company as its settings name it."""
    # A refusal before any scope has none to read in.
    with contextlib.nullcontext() if frames() else entered(AnonymousScope()):
        return Brand(company.display_name(), url_for(home_endpoint), company.legal_lines())


def _page_url() -> str:
    """Return the one address under which search engines should know the shop's page at hand; empty elsewhere."""
    endpoint = request.endpoint or ""
    shown = endpoint.startswith(f"{Surface.STOREFRONT.value}.") and request.method == "GET"
    return absolute(endpoint, **(request.view_args or {})) if shown else ""


def _navigation(surface: Surface, principal: Principal) -> tuple[NavItem, ...]:
    here = (request.endpoint or "").partition(".")[0]
    return tuple(
        NavItem(
            item.label,
            url_for(item.endpoint),
            item.icon,
            active=request.endpoint == item.endpoint or here == item.endpoint.partition(".")[0] != surface.value,
            group=item.group,
        )
        for item in registry().contributed("navigation")
        if item.surface == surface.value and principal.may(item.permission)
    )


def _switcher() -> tuple[NavItem, ...]:
    """Return the customers that this person acts for, as the gate has found them."""
    own: list[Membership] = g.get("memberships", [])
    here = g.get("customer_ref")
    return tuple(
        NavItem(
            one.customer_name,
            url_for("portal.dashboard", customer_ref=one.customer_public_id),
            "building",
            active=one.customer_public_id == here,
        )
        for one in own
    )


def _places(principal: Principal) -> tuple[NavItem, ...]:
    """Return where a signed-in person may go besides the page at hand."""
    places = [NavItem(_("My services"), url_for("storefront.my_portal"), "layout-dashboard")]
    if principal.staff_role is not None:
        places.append(NavItem(_("Administration"), url_for("admin.dashboard"), "settings"))
    return tuple(places)
