"""What comes off a cart: the code that was typed, what its buyer has off by standing, and staff's own word."""

from collections.abc import Sequence
from dataclasses import dataclass

from praho.catalogue.errors import CodeRefused
from praho.catalogue.services import discounting, redeeming
from praho.catalogue.services.discounting import Cut, Rule, Sold, Source
from praho.catalogue.services.redeeming import ANYBODY, Buyer
from praho.core.db.scope import SystemScope, entered
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.customers.services import standings
from praho.orders import repos
from praho.orders.types import CodeNote


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a cart asks for: a code as typed, staff's discount on the whole (net, minor units), and who buys."""

    code: str | None = None
    allowance_minor: int = 0
    buyer: Buyer = ANYBODY


@dataclass(frozen=True, slots=True)
class Applied:
    """What comes off each item, and what is to be said about the code that was typed."""

    cuts: tuple[Cut, ...]
    code: CodeNote | None = None


def buyer(customer_id: int | None, *, by_staff: bool = False) -> Buyer:
    """Return who would use a code; needs the system's or staff's scope. At most one query.

    New is who has no order that did not end unpaid: neither the customer, nor the person who orders for it.
    """
    person = current_principal()
    user_id = None if by_staff or person.staff_role is not None else person.user_id
    if customer_id is None and user_id is None:
        return ANYBODY
    return Buyer(customer_id, new=not repos.has_ordered(customer_id, user_id))


def applied(sold: Sequence[Sold], currency: str, wanted: Wanted) -> Applied:
    """Return what comes off, with its reasons in the reader's language. At most four queries."""
    standing = _standing(wanted.buyer)
    if not wanted.code:
        return Applied(discounting.settle(sold, currency, None, standing).cuts)
    text = redeeming.read(wanted.code)
    try:
        rule = redeeming.rule(text, currency, wanted.buyer)
    except CodeRefused as refusal:
        cuts = discounting.settle(sold, currency, None, standing).cuts
        return Applied(cuts, CodeNote(text, holds=False, sentence=str(refusal)))
    settled = discounting.settle(sold, currency, rule, standing)
    return Applied(settled.cuts, _note(text, rule, settled.source, standing))


def standing_of(customer_id: int | None) -> Rule | None:
    """Return what a customer has off by standing, None for nothing; from any scope. At most one query."""
    if customer_id is None:
        return None
    with entered(SystemScope("a standing discount")):
        return _standing(Buyer(customer_id))


def _standing(wanted: Buyer) -> Rule | None:
    if wanted.customer_id is None:
        return None
    return redeeming.of_standing(standings.of_customer(wanted.customer_id))


def _note(text: str, rule: Rule, source: Source | None, standing: Rule | None) -> CodeNote:
    if source is Source.CODE:
        return CodeNote(text, holds=True, sentence=rule.label)
    if source is Source.STANDING and standing is not None:
        sentence = _(
            "%(standing)s takes off as much or more, so the code %(code)s is kept for another time.",
            standing=standing.label,
            code=text,
        )
        return CodeNote(text, holds=False, sentence=sentence)
    return CodeNote(
        text, holds=False, sentence=_("The code %(code)s takes nothing off what is in the cart.", code=text)
    )
