"""Contributed templates, rendered each by itself so that their values cannot mix."""

from collections.abc import Mapping

from flask import current_app
from markupsafe import Markup

from praho.core.domain import registry
from praho.core.principal import current_principal


def render(template: str, values: Mapping[str, object]) -> Markup:
    """Render a contributed template; it has escaped what it prints."""
    return Markup(current_app.jinja_env.get_template(template).render(**values))  # noqa: S704


def cards(surface: str) -> list[Markup]:
    """Render the dashboard cards of a surface that the person at hand may see."""
    principal = current_principal()
    return [
        render(card.template, card.load())
        for card in registry().contributed("cards")
        if card.surface == surface and principal.may(card.permission)
    ]
