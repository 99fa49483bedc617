"""Prices as a visitor wants to read them: persons with VAT, companies without; the browser remembers which."""

from dataclasses import dataclass

from flask import session

from praho.catalogue.services import currencies
from praho.catalogue.types import CycleOffer
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.models.customers import CustomerKind
from praho.orders.services import quoting, shop
from praho.orders.types import CartView
from praho.orders.web import chosen_currency

KEY = "prices"


@dataclass(frozen=True, slots=True)
class Prices:
    """How a page shows net prices: `gross` says with VAT, in which currency, and which others there are."""

    vat: quoting.Vat
    gross: bool
    currency: str
    offered: tuple[str, ...]

    def shown(self, net: Money) -> Money:
        """Return a price in the reader's manner."""
        return self.vat.gross(net) if self.gross else net

    def other(self, net: Money) -> Money:
        """Return it in the other manner."""
        return net if self.gross else self.vat.gross(net)

    def month(self, offer: CycleOffer) -> Money:
        """Return what a month of a plan's period comes to."""
        return self.shown(offer.amount).prorate(1, offer.cycle.months)

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
