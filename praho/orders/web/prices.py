"""Prices as a visitor wants to read them: persons with VAT, companies without; the browser remembers which."""

from dataclasses import dataclass, replace

from flask import session

from praho.catalogue.services import currencies
from praho.catalogue.services.discounting import Rule, Sold, settle
from praho.catalogue.types import CycleOffer
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.models.catalogue import DiscountTarget
from praho.models.customers import CustomerKind
from praho.orders.services import discounts, quoting, shop
from praho.orders.types import CartView
from praho.orders.web import buyers, chosen_currency

KEY = "prices"


@dataclass(frozen=True, slots=True)
class Prices:
    """How a page shows net prices: `gross` says with VAT, in which currency, and which others there are.

    `standing` is what the reader has off by standing, as far as the page asked for it.
    """

    vat: quoting.Vat
    gross: bool
    currency: str
    offered: tuple[str, ...]
    standing: Rule | None = None

    def shown(self, net: Money) -> Money:
        """Return a price in the reader's manner."""
        return self.vat.gross(net) if self.gross else net

    def other(self, net: Money) -> Money:
        """Return it in the other manner."""
        return net if self.gross else self.vat.gross(net)

    def month(self, offer: CycleOffer) -> Money:
        """Return what a month of a plan's period comes to at its list price."""
        return self.shown(offer.amount).prorate(1, offer.cycle.months)

    def month_now(self, offer: CycleOffer) -> Money:
        """Return what a month of a plan's period comes to for this reader."""
        return self.shown(self.now(offer)).prorate(1, offer.cycle.months)

    def now(self, offer: CycleOffer) -> Money:
        """Return the net price of a plan's period for this reader, their standing discount taken off."""
        sold = Sold(DiscountTarget.PLANS, offer.amount.minor, cycle=offer.cycle)
        cut = settle([sold], offer.amount.currency, standing=self.standing).cuts[0]
        return offer.amount - Money(cut.price_minor, offer.amount.currency)

    @property
    def note(self) -> str:
        """What the prices shown are."""
        return _("with VAT") if self.gross else _("without VAT")

    @property
    def other_note(self) -> str:
        """What the other prices are."""
        return _("without VAT") if self.gross else _("with VAT")


def at_hand() -> Prices:
    """Return how this browser wants its prices. One query."""
    return Prices(quoting.vat_today(), wants_gross(), chosen_currency.at_hand(), currencies.sold())


def for_plans() -> Prices:
    """Return how this browser wants its prices, with what its buyer has off plans. Three queries at most."""
    customer_id = buyers.likely_buyer(buyers.own_customers())
    return replace(at_hand(), standing=discounts.standing_of(customer_id))


def of(cart: CartView) -> Prices:
    """Return how this browser wants the prices of a cart, in the cart's currency. One query."""
    currency = cart.currency if cart.lines else chosen_currency.at_hand()
    return Prices(quoting.vat_today(), wants_gross(), currency, currencies.sold())


def with_tax_of(cart: CartView) -> Prices:
    """Return how this browser wants its prices, with the VAT of the cart's buyer."""
    return Prices(quoting.Vat(cart.tax), wants_gross(), cart.currency, currencies.sold())


def wants_gross() -> bool:
    """Say whether prices are shown with VAT: as chosen here, else as the shop's settings say."""
    chosen = session.get(KEY)
    kind = chosen if chosen in set(CustomerKind) else shop.usual_buyer()
    return bool(kind == CustomerKind.PERSON)


def remember(kind: str) -> None:
    """Show prices as a person or as a company expects them from now on; anything else changes nothing."""
    if kind in set(CustomerKind):
        session.permanent = True
        session[KEY] = kind
