"""What this browser remembers: its session's token, its language, its theme, and who was signed in here before.

All of it is in Flask's signed cookie, but for the theme, which a script reads.
"""

import ipaddress

from flask import Response, current_app, request, session
from werkzeug.wrappers import Response as BaseResponse

from praho.config import Config
from praho.core.web import htmx
from praho.models.users import Theme
from praho.ui.environment import THEME_COOKIE
from praho.users.types import Browser

SESSION_KEY = "sid"
_KNOWN_KEY = "known"
_MOST_KNOWN = 5
_YEAR = 365 * 24 * 3600
_THEMES = {Theme.LIGHT: "light", Theme.DARK: "dark"}


def at_hand() -> Browser:
    """Return where the request comes from."""
    return Browser(request.remote_addr, request.headers.get("User-Agent"))


def on_this_machine() -> bool:
    """Say whether the request comes from the machine that serves it, and nobody else can reach that one."""
    config: Config = current_app.config["PRAHO"]
    if config.in_production or not config.on_loopback:
        return False
    try:
        return ipaddress.ip_address(request.remote_addr or "").is_loopback
    except ValueError:
        return False


def token() -> str | None:
    """Return the token of this browser's session, open or not."""
    found = session.get(SESSION_KEY)
    return found if isinstance(found, str) else None


def remember(new_token: str, user_public_id: str | None = None) -> None:
    """Keep a session's token, in place of any other; the next page gets a fresh anti-forgery token.

    `user_public_id` marks the browser as one of this person's own. What else the cookie holds (the cart, the
    language) stays.
    """
    session.permanent = True
    session[SESSION_KEY] = new_token
    session.pop("csrf_token", None)
    if user_public_id is not None:
        others = [known for known in known_users() if known != user_public_id]
        session[_KNOWN_KEY] = [user_public_id, *others][:_MOST_KNOWN]


def forget() -> None:
    """Forget the session's token and the anti-forgery token."""
    session.pop(SESSION_KEY, None)
    session.pop("csrf_token", None)


def known_users() -> list[str]:
    """Return the public ids of the people who were signed in here before."""
    found = session.get(_KNOWN_KEY)
    return found if isinstance(found, list) else []


def go_to(address: str, theme: str | None = None) -> BaseResponse:
    """Send the browser elsewhere, in the theme of its user where one is given."""
    response = htmx.go_to(address)
    if theme is not None:
        set_theme(response, theme)
    return response


def set_theme(response: BaseResponse | Response, theme: str) -> None:
    """Let this browser show a theme; `system` lets it follow the device."""
    value = _THEMES.get(Theme(theme))
    if value is None:
        response.delete_cookie(THEME_COOKIE, path="/")
    else:
        response.set_cookie(THEME_COOKIE, value, max_age=_YEAR, path="/", samesite="Lax", secure=request.is_secure)
