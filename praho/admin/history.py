"""A customer's life, from all that the domains tell of it: newest first, page by page, one kind alone where asked."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from praho.core.contributions import TimelineEntry, TimelineSource
from praho.core.domain import registry
from praho.core.principal import current_principal

PAGE = 25


@dataclass(frozen=True, slots=True)
class History:
    """A page of a life; `older` is the cursor of the next one, or None at the beginning of the life."""

    entries: tuple[TimelineEntry, ...]
    older: str | None
    sources: tuple[TimelineSource, ...]
    only: str


def tell(customer_id: int, only: str = "", cursor: str | None = None) -> History:
    """Return a page of a customer's life as whoever asks may see it. A damaged cursor gives the newest page."""
    principal = current_principal()
    sources = [source for source in registry().contributed("timelines") if principal.may(source.permission)]
    wanted = [source for source in sources if source.name == only]
    asked = bool(wanted)
    wanted = wanted or [source for source in sources if not source.alone]
    before, shown = _decoded(cursor)
    # What happened in the very moment where the last page ended is read again, and left out as often as it was shown.
    told = [entry for source in wanted for entry in source.load(customer_id, before, PAGE + shown + 1)]
    ordered = sorted(told, key=lambda entry: entry.at, reverse=True)[shown:]
    page = ordered[:PAGE]
    older = _encoded(page, before, shown) if len(ordered) > PAGE else None
    return History(tuple(page), older, tuple(sources), only if asked else "")


def _encoded(page: Sequence[TimelineEntry], before: datetime | None, shown: int) -> str:
    last = page[-1].at
    same = sum(1 for entry in page if entry.at == last) + (shown if last == before else 0)
    return base64.urlsafe_b64encode(f"{last.isoformat()} {same}".encode()).decode().rstrip("=")


def _decoded(cursor: str | None) -> tuple[datetime | None, int]:
    if not cursor or len(cursor) > 100:
        return None, 0
    try:
        at, _space, same = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().partition(" ")
        before, number = datetime.fromisoformat(at), int(same)
    except (ValueError, binascii.Error):
        return None, 0
    return (before, number) if before.tzinfo is not None and 0 <= number <= PAGE * 4 else (None, 0)
