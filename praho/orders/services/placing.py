"""Placing an order: the cart's items at today's prices, the proforma that asks for the money, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from praho.audit.services import recording
from praho.billing.documents.services import proformas
from praho.core import clock
from praho.core.crypto import hash_token
from praho.core.db import locking
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, Invalid, NotFound
from praho.core.i18n import gettext as _
from praho.core.i18n import in_locale
from praho.core.jobs.queueing import enqueue
from praho.core.principal import current_principal
from praho.core.web import form_tokens
from praho.models.customers import Customer
from praho.models.orders import ItemState, Order, OrderItem, OrderState
from praho.orders import repos
from praho.orders.errors import EmptyCart, PriceChanged
from praho.orders.events import BEGIN_DELIVERY, OrderWork
from praho.orders.services import carts, quoting

PAY_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Terms:
    """The acceptance of the terms of service: which version, from where."""

    version: str
    ip: str | None


def place(
    cart_token: str,
    customer_id: int,
    terms: Terms,
    *,
    locale: str,
    form_token: str,
    seen_total_minor: int | None = None,
    by_staff: bool = False,
) -> str:
    """Order what the cart holds and return the order's public id; once for each form and each cart.

    `seen_total_minor` is the total that the buyer agreed to. Raises EmptyCart, PriceChanged, Invalid for items that
    cannot be ordered, and the refusals of issuing the proforma. The caller has checked that the person may order for
    this customer.
    """
    if not terms.version:
        raise Invalid(_("Please accept the terms of service."), fields={"terms": _("Please accept the terms.")})
    with entered(SystemScope("checkout")), unit_of_work():
        return form_tokens.once(
            form_token,
            "orders.place",
            lambda: _place(cart_token, customer_id, terms, locale, seen_total_minor, by_staff),
        )


def _place(
    cart_token: str, customer_id: int, terms: Terms, locale: str, seen_total_minor: int | None, by_staff: bool
) -> str:
    if locking.lock_one(Customer, customer_id) is None:
        raise NotFound(_("This customer does not exist."))
    cart = repos.open_cart(hash_token(cart_token))
    items = [] if cart is None else repos.cart_items(cart.id)
    if cart is None or not items:
        raise EmptyCart(_("The cart is empty."))
    with in_locale(locale):
        quoted = quoting.quote(items, cart.currency)
    view = quoting.view_of(quoted, cart.currency)
    if not view.orderable:
        raise Invalid(_("Something in the cart cannot be ordered any more."))
    if seen_total_minor is not None and view.total.minor != seen_total_minor:
        raise PriceChanged(_("The total has changed since you last saw it. Please check it and order again."))
    order = _insert(quoted, view.priced.totals.net_minor, view.vat.minor, customer_id, terms, locale, by_staff)
    _ask_for_money(order, quoted)
    if not repos.claim_cart(cart.id, order.public_id):
        raise Conflict(_("This cart was ordered already."))
    return order.public_id


def _insert(
    quoted: Sequence[quoting.Quoted],
    net_minor: int,
    vat_minor: int,
    customer_id: int,
    terms: Terms,
    locale: str,
    by_staff: bool,
) -> Order:
    now = clock.now()
    order = Order(
        customer_id=customer_id,
        number=repos.next_order_number(),
        state=OrderState.AWAITING_PAYMENT,
        currency=carts.CURRENCY,
        locale=locale,
        net_minor=net_minor,
        vat_minor=vat_minor,
        total_minor=net_minor + vat_minor,
        placed_by=current_principal().user_id,
        placed_by_staff=by_staff,
        terms_version=terms.version,
        terms_accepted_at=now,
        terms_ip=terms.ip,
        lapses_on=clock.today() + PAY_WITHIN,
        created_at=now,
    )
    session().add(order)
    session().flush()
    session().add_all(_item(order, position, item) for position, item in enumerate(quoted, start=1))
    session().flush()
    recording.record(
        "order.placed",
        subject=("order", order.public_id),
        customer_id=customer_id,
        changes={"number": [None, order.number], "total_minor": [None, order.total_minor]},
    )
    return order


def _item(order: Order, position: int, quoted: quoting.Quoted) -> OrderItem:
    line = quoted.line
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
        net_minor=line.price.minor + line.setup.minor,
        details={"account_id": quoted.provider_account_id, "remote_plan": quoted.remote_plan},
    )


def _ask_for_money(order: Order, quoted: Sequence[quoting.Quoted]) -> None:
    if order.total_minor == 0:
        enqueue(BEGIN_DELIVERY, OrderWork(order.public_id), occasion=order.public_id)
        return
    items = repos.items_of(order.id)
    lines = [
        replace(sale_line, subject=("order_item", item.public_id))
        for item, priced in zip(items, quoted, strict=True)
        for sale_line in priced.sale_lines
    ]
    issued = proformas.issue(
        order.customer_id,
        lines,
        currency=order.currency,
        locale=order.locale,
        due_date=order.lapses_on,
        subject=("order", order.public_id),
    )
    order.proforma_id = issued.id
