"""What stands around the pages of the admin, gathered once for each request."""

from collections.abc import Iterable, Iterator
from typing import Any

from flask import request, url_for

from praho.admin import design
from praho.admin.lists import ListDesk
from praho.core.domain import registry
from praho.core.i18n import gettext as _
from praho.core.principal import Principal, current_principal
from praho.settings.services import company
from praho.ui.navigation import Brand, NavItem
from praho.users.web import menus


def admin() -> dict[str, Any]:
    """Return the context of the admin layout: navigation by group, search, account."""
    principal = current_principal()
    navigation = _navigation(principal)
    return {
        "brand": Brand(company.display_name(), url_for("admin.dashboard")),
        "navigation": navigation,
        "search_url": url_for("admin.search"),
        "owner": principal.public_id or "",
        "shortcuts": _shortcuts(navigation),
        "account": menus.account_menu(principal, _places(principal)),
        "languages": menus.languages(),
        "desk": ListDesk(request.endpoint or ""),
        "sign_in_url": url_for("account.sign_in"),
    }


def _navigation(principal: Principal) -> tuple[NavItem, ...]:
    items = {
        url_for(item.endpoint): item
        for item in registry().contributed("navigation")
        if item.surface == "admin" and principal.may(item.permission)
    }
    # A page belongs to the nearest entry above it, whichever domain shows it.
    here = max((url for url in items if f"{request.path}/".startswith(f"{url}/")), key=len, default=None)
    home = url_for("admin.dashboard")
    return (
        NavItem(_("Dashboard"), home, "house", request.path in (home, url_for("admin.alarms")), key="h"),
        *(
            NavItem(item.label, url, item.icon, active=url == here, group=item.group, key=item.key)
            for url, item in items.items()
        ),
    )


def _places(principal: Principal) -> Iterator[NavItem]:
    yield NavItem(_("Shop"), url_for("storefront.home"), "store")
    if principal.may(design.VIEW_DESIGN):
        yield NavItem(_("Design system"), url_for("design.components"), "palette")


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
