"""Filters of lists that a member of staff keeps under a name."""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from sqlalchemy import delete, update

from praho.core import clock
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, Invalid, NotFound
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.models.operations import SavedFilter
from praho.operations import repos

MOST = 20
_LONGEST_NAME = 60
_LONGEST_QUERY = 1000
_NO_FILTER = {"cursor", "filter", "unfiltered"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A saved filter: its name, and the query string that it stands for."""

    public_id: str
    name: str
    query: str
    is_default: bool


def of_list(endpoint: str) -> list[Kept]:
    """Return the filters of a list that whoever asks has kept, by name. One query."""
    user_id = current_principal().user_id
    if user_id is None:
        return []
    return [Kept(row.public_id, row.name, row.query, row.is_default) for row in repos.saved_filters(user_id, endpoint)]


def normal(query: str) -> str:
    """Return a query string with what filters and sorts alone, in one order, so that equal filters are equal."""
    return urlencode(sorted((name, value) for name, value in parse_qsl(query) if name not in _NO_FILTER))


def keep(endpoint: str, name: str, query: str, *, default: bool) -> str:
    """Keep a filter of a list under a name, in the place of an older one of that name; return its public id.

    Raises Invalid for a name or a filter that is empty or too long, Conflict where there are too many.
    """
    title, kept = name.strip(), normal(query)
    if not 0 < len(title) <= _LONGEST_NAME:
        raise Invalid(_("Please give the filter a name."), fields={"name": _("Please give the filter a name.")})
    if not 0 < len(kept) <= _LONGEST_QUERY:
        raise Invalid(_("Filter the list first, then save the filter."))
    user_id = _user_id()
    with unit_of_work() as session:
        existing = repos.saved_filters(user_id, endpoint)
        if default:
            _drop_default(user_id, endpoint)
        for row in existing:
            if row.name == title:
                row.query, row.is_default = kept, default
                return row.public_id
        if len(existing) >= MOST:
            raise Conflict(_("A list keeps at most %(most)d filters. Delete one first.", most=MOST))
        made = SavedFilter(
            user_id=user_id, endpoint=endpoint, name=title, query=kept, is_default=default, created_at=clock.now()
        )
        session.add(made)
        session.flush()
        return made.public_id


def make_default(public_id: str, *, default: bool) -> str:
    """Let a list open with this filter, or no more; return the list's endpoint. Raises NotFound."""
    with unit_of_work():
        row = _own(public_id)
        if default:
            _drop_default(row.user_id, row.endpoint)
        row.is_default = default
        return row.endpoint


def forget(public_id: str) -> str:
    """Delete a saved filter of whoever asks and return its list's endpoint. Raises NotFound."""
    with unit_of_work() as session:
        endpoint = _own(public_id).endpoint
        session.execute(delete(SavedFilter).where(SavedFilter.public_id == public_id))
        return endpoint


def _own(public_id: str) -> SavedFilter:
    row = repos.saved_filter(_user_id(), public_id)
    if row is None:
        raise NotFound(_("There is no such filter."))
    return row


def _user_id() -> int:
    user_id = current_principal().user_id
    if user_id is None:
        raise NotFound(_("There is no such filter."))
    return user_id


def _drop_default(user_id: int, endpoint: str) -> None:
    with unit_of_work() as session:
        session.execute(
            update(SavedFilter)
            .where(SavedFilter.user_id == user_id, SavedFilter.endpoint == endpoint, SavedFilter.is_default)
            .values(is_default=False)
        )
