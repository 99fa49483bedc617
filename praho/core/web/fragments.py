"""Contributed templates, rendered each by itself so that their values cannot mix."""

from collections.abc import Mapping
from dataclasses import dataclass

from flask import current_app
from markupsafe import Markup

from praho.core.contributions import AgendaEntry, LifeSubject, TimelineEntry
from praho.core.domain import registry
from praho.core.principal import current_principal


@dataclass(frozen=True, slots=True)
class Board:
    """A dashboard as the domains fill it: figures, cards, and what comes next by date."""

    numbers: list[Markup]
    cards: list[Markup]
    agenda: list[AgendaEntry]


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


def board(surface: str) -> Board:
    """Load each card of a surface once, for its figure, its card and its dates; empty cards are left out."""
    principal = current_principal()
    made = Board([], [], [])
    for card in registry().contributed("cards"):
        if card.surface != surface or not principal.may(card.permission):
            continue
        values = card.load()
        if card.number is not None:
            made.numbers.append(render(card.number, values))
        if card.agenda is not None:
            made.agenda.extend(card.agenda(values))
        rendered = render(card.template, values)
        if rendered.strip():
            made.cards.append(rendered)
    made.agenda.sort(key=lambda entry: entry.on)
    return made


def life(subject: LifeSubject) -> list[TimelineEntry]:
    """Return what the domains tell about a subject's life, the newest first."""
    principal = current_principal()
    told = [
        entry
        for source in registry().contributed("lives")
        if principal.may(source.permission)
        for entry in source.load(subject)
    ]
    return sorted(told, key=lambda entry: entry.at, reverse=True)
