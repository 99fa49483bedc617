"""The record as staff read it."""

from collections.abc import Collection, Sequence
from datetime import datetime

from praho.audit import repos
from praho.audit.services import sealing
from praho.audit.types import ERASED, AuditEntry, AuditFilter, Whose
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.web.paging import Page
from praho.models.audit import AuditEvent


def listing(wanted: AuditFilter, cursor: str | None) -> Page[AuditEntry]:
    """Return a page of events, the newest first, in a staff scope; at most five queries.

    An actor or a customer that does not exist did nothing: the page is empty.
    """
    actor_id = repos.user_id_of(wanted.actor) if wanted.actor else None
    customer_id = repos.customer_id_of(wanted.customer) if wanted.customer else None
    if (wanted.actor and actor_id is None) or (wanted.customer and customer_id is None):
        return Page((), None, None)
    page = repos.listing(
        action=wanted.action, actor_id=actor_id, customer_id=customer_id, subject=wanted.subject, cursor=cursor
    )
    return Page(_entries(page.items), page.previous, page.next)


def history(customer_id: int, before: datetime | None, limit: int, kinds: Collection[str] = ()) -> list[AuditEvent]:
    """Return the events about a customer (or some kinds of subjects of it) up to an instant, the newest first."""
    return repos.history(customer_id, before, limit, kinds)


def one(public_id: str) -> AuditEntry:
    """Return an event in a staff scope; raise NotFound."""
    event = repos.by_public_id(public_id)
    if event is None:
        raise NotFound(_("There is no such event."))
    return _entries([event])[0]


def actor(event: AuditEvent) -> str:
    """Return the name of who did it, as people read it."""
    return _("Erased person") if event.actor_name == ERASED else event.actor_name


def _entries(events: Sequence[AuditEvent]) -> list[AuditEntry]:
    customers = repos.customers({event.customer_id for event in events if event.customer_id is not None})
    actors = repos.user_public_ids({event.actor_id for event in events if event.actor_id is not None})
    return [_entry(event, customers, actors) for event in events]


def _entry(event: AuditEvent, customers: dict[int, tuple[str, str]], actors: dict[int, str]) -> AuditEntry:
    whose = customers.get(event.customer_id or 0)
    return AuditEntry(
        public_id=event.public_id,
        at=event.at,
        actor_kind=event.actor_kind,
        actor_name=actor(event),
        actor_public_id=actors.get(event.actor_id or 0),
        customer=None if whose is None else Whose(*whose),
        action=event.action,
        subject_kind=event.subject_kind,
        subject_id=event.subject_id,
        changes=event.changes,
        request_id=event.request_id,
        ip=event.ip,
        intact=sealing.is_intact(event),
    )
