"""The menus of languages and of the signed-in person, for the layouts of every surface."""

from collections.abc import Iterable

from flask import request, url_for

from praho.core import i18n
from praho.core.i18n import gettext as _
from praho.core.principal import Principal
from praho.ui.navigation import AccountMenu, NavItem

LANGUAGE_NAMES = {"ro": "Română", "en": "English"}


def languages() -> tuple[NavItem, ...]:
    """Return the languages, each leading back to the page at hand."""
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    return tuple(
        NavItem(
            LANGUAGE_NAMES[locale],
            url_for("account.language", locale=locale, next=here),
            "languages",
            active=locale == i18n.current_locale(),
            detail=locale,
        )
        for locale in i18n.SUPPORTED
    )


def account_menu(principal: Principal, places: Iterable[NavItem] = ()) -> AccountMenu | None:
    """Return the menu of whoever is signed in: `places`, then the account's own pages; None for a visitor."""
    if not principal.signed_in:
        return None
    own = (
        NavItem(_("Your account"), url_for("account_settings.profile"), "user"),
        NavItem(_("Security"), url_for("account_settings.security"), "shield-check"),
    )
    return AccountMenu(
        principal.name,
        principal.email or "",
        (*places, *own),
        url_for("account.sign_out"),
        url_for("account_settings.theme"),
    )
