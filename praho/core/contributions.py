"""What a domain offers to pages and messages that cross domains; the surfaces compose it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from praho.core.desk import Attention, BulkAction, ClosingObstacle, DeskAction, Trend
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
class AgendaEntry:
    """What happens on a Bucharest date: a proforma falls due (`due`), a domain or a paid term ends (`expiry`)."""

    kind: str
    on: date
    title: str
    detail: str = ""
    url: str | None = None
    icon: str = "calendar"


@dataclass(frozen=True, slots=True)
class DashboardCard:
    """A card of a dashboard: `load()` gives the values of `template`.

    `surface` is portal, admin, or admin-numbers for the row of figures above the admin's cards. The portal shows
    the same values once more where they are asked for: `number` is a template for its own row of figures, `agenda`
    picks the dates for the list of what comes next. So a domain is read once for all three.
    """

    name: str
    surface: str
    permission: Permission
    template: str
    load: Callable[[], Mapping[str, object]]
    order: int = 100
    number: str | None = None
    agenda: Callable[[Mapping[str, Any]], Sequence[AgendaEntry]] | None = None


@dataclass(frozen=True, slots=True)
class CustomerPanel:
    """A panel of the admin's customer page: `load(customer id)` gives the values of `template`.

    `aside` panels stand in the narrow column.
    """

    name: str
    title: object
    permission: Permission
    template: str
    load: Callable[[int], Mapping[str, object]]
    order: int = 100
    aside: bool = False


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """An entry of a surface's navigation; `endpoint` is a Flask endpoint. `surface` is storefront, portal or admin.

    Entries of the same `group` stand under one heading. In the admin, `g` and then the letter `key` lead there.
    """

    surface: str
    label: object
    endpoint: str
    icon: str
    permission: Permission
    order: int = 100
    group: object = ""
    key: str = ""


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
    """One line of a life: when, what, and where it leads. `whole_day` leaves the time of day out."""

    at: datetime
    title: str
    detail: str = ""
    url: str | None = None
    icon: str = "circle"
    tone: str = "neutral"
    whole_day: bool = False


@dataclass(frozen=True, slots=True)
class TimelineSource:
    """Feeds the timeline of a customer: `load(customer id, before, limit)`.

    It gives the newest entries up to and with the instant `before` (all, where that is None), newest first.
    `label` names them where the timeline is filtered.
    An `alone` source repeats what others tell: it is shown only where it is asked for.
    """

    name: str
    permission: Permission
    load: Callable[[int, datetime | None, int], Sequence[TimelineEntry]]
    label: object = ""
    icon: str = "circle"
    order: int = 100
    alone: bool = False


@dataclass(frozen=True, slots=True)
class LifeSubject:
    """Something with a life that crosses domains: a service, a domain name.

    `origin` is what asked for it, such as an order item's public id. `surface` says whose page tells the life
    (portal or admin), and so where its entries may lead.
    """

    kind: str
    public_id: str
    origin: str
    surface: str


@dataclass(frozen=True, slots=True)
class LifeSource:
    """Tells its part of a subject's life: ordered, paid, renewed. `load` takes at most one query for each kind."""

    name: str
    permission: Permission
    load: Callable[[LifeSubject], Sequence[TimelineEntry]]


@dataclass(frozen=True, slots=True)
class HealthCheck:
    """A named check: `run()` returns None when all is well, or one sentence."""

    name: str
    run: Callable[[], str | None]


@dataclass(frozen=True, slots=True)
class RecordedAction:
    """How people read an `action` of the audit record: `label` says what somebody did."""

    action: str
    label: object


@dataclass(frozen=True, slots=True)
class Contributions:
    """Everything that one domain offers."""

    search: tuple[SearchSource, ...] = ()
    cards: tuple[DashboardCard, ...] = ()
    customer_panels: tuple[CustomerPanel, ...] = ()
    navigation: tuple[NavigationItem, ...] = ()
    subject_links: tuple[SubjectLink, ...] = ()
    recorded: tuple[RecordedAction, ...] = ()
    attachments: tuple[AttachmentSource, ...] = ()
    audiences: tuple[Audience, ...] = ()
    timelines: tuple[TimelineSource, ...] = ()
    lives: tuple[LifeSource, ...] = ()
    attention: tuple[Attention, ...] = ()
    trends: tuple[Trend, ...] = ()
    actions: tuple[DeskAction, ...] = ()
    bulk_actions: tuple[BulkAction, ...] = ()
    obstacles: tuple[ClosingObstacle, ...] = ()
    health_checks: tuple[HealthCheck, ...] = field(default=())
