"""What the floors above see of the catalogue, and what staff type; frozen, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass

from praho.core.i18n import lazy_gettext as _
from praho.core.money import Money
from praho.models.catalogue import BillingCycle, SaleState

LONGEST_YEARS = 10

CYCLE_NAMES: Mapping[BillingCycle, object] = {
    BillingCycle.MONTHLY: _("1 month"),
    BillingCycle.QUARTERLY: _("3 months"),
    BillingCycle.SEMIANNUAL: _("6 months"),
    BillingCycle.ANNUAL: _("1 year"),
    BillingCycle.BIENNIAL: _("2 years"),
    BillingCycle.TRIENNIAL: _("3 years"),
}

Texts = Mapping[str, str]
"""A text by locale; Romanian is always there."""


def in_language(texts: Mapping[str, str], locale: str) -> str:
    """Return a text in `locale`, in Romanian where it is not written in that language."""
    return texts.get(locale) or texts["ro"]


@dataclass(frozen=True, slots=True)
class GroupInput:
    """A shelf of the shop, as typed."""

    slug: str
    name: Texts
    description: Texts
    position: int
    visible: bool


@dataclass(frozen=True, slots=True)
class PlanInput:
    """A hosting plan, as typed. `account_id` is a provisioner account's public id or empty; `features` one a line."""

    group_id: str
    slug: str
    name: Texts
    description: Texts
    features: Texts
    position: int
    highlighted: bool
    account_id: str
    remote_plan: str


@dataclass(frozen=True, slots=True)
class TldInput:
    """A suffix, as typed. `account_id` is a registrar account's public id or empty."""

    name: str
    account_id: str
    min_years: int
    max_years: int
    position: int


@dataclass(frozen=True, slots=True)
class CycleAmounts:
    """The net price of one whole cycle and the net fee charged once, in minor units; zero means free."""

    amount_minor: int
    setup_minor: int = 0


@dataclass(frozen=True, slots=True)
class CycleOffer:
    """A plan for one cycle, net. `saving` is the whole percentage by which a month is cheaper than in the shortest."""

    cycle: BillingCycle
    amount: Money
    setup: Money
    per_month: Money
    saving: int


@dataclass(frozen=True, slots=True)
class PlanOffer:
    """A plan on sale as the shop shows it, in the reader's language; it is sold for at least one cycle."""

    public_id: str
    slug: str
    group_slug: str
    name: str
    description: str
    features: tuple[str, ...]
    highlighted: bool
    cycles: tuple[CycleOffer, ...]

    @property
    def from_price(self) -> CycleOffer:
        """The cycle with the cheapest month."""
        return min(self.cycles, key=lambda one: (one.per_month, one.cycle.months))


@dataclass(frozen=True, slots=True)
class Shelf:
    """A group of plans on sale, in the reader's language."""

    slug: str
    name: str
    description: str
    plans: tuple[PlanOffer, ...]


@dataclass(frozen=True, slots=True)
class TldOffer:
    """A suffix on sale: net registration prices for all years together, by years, and the renewal for one year."""

    name: str
    register: Mapping[int, Money]
    renew_year: Money | None

    @property
    def first_year(self) -> Money:
        """The price of the shortest registration."""
        return self.register[min(self.register)]


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A plan in the staff's list. `from_amount` is its cheapest price, None where it has none."""

    public_id: str
    name: str
    group: str
    state: SaleState
    highlighted: bool
    remote_plan: str
    has_account: bool
    from_amount: Money | None
    price_count: int


@dataclass(frozen=True, slots=True)
class TldLine:
    """A suffix in the staff's list, with what one year costs; None is not sold."""

    public_id: str
    name: str
    state: SaleState
    has_account: bool
    register_year: Money | None
    renew_year: Money | None
    transfer: Money | None
