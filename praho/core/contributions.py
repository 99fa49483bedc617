"""What a domain offers to pages and messages that cross domains; the surfaces compose it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from praho.core.permissions import Permission


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One result of the global search: what it is, where it leads."""

    kind: str
    title: str
    detail: str
    url: str


@dataclass(frozen=True, slots=True)
class SearchSource:
    """A part of the admin's global search: `find(prefix query, limit)`, one indexed query."""

    name: str
    permission: Permission
    find: Callable[[str, int], Sequence[SearchHit]]
    order: int = 100


@dataclass(frozen=True, slots=True)
class DashboardCard:
    """A card of a dashboard: `load()` gives the values of `template`.

    `surface` is portal, admin, or admin-numbers for the row of figures above the admin's cards.
    """

    name: str
    surface: str
    permission: Permission
    template: str
    load: Callable[[], Mapping[str, object]]
    order: int = 100


@dataclass(frozen=True, slots=True)
class CustomerPanel:
    """A panel of the admin's customer page: `load(customer id)` gives the values of `template`."""

    name: str
    title: object
    permission: Permission
    template: str
    load: Callable[[int], Mapping[str, object]]
    order: int = 100


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """An entry of a surface's navigation; `endpoint` is a Flask endpoint. `surface` is storefront, portal or admin.

    Entries of the same `group` stand under one heading.
    """

    surface: str
    label: object
    endpoint: str
    icon: str
    permission: Permission
    order: int = 100
    group: object = ""


@dataclass(frozen=True, slots=True)
class SubjectLink:
    """Where a `subject = (kind, public id)` leads: endpoints that take `public_id`."""

    kind: str
    admin_endpoint: str | None = None
    portal_endpoint: str | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file as a message carries it."""

    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class AttachmentSource:
    """Renders "the PDF of document X" when a message is sent: `load(public id)`."""

    kind: str
    load: Callable[[str], Attachment]


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where a message goes, and in which language."""

    email: str
    name: str
    locale: str
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """Resolves "billing contacts of customer Y": `resolve(customer id)`. An unknown name is nobody."""

    name: str
    resolve: Callable[[int], Sequence[Recipient]]


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One line of a life: when, what, and where it leads."""

    at: datetime
    title: str
    detail: str = ""
    url: str | None = None
    icon: str = "circle"


@dataclass(frozen=True, slots=True)
class TimelineSource:
    """Feeds the timeline of a customer: `load(customer id, limit)`."""

    name: str
    permission: Permission
    load: Callable[[int, int], Sequence[TimelineEntry]]


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """A named check: `run()` returns None when all is well, or one sentence."""

    name: str
    run: Callable[[], str | None]


@dataclass(frozen=True, slots=True)
class Contributions:
    """Everything that one domain offers."""

    search: tuple[SearchSource, ...] = ()
    cards: tuple[DashboardCard, ...] = ()
    customer_panels: tuple[CustomerPanel, ...] = ()
    navigation: tuple[NavigationItem, ...] = ()
    subject_links: tuple[SubjectLink, ...] = ()
    attachments: tuple[AttachmentSource, ...] = ()
    audiences: tuple[Audience, ...] = ()
    timelines: tuple[TimelineSource, ...] = ()
    health_checks: tuple[HealthCheck, ...] = field(default=())
