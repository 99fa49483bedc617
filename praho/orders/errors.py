"""Refusals of orders."""

from praho.core import errors


class EmptyCart(errors.Conflict):
    """There is nothing to order."""

    code = "empty_cart"


class AlreadyOrdered(errors.Conflict):
    """The cart became an order before; it is ordered once."""

    code = "already_ordered"


class PriceChanged(errors.Conflict):
    """The total differs from the one that the buyer saw: it must be shown and accepted again."""

    code = "price_changed"


class CurrencyOnHold(errors.Conflict):
    """Nothing can be ordered in the cart's currency today: it is not sold, or there is no exchange rate for it."""

    code = "currency_on_hold"


class NotCancellable(errors.Conflict):
    """The order is paid, a payment is under way, or it has ended."""

    code = "not_cancellable"


class NameNotFree(errors.Invalid):
    """A domain name cannot be ordered: it is taken, not allowed, a premium name, or nobody could say."""

    code = "name_not_free"


class WrongItemState(errors.Conflict):
    """The item is not in the state that the command needs."""

    code = "wrong_item_state"
