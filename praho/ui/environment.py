"""Hands the design system to a Flask application: templates, static files, filters and globals."""

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

import flask
import flask.templating
from jinja2 import ChoiceLoader, FileSystemLoader

from praho.ui import charts, filters, people
from praho.ui.assets import asset_url, font_url
from praho.ui.lists import query_url, twin_url
from praho.ui.navigation import Brand

TEMPLATES = Path(__file__).parent / "templates"
# What error pages show where no surface has said whose house this is.
DEFAULT_BRAND = Brand("PRAHO", "/")
THEME_COOKIE = "praho_theme"
THEMES = {"light": "praho", "dark": "praho-dark"}


class Environment(flask.templating.Environment):
    """Flask's environment, whose templates share one dictionary of globals.

    A page imports its components from a dozen templates, and each import compares the globals of both sides: quick
    for a dictionary, slow for the chain of two that Jinja makes for values that we never pass.
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return what a template finds beside its context."""
        return super().make_globals(d) if d else self.globals


def init_app(app: flask.Flask) -> None:
    """Make layouts, components and filters known to the application's templates.

    The application serves `praho/ui/static` under `/static/` and brings the globals `csrf_token()` and
    `csp_nonce()`. Call it after `core.i18n.init_app`, whose `_` the templates use.
    """
    loader = app.jinja_env.loader
    ours = FileSystemLoader(TEMPLATES)
    app.jinja_env.loader = ours if loader is None else ChoiceLoader([ours, loader])
    filters.register_filters(app.jinja_env)
    app.jinja_env.globals.update(
        brand=DEFAULT_BRAND,
        asset_url=asset_url,
        font_url=font_url,
        icons_url=asset_url("icons.svg"),
        initials=people.initials,
        query_url=query_url,
        sparkline_points=charts.sparkline,
        theme_name=theme_name,
        twin_url=twin_url,
    )


def theme_name() -> str | None:
    """Return the theme that this browser chose, or None where it follows the system."""
    return THEMES.get(flask.request.cookies.get(THEME_COOKIE, ""))
