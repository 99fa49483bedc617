"""What comes off a cart by what somebody types: the buyer's promo code, and staff's discounts with their reason."""

from collections.abc import Mapping

from praho.catalogue.errors import CodeRefused
from praho.catalogue.services import redeeming
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid, NotFound
from praho.core.i18n import gettext as _
from praho.models.orders import Cart
from praho.orders import repos
from praho.orders.services import carts, discounts

CODE_FIELD = "promo_code"
LONGEST_REASON = 500


def set_code(token: str | None, typed: str, customer_id: int | None = None, *, by_staff: bool = False) -> None:
    """Keep a promo code with an open cart, in place of the one before.

    Raises Invalid beside the field where it does not hold today for who buys, as far as that is known; the cart keeps
    what it had. Raises NotFound where there is no cart.
    """
    with entered(SystemScope("cart")), unit_of_work():
        cart = _open(token)
        if not redeeming.read(typed):
            raise Invalid(_("Type a code."), fields={CODE_FIELD: _("Type a code.")})
        try:
            redeeming.rule(typed, cart.currency, discounts.buyer(customer_id, by_staff=by_staff))
        except CodeRefused as refusal:
            raise Invalid(str(refusal), fields={CODE_FIELD: str(refusal)}) from refusal
        cart.promo_code = redeeming.read(typed)
        cart.updated_at = clock.now()


def remove_code(token: str | None) -> None:
    """Take the promo code out of an open cart; one that has none is left as it is."""
    with entered(SystemScope("cart")), unit_of_work():
        cart = carts.locked(token)
        if cart is not None:
            cart.promo_code = None
            cart.updated_at = clock.now()


def set_by_staff(token: str | None, items: Mapping[str, int | None], allowance_minor: int, reason: str) -> None:
    """Set what staff take off a cart: net minor units off each item (None: nothing by hand), and off the whole.

    What is taken off by hand needs a reason. Raises Invalid beside the fields, which are named `off_` and the item's
    public id, `allowance` and `reason`; NotFound where there is no cart.
    """
    with entered(SystemScope("cart")), unit_of_work():
        cart = _open(token)
        text = reason.strip()[:LONGEST_REASON]
        if not text and (allowance_minor or any(minor is not None for minor in items.values())):
            sentence = _("Say why: whoever looks at the order in a year will ask.")
            raise Invalid(sentence, fields={"reason": sentence})
        for item in repos.cart_items(cart.id):
            item.discount_minor = items.get(item.public_id)
        cart.allowance_minor = allowance_minor
        cart.discount_reason = text or None
        cart.updated_at = clock.now()


def _open(token: str | None) -> Cart:
    cart = carts.locked(token)
    if cart is None:
        raise NotFound(_("The cart is empty."))
    return cart
