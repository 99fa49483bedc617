"""The menus that every surface shows to a person: their account, and the languages."""

from flask import request, url_for

from praho.core.i18n import SUPPORTED, current_locale
from praho.core.i18n import gettext as _
from praho.core.principal import Principal
from praho.ui.lists import query_url
from praho.ui.navigation import AccountMenu, NavItem

_NAMES = {"ro": "Română", "en": "English"}


def account_menu(principal: Principal, others: tuple[NavItem, ...] = ()) -> AccountMenu | None:
    """Return the menu of a signed-in person, with what the surface adds; None for a visitor."""
    if not principal.signed_in:
        return None
    own = NavItem(_("Security"), url_for("account.security"), "shield")
    return AccountMenu(principal.name, principal.email or "", (*others, own), url_for("account.sign_out"))


def languages() -> tuple[NavItem, ...]:
    """Return the languages, each leading to this page in it."""
    here = current_locale()
    return tuple(
        NavItem(
            _NAMES[locale],
            url_for("account.choose_language", locale=locale, next=query_url() if request.method == "GET" else "/"),
            "globe",
            active=locale == here,
        )
        for locale in SUPPORTED
    )
