"""The currency of this browser: as chosen here, else as its country suggests. The cart goes along with it."""

from flask import session

from praho.catalogue.services import currencies
from praho.orders.services import carts
from praho.orders.web import cart_cookie, visits

KEY = "currency"


def at_hand() -> str:
    """Return the currency in which prices are shown, always one that the shop sells in."""
    chosen = session.get(KEY)
    return chosen if chosen in currencies.sold() else currencies.usual(visits.at_hand().country)


def remember(currency: str) -> None:
    """Show prices in a currency from now on."""
    session.permanent = True
    session[KEY] = currency


def choose(currency: str) -> None:
    """Show prices in a currency from now on, and price the cart in it; one that is not sold changes nothing."""
    if currency not in currencies.sold():
        return
    remember(currency)
    if carts.count(cart_cookie.token()):
        cart_cookie.keep(carts.switch(cart_cookie.token(), currency))
