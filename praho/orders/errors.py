"""Refusals of orders."""

from praho.core import errors


class EmptyCart(errors.Conflict):
    """There is nothing to order."""

    code = "empty_cart"


class PriceChanged(errors.Conflict):
    """The total differs from the one that the buyer saw: it must be shown and accepted again."""

    code = "price_changed"


class NotCancellable(errors.Conflict):
    """The order is paid or has ended."""

    code = "not_cancellable"
