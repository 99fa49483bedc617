"""What pages see of carts and orders; frozen, never rows of a cart."""

from dataclasses import dataclass
from decimal import Decimal

from praho.billing.documents.pricing import PricedLines
from praho.billing.tax import wording
from praho.billing.tax.types import TaxDecision
from praho.catalogue.services.discounting import NOTHING, Cut
from praho.core.money import Money
from praho.models.billing.documents import DocumentState
from praho.models.orders import ItemKind, Order, OrderItem

PLACED = "orders.placed"
"""What a day's orders ask for, VAT included, and how many they are."""


@dataclass(frozen=True, slots=True)
class CartLine:
    """One item of a cart at today's price. `problem` says why it cannot be ordered; it then costs nothing.

    `price` is the net price of the whole period, `setup` the net fee charged once. `domain_name` is ASCII. `periods`
    are what it is sold for, with their net prices: values of BillingCycle, or numbers of years. These are list prices;
    `cut` is what comes off them.
    """

    public_id: str
    kind: ItemKind
    title: str
    detail: str
    domain_name: str | None
    cycle: str | None
    years: int | None
    price: Money
    setup: Money
    periods: tuple[tuple[str, Money], ...] = ()
    problem: str | None = None
    cut: Cut = NOTHING

    @property
    def period(self) -> str:
        """The one of `periods` that was chosen."""
        return self.cycle if self.cycle is not None else str(self.years)

    @property
    def price_now(self) -> Money:
        """The net price of the period after the discount."""
        return Money(self.price.minor - self.cut.price_minor, self.price.currency)

    @property
    def setup_now(self) -> Money:
        """The net setup fee after the discount."""
        return Money(self.setup.minor - self.cut.setup_minor, self.setup.currency)

    @property
    def next_price(self) -> Money:
        """What the next period will cost, net, as known now."""
        return Money(self.price.minor - self.cut.next_minor, self.price.currency)

    @property
    def then_price(self) -> Money:
        """What the periods cost after those that a code holds for, net, as known now."""
        return Money(self.price.minor - self.cut.then_minor, self.price.currency)

    @property
    def tells_later(self) -> bool:
        """Whether something is to be said about later periods: of a plan, where not all cost what this one does."""
        same = self.next_price == self.price_now and self.cut.kept_cycles == 0
        return self.kind is ItemKind.HOSTING and self.cut.price_minor > 0 and not same


@dataclass(frozen=True, slots=True)
class CodeNote:
    """What is said beside the promo code of a cart: what it takes off where it holds, else why it does not."""

    text: str
    holds: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Totals:
    """What a basket comes to, with its VAT rate."""

    net: Money
    vat: Money
    total: Money
    rate: Decimal


@dataclass(frozen=True, slots=True)
class CartView:
    """A cart as it stands now; `priced` is what the proforma would say.

    `hold` says why nothing can be ordered in its currency today. `code` is the promo code that was typed.
    """

    lines: tuple[CartLine, ...]
    currency: str
    priced: PricedLines
    tax: TaxDecision
    hold: str | None = None
    code: CodeNote | None = None
    discount_reason: str | None = None

    @property
    def allowance(self) -> Money:
        """What staff take off the whole, net."""
        return Money(self.priced.totals.allowance_minor, self.currency)

    @property
    def discount(self) -> Money:
        """Everything that comes off, net."""
        off = sum(line.cut.total_minor for line in self.lines)
        return Money(off + self.priced.totals.allowance_minor, self.currency)

    @property
    def totals(self) -> Totals:
        """The sums."""
        sums = self.priced.totals
        return Totals(
            Money(sums.net_minor, self.currency),
            Money(sums.vat_minor, self.currency),
            Money(sums.total_minor, self.currency),
            self.tax.rate,
        )

    @property
    def tax_mentions(self) -> list[str]:
        """Why there is no VAT, or another country's; nothing where Romanian VAT is charged as everywhere."""
        return wording.mentions(self.tax)

    @property
    def total(self) -> Money:
        """What the buyer pays, VAT included."""
        return self.totals.total

    @property
    def orderable(self) -> bool:
        """Whether there is something to order and nothing stands in its way."""
        return self.hold is None and bool(self.lines) and all(line.problem is None for line in self.lines)

    @property
    def domain_names(self) -> tuple[str, ...]:
        """The names that are registered with this order."""
        return tuple(line.domain_name for line in self.lines if line.kind is ItemKind.DOMAIN and line.domain_name)


@dataclass(frozen=True, slots=True)
class Proforma:
    """The proforma of an order, as far as orders look at it; `why_vat` says for staff why it carries this VAT."""

    public_id: str
    number: str
    state: DocumentState
    why_vat: str = ""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of an item: the service or domain that carries it as its origin.

    `failure` is a sentence for staff.
    """

    kind: str
    public_id: str
    live: bool
    failed: bool
    cancelled: bool
    failure: str | None


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item with what it became, None as long as nothing was asked for."""

    row: OrderItem
    made: Delivered | None


@dataclass(frozen=True, slots=True)
class OrderView:
    """An order as its page shows it."""

    row: Order
    items: tuple[ItemView, ...]
    proforma: Proforma | None
    customer_public_id: str
    customer_name: str

    @property
    def totals(self) -> tuple[Money, Money, Money]:
        """Net, VAT and total."""
        currency = self.row.currency
        return (
            Money(self.row.net_minor, currency),
            Money(self.row.vat_minor, currency),
            Money(self.row.total_minor, currency),
        )

    @property
    def allowance(self) -> Money:
        """What staff took off the whole, net."""
        return Money(self.row.allowance_minor, self.row.currency)
