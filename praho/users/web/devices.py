"""Naming a browser so that its owner recognises it."""

import re

from praho.core.i18n import gettext as _

# The first that fits counts: most browsers also name others, to be let in where those are.
_BROWSERS = (
    ("Edge", r"Edg(?:e|A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/|Chromium/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS = (
    ("Android", r"Android"),
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Windows", r"Windows"),
    ("macOS", r"Macintosh|Mac OS X"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux|X11"),
)


def describe(user_agent: str | None) -> str:
    """Return `Firefox, Linux` for a browser's own long name; what is not known is said to be so."""
    named = user_agent or ""
    found = [_first(_BROWSERS, named), _first(_SYSTEMS, named)]
    known = [name for name in found if name is not None]
    return ", ".join(known) or _("Unknown browser")


def _first(choices: tuple[tuple[str, str], ...], user_agent: str) -> str | None:
    return next((name for name, pattern in choices if re.search(pattern, user_agent)), None)
