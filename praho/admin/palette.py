"""What the palette and the search page find: things by the beginnings of words, pages and actions by their names."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for

from praho.core.contributions import SearchHit
from praho.core.domain import registry
from praho.core.i18n import gettext as _
from praho.core.i18n import lazy_gettext
from praho.core.principal import current_principal
from praho.core.text import prefix_query, words

HITS = 5
"""How many of each kind are shown."""


@dataclass(frozen=True, slots=True)
class Found:
    """Hits of one kind under one heading."""

    name: str
    title: str
    icon: str
    hits: Sequence[SearchHit]


_KINDS: dict[str, tuple[object, str]] = {
    "customers": (lazy_gettext("Customers"), "users-round"),
    "documents": (lazy_gettext("Documents"), "file-text"),
    "domains": (lazy_gettext("Domains"), "globe"),
    "services": (lazy_gettext("Services"), "server"),
    "orders": (lazy_gettext("Orders"), "shopping-bag"),
}


def find(typed: str) -> list[Found]:
    """Return what begins with the words typed, by kind; nothing typed gives the actions and pages. One query a kind."""
    query = prefix_query(typed)
    principal = current_principal()
    found = []
    if query is not None:
        for source in registry().contributed("search"):
            hits = list(source.find(query, HITS)) if principal.may(source.permission) else []
            if hits:
                title, icon = _KINDS.get(source.name, (hits[0].kind, "search"))
                found.append(Found(source.name, str(title), icon, hits))
    named = (_named("actions", _("Actions"), "zap", _actions(), typed), _pages(typed))
    return [*found, *(group for group in named if group.hits)]


def _actions() -> Iterator[SearchHit]:
    principal = current_principal()
    for action in registry().contributed("actions"):
        if principal.may(action.permission):
            yield SearchHit(_("Actions"), str(action.label), "", url_for(action.endpoint))


def _pages(typed: str) -> Found:
    principal = current_principal()
    pages = (
        SearchHit(_("Pages"), str(item.label), str(item.group), url_for(item.endpoint))
        for item in registry().contributed("navigation")
        if item.surface == "admin" and principal.may(item.permission)
    )
    return _named("pages", _("Pages"), "layout-list", pages, typed)


def _named(name: str, title: str, icon: str, hits: Iterator[SearchHit], typed: str) -> Found:
    """Keep what has a word for each beginning typed."""
    beginnings = words(typed)
    kept = [
        hit
        for hit in hits
        if all(any(word.startswith(beginning) for word in words(hit.title)) for beginning in beginnings)
    ]
    return Found(name, title, icon, kept)
