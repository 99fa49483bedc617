"""What the floors above see of the catalogue, and what staff type; frozen, never rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from praho.core.i18n import lazy_gettext as _
from praho.core.money import Money
from praho.models.catalogue import (
    BillingCycle,
    DiscountKind,
    DiscountTarget,
    PromoCode,
    PromoState,
    RedemptionState,
    SaleState,
)

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


class CodePhase(StrEnum):
    """What a promo code is worth today."""

    RUNNING = "running"
    PLANNED = "planned"
    PAUSED = "paused"
    USED_UP = "used_up"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class CodeInput:
    """A promo code, as typed. `amounts` are net minor units by currency; empty lists mean everything.

    `product_ids` are public ids. The dates are Bucharest dates, both included.
    """

    code: str
    note: str
    kind: DiscountKind
    percent: Decimal | None
    amounts: Mapping[str, int]
    valid_from: date | None
    valid_until: date | None
    max_uses: int | None
    once_per_customer: bool
    new_customers_only: bool
    target: DiscountTarget
    product_ids: tuple[str, ...]
    cycles: tuple[BillingCycle, ...]
    tlds: tuple[str, ...]
    first_cycles: int | None


@dataclass(frozen=True, slots=True)
class CodeUse:
    """How a code was used: how many orders wait to be paid, how many were, and what those took off, net."""

    reserved: int = 0
    used: int = 0
    released: int = 0
    given: tuple[Money, ...] = ()

    @property
    def held(self) -> int:
        """The uses that count against the limit."""
        return self.reserved + self.used


@dataclass(frozen=True, slots=True)
class CodeView:
    """A promo code with its use, and what it is worth today (a Bucharest date)."""

    row: PromoCode
    use: CodeUse
    today: date

    @property
    def phase(self) -> CodePhase:
        """What the code is worth today."""
        if self.row.state is PromoState.PAUSED:
            return CodePhase.PAUSED
        if self.row.valid_until is not None and self.row.valid_until < self.today:
            return CodePhase.ENDED
        if self.row.valid_from > self.today:
            return CodePhase.PLANNED
        if self.row.max_uses is not None and self.use.held >= self.row.max_uses:
            return CodePhase.USED_UP
        return CodePhase.RUNNING


@dataclass(frozen=True, slots=True)
class RedemptionLine:
    """A use of a code in a list. `order_ref` and `customer_ref` are public ids; `discount` is net."""

    code: str
    order_ref: str
    order_number: str
    customer_ref: str
    customer_name: str
    state: RedemptionState
    discount: Money
    created_at: datetime
