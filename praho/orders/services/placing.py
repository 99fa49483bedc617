"""Placing an order: the cart's items at today's prices, the proforma that asks for the money, in one transaction."""

from dataclasses import dataclass, replace
from datetime import date

from praho.audit.services import recording
from praho.billing.documents.services import proformas
from praho.billing.tax.services import deciding
from praho.billing.tax.services.deciding import Visit
from praho.catalogue.errors import CodeRefused
from praho.catalogue.services import redeeming
from praho.catalogue.services.discounting import Source
from praho.catalogue.services.redeeming import Buyer
from praho.core import clock, text
from praho.core.crypto import hash_token
from praho.core.db import locking
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, Invalid, NotFound
from praho.core.i18n import gettext as _
from praho.core.i18n import in_locale
from praho.core.ids import new_public_id
from praho.core.jobs.queueing import enqueue
from praho.core.money import Money
from praho.core.principal import current_principal
from praho.core.tallies import keeping
from praho.core.web import form_tokens
from praho.models.customers import Customer, CustomerState
from praho.models.orders import Cart, CartState, ItemState, Order, OrderItem, OrderState
from praho.orders import repos
from praho.orders.errors import AlreadyOrdered, CurrencyOnHold, EmptyCart, PriceChanged
from praho.orders.events import BEGIN_DELIVERY, OrderWork
from praho.orders.services import carts, deadlines, discounts, quoting
from praho.orders.services.terms import Acceptance
from praho.orders.types import PLACED, CartView


@dataclass(frozen=True, slots=True)
class _Taken:
    """A cart that was claimed, as its buyer gets it."""

    cart: Cart
    basket: quoting.Basket
    view: CartView
    buyer: Buyer

    @property
    def promo_code(self) -> str | None:
        """The code that holds for this order, None for none."""
        code = self.basket.code
        return code.text if code is not None and code.holds else None


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be ordered: the cart, in which language, and the total that the buyer agreed to, in minor units.

    `visit` is where the order came from, one of the signs of where a consumer is.
    """

    cart_token: str
    locale: str
    seen_total_minor: int | None = None
    by_staff: bool = False
    visit: Visit | None = None


def place(wish: Wish, customer_id: int, accepted: Acceptance, *, form_token: str) -> str:
    """Order what the cart holds and return the order's public id; once for each form and each cart.

    Raises EmptyCart, AlreadyOrdered, PriceChanged, CurrencyOnHold, Invalid for items that cannot be ordered, and the
    refusals of issuing the proforma. The caller has checked that the person may order for this customer.
    """
    with entered(SystemScope("checkout")), unit_of_work():
        return form_tokens.once(form_token, "orders.place", lambda: place_now(wish, customer_id, accepted))


def place_now(wish: Wish, customer_id: int, accepted: Acceptance) -> str:
    """The same inside the caller's unit of work, whose form token it has spent; a system scope."""
    if not accepted.version:
        raise Invalid(_("Please accept the terms of service."), fields={"terms": _("Please accept the terms.")})
    customer = locking.lock_one(Customer, customer_id)
    if customer is None:
        raise NotFound(_("This customer does not exist."))
    if customer.state is not CustomerState.ACTIVE:
        raise Conflict(_("This customer is closed."))
    order_id = new_public_id("ord")
    taken = _take_cart(wish, order_id, customer_id)
    order = _insert(order_id, customer_id, wish, accepted, taken, deadlines.last_day())
    items = taken.basket.items
    session().add_all(_item(order, position, item) for position, item in enumerate(items, start=1))
    session().flush()
    recording.record(
        "order.placed", subject=("order", order.public_id), customer_id=customer_id, changes=_facts(order, taken.view)
    )
    _ask_for_money(order, taken)
    # The code's row is the last one to be locked: whoever took its last use in the meantime stops all of this.
    _redeem(order, taken)
    return order.public_id


def _facts(order: Order, view: CartView) -> dict[str, list[object]]:
    facts: dict[str, object] = {
        "number": order.number,
        "total_minor": order.total_minor,
        "terms_version": order.terms_version,
    }
    if not view.discount.is_zero:
        facts |= {"discount_minor": view.discount.minor, "promo_code": order.promo_code}
        facts["discount_reason"] = order.discount_reason
    return {name: [None, value] for name, value in facts.items()}


def _take_cart(wish: Wish, order_id: str, customer_id: int) -> _Taken:
    """Claim the cart for this order before it is read: whoever adds to it from now on gets a new one."""
    cart = repos.cart(hash_token(wish.cart_token))
    if cart is None:
        raise EmptyCart(_("The cart is empty."))
    if cart.state is CartState.ORDERED or not repos.claim_cart(cart.id, order_id):
        raise AlreadyOrdered(_("This cart was ordered already."))
    items = repos.cart_items(cart.id)
    if not items:
        raise EmptyCart(_("The cart is empty."))
    buyer = discounts.buyer(customer_id, by_staff=wish.by_staff)
    with in_locale(wish.locale):
        basket = quoting.quote(items, cart.currency, carts.wanted_by(cart, buyer))
    today = clock.today()
    view = quoting.view_of(basket, lambda net: deciding.for_customer(customer_id, today, net, wish.visit))
    if view.hold is not None:
        raise CurrencyOnHold(view.hold)
    if not view.orderable:
        raise Invalid(_("Something in the cart cannot be ordered any more."))
    if wish.seen_total_minor is not None and view.total.minor != wish.seen_total_minor:
        raise _changed("" if view.code is None or view.code.holds else view.code.sentence)
    return _Taken(cart, basket, view, buyer)


def _changed(reason: str) -> PriceChanged:
    sentence = _("The total has changed since you last saw it. Please check it and order again.")
    return PriceChanged(f"{reason} {sentence}".strip())


def _redeem(order: Order, taken: _Taken) -> None:
    """Reserve the use of the code that holds for this order; raises PriceChanged where it was lost to another."""
    if taken.promo_code is None:
        return
    cuts = [item.line.cut for item in taken.basket.items]
    off = sum(cut.total_minor for cut in cuts if cut.source is Source.CODE)
    try:
        redeeming.reserve(
            taken.promo_code,
            taken.buyer,
            order_ref=order.public_id,
            order_number=order.number,
            discount=Money(off, order.currency),
        )
    except CodeRefused as refusal:
        raise _changed(str(refusal)) from refusal


def _insert(order_id: str, customer_id: int, wish: Wish, accepted: Acceptance, taken: _Taken, last_day: date) -> Order:
    now = clock.now()
    view = taken.view
    number = repos.next_order_number()
    totals = view.totals
    order = Order(
        public_id=order_id,
        customer_id=customer_id,
        number=number,
        state=OrderState.AWAITING_PAYMENT,
        currency=view.currency,
        locale=wish.locale,
        net_minor=totals.net.minor,
        vat_minor=totals.vat.minor,
        total_minor=totals.total.minor,
        allowance_minor=view.allowance.minor,
        promo_code=taken.promo_code,
        discount_reason=taken.cart.discount_reason,
        placed_by=current_principal().user_id,
        placed_by_staff=wish.by_staff,
        terms_version=accepted.version,
        terms_accepted_at=now,
        terms_ip=accepted.ip,
        terms_note=accepted.note,
        lapses_on=last_day,
        search=text.search_document(number, *(line.domain_name for line in view.lines)),
        created_at=now,
    )
    session().add(order)
    session().flush()
    keeping.add(PLACED, clock.local_date(now), totals.total.minor, view.currency)
    return order


def _item(order: Order, position: int, quoted: quoting.Quoted) -> OrderItem:
    line = quoted.line
    cut = line.cut
    return OrderItem(
        customer_id=order.customer_id,
        order_id=order.id,
        position=position,
        kind=line.kind,
        state=ItemState.WAITING,
        product_id=quoted.product_id,
        cycle=line.cycle,
        domain_name=line.domain_name,
        years=line.years,
        description=f"{line.title}, {line.detail}",
        price_minor=line.price.minor,
        setup_minor=line.setup.minor,
        discount_minor=cut.total_minor,
        discount_label=cut.label or None,
        renewal_discount_minor=cut.kept_minor,
        renewal_discount_cycles=cut.kept_cycles,
        net_minor=line.price.minor + line.setup.minor - cut.total_minor,
        details={"label": line.title, "account_id": quoted.provider_account_id, "remote_plan": quoted.remote_plan},
    )


def _ask_for_money(order: Order, taken: _Taken) -> None:
    if order.total_minor == 0:
        enqueue(BEGIN_DELIVERY, OrderWork(order.public_id), occasion=order.public_id)
        return
    lines = [
        replace(sale_line, subject=("order_item", item.public_id))
        for item, priced in zip(repos.items_of(order.id), taken.basket.items, strict=True)
        for sale_line in priced.sale_lines
    ]
    issued = proformas.issue(
        order.customer_id,
        lines,
        currency=order.currency,
        locale=order.locale,
        due_date=order.lapses_on,
        subject=("order", order.public_id),
        tax=taken.view.tax,
        discount_minor=order.allowance_minor,
    )
    order.proforma_id = issued.id
