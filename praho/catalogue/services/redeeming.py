"""Promo codes at the till: whether one holds for a buyer, and its uses by orders.

A use is reserved by the order that is placed, used once that is paid, and given back where the order ends unpaid or
undelivered. Two buyers at the last use meet at the code's row: it is locked after the customer, last of all, and the
uses are counted under that lock.
"""

from dataclasses import dataclass

from praho.catalogue import repos
from praho.catalogue.errors import CodeRefused
from praho.catalogue.services.discounting import Rule, Source
from praho.core import clock, formatting
from praho.core.db import locking
from praho.core.db.scope import session
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.customers.types import Standing
from praho.models.catalogue import DiscountKind, DiscountTarget, PromoCode, PromoState, Redemption, RedemptionState

LONGEST = 40


@dataclass(frozen=True, slots=True)
class Buyer:
    """Who would use a code. `customer_id` is None, and `new` too, as long as nobody said who buys."""

    customer_id: int | None = None
    new: bool | None = None


ANYBODY = Buyer()


def read(typed: str) -> str:
    """Return a code as it is stored: capitals, without spaces around it or in it."""
    return "".join(typed.split()).upper()[:LONGEST]


def rule(typed: str, currency: str, buyer: Buyer) -> Rule:
    """Return what a code takes off today (Bucharest) for a buyer, with its name in the reader's language.

    Raises CodeRefused saying why it takes nothing off.
    """
    row = repos.code_by_text(read(typed))
    if row is None:
        raise _unknown(typed)
    _require_open(row, buyer)
    return of_row(row, currency)


def of_row(row: PromoCode, currency: str) -> Rule:
    """Return a code's rule in a currency; raises CodeRefused where it has no amount in it."""
    amount = row.amounts.get(currency)
    if amount is None and row.kind in (DiscountKind.FIXED, DiscountKind.PRICE):
        raise CodeRefused(
            _("The code %(code)s does not hold for prices in %(currency)s.", code=row.code, currency=currency)
        )
    return Rule(
        source=Source.CODE,
        kind=row.kind,
        label=_label(row, currency),
        percent=row.percent,
        amount_minor=amount,
        target=row.target,
        product_ids=frozenset(row.product_ids),
        cycles=frozenset(row.cycles),
        tlds=frozenset(row.tlds),
        first_cycles=row.first_cycles,
    )


def of_standing(standing: Standing) -> Rule | None:
    """Return what a customer has off by standing, with its name in the reader's language; None for nothing."""
    if standing.discount is None:
        return None
    percent = formatting.percent(standing.discount, current_locale())
    return Rule(
        source=Source.STANDING,
        kind=DiscountKind.PERCENT,
        label=_("Customer discount %(percent)s", percent=percent),
        percent=standing.discount,
        target=DiscountTarget.EVERYTHING if standing.with_domains else DiscountTarget.PLANS,
    )


def reserve(typed: str, buyer: Buyer, *, order_ref: str, order_number: str, discount: Money) -> None:
    """Reserve a use for an order that is being placed, in its unit of work; the last lock before the number series.

    Raises CodeRefused where the code came to its end, or somebody else took the last use, in the meantime.
    """
    assert buyer.customer_id is not None
    found = repos.code_by_text(read(typed))
    row = None if found is None else locking.lock_one(PromoCode, found.id)
    if row is None:
        raise _unknown(typed)
    _require_open(row, buyer)
    session().add(
        Redemption(
            customer_id=buyer.customer_id,
            code_id=row.id,
            order_ref=order_ref,
            order_number=order_number,
            state=RedemptionState.RESERVED,
            once=row.once_per_customer,
            currency=discount.currency,
            discount_minor=discount.minor,
            created_at=clock.now(),
        )
    )
    session().flush()


def use(order_ref: str) -> None:
    """Note that the order of a reserved use is paid; nothing happens for an order without a code."""
    _decide(order_ref, (RedemptionState.RESERVED,), RedemptionState.USED)


def release(order_ref: str) -> None:
    """Give the use of an order back that ended unpaid, or with nothing delivered."""
    _decide(order_ref, (RedemptionState.RESERVED, RedemptionState.USED), RedemptionState.RELEASED)


def _decide(order_ref: str, sources: tuple[RedemptionState, ...], target: RedemptionState) -> None:
    found = repos.redemption_of(order_ref)
    row = None if found is None else locking.lock_one(Redemption, found.id)
    if row is not None and row.state in sources:
        row.state = target
        row.decided_at = clock.now()


def _require_open(row: PromoCode, buyer: Buyer) -> None:
    today = clock.today()
    if row.state is PromoState.PAUSED or row.valid_from > today:
        raise _unknown(row.code)
    if row.valid_until is not None and row.valid_until < today:
        day = formatting.date(row.valid_until, current_locale())
        raise CodeRefused(_("The code %(code)s held until %(day)s.", code=row.code, day=day))
    if row.new_customers_only and buyer.new is False:
        raise CodeRefused(_("The code %(code)s is for the first order of new customers.", code=row.code))
    mine = buyer.customer_id is not None and row.once_per_customer
    if mine and repos.has_redeemed(row.id, buyer.customer_id or 0):
        raise CodeRefused(_("You have used the code %(code)s already; it holds once for each customer.", code=row.code))
    if row.max_uses is not None and repos.held_count(row.id) >= row.max_uses:
        raise CodeRefused(_("The code %(code)s has been used up.", code=row.code))


def _unknown(typed: str) -> CodeRefused:
    return CodeRefused(_("There is no code %(code)s that holds today.", code=read(typed)))


def _label(row: PromoCode, currency: str) -> str:
    locale = current_locale()
    if row.percent is not None:
        return _("Code %(code)s: %(percent)s off", code=row.code, percent=formatting.percent(row.percent, locale))
    if row.kind is DiscountKind.FREE_SETUP:
        return _("Code %(code)s: free setup", code=row.code)
    if row.kind is DiscountKind.PRICE:
        price = formatting.amount(Money(row.amounts[currency], currency), locale)
        return _("Code %(code)s: %(price)s for a period", code=row.code, price=price)
    return _("Code %(code)s", code=row.code)
