"""What stands around the pages of the admin, gathered once for each request."""

from collections.abc import Iterable
from typing import Any

from flask import request, url_for

from praho.admin.lists import ListDesk
from praho.core.domain import registry
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.settings.services import company
from praho.ui.navigation import Brand, NavItem
from praho.users.web import menus


def admin() -> dict[str, Any]:
    """Return the context of the admin layout: navigation by group, search, account."""
    principal = current_principal()
    here = (request.endpoint or "").partition(".")[0]
    home = NavItem(_("Dashboard"), url_for("admin.dashboard"), "house", request.endpoint == "admin.dashboard", key="h")
    domains = tuple(
        NavItem(
            item.label,
            url_for(item.endpoint),
            item.icon,
            active=request.endpoint == item.endpoint or here == item.endpoint.partition(".")[0] != "admin",
            group=item.group,
            key=item.key,
        )
        for item in registry().contributed("navigation")
        if item.surface == "admin" and principal.may(item.permission)
    )
    navigation = (home, *domains)
    shop = (NavItem(_("Shop"), url_for("storefront.home"), "store"),)
    return {
        "brand": Brand(company.display_name(), url_for("admin.dashboard")),
        "navigation": navigation,
        "search_url": url_for("admin.search"),
        "owner": principal.public_id or "",
        "shortcuts": _shortcuts(navigation),
        "account": menus.account_menu(principal, shop),
        "languages": menus.languages(),
        "desk": ListDesk(request.endpoint or ""),
        "sign_in_url": url_for("account.sign_in"),
    }


def _shortcuts(navigation: Iterable[NavItem]) -> list[tuple[str, object]]:
    """Return what the help of the keyboard says beside what every page has."""
    return [
        ("Ctrl K", _("Search and go anywhere")),
        ("j k", _("Next and previous row")),
        ("Enter", _("Open the row")),
        ("x", _("Choose the row")),
        ("[ ]", _("Previous and next page")),
        *((f"g {item.key}", item.label) for item in navigation if item.key),
    ]
