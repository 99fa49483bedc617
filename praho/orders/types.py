"""What pages see of a cart and its items."""

from dataclasses import dataclass

from praho.billing.documents.pricing import PricedLines
from praho.core.money import Money
from praho.models.orders import ItemKind


@dataclass(frozen=True, slots=True)
class CartLine:
    """One item of a cart at today's price. `problem` says why it cannot be ordered; it then costs nothing.

    `price` is the net price of the whole period, `setup` the net fee charged once.
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
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class CartView:
    """A cart as it stands now; `priced` is what the proforma would say."""

    lines: tuple[CartLine, ...]
    currency: str
    priced: PricedLines

    @property
    def total(self) -> Money:
        """What the buyer pays, VAT included."""
        return Money(self.priced.totals.total_minor, self.currency)

    @property
    def net(self) -> Money:
        """The sum without VAT."""
        return Money(self.priced.totals.net_minor, self.currency)

    @property
    def vat(self) -> Money:
        """The VAT."""
        return Money(self.priced.totals.vat_minor, self.currency)

    @property
    def orderable(self) -> bool:
        """Whether there is something to order and nothing stands in its way."""
        return bool(self.lines) and all(line.problem is None for line in self.lines)
