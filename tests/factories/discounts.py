"""Promo codes and standing discounts for tests, through the services that make them in life."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from praho.catalogue.services import codes
from praho.catalogue.types import CodeInput
from praho.core.db.scope import SystemScope, entered
from praho.customers.services import standings
from praho.customers.types import GroupInput, StandingInput
from praho.models.catalogue import DiscountKind, DiscountTarget, Redemption
from praho.models.customers import Customer

TYPED = CodeInput(
    code="VARA20",
    note="",
    kind=DiscountKind.PERCENT,
    percent=Decimal(20),
    amounts={},
    valid_from=None,
    valid_until=None,
    max_uses=None,
    once_per_customer=True,
    new_customers_only=False,
    target=DiscountTarget.EVERYTHING,
    product_ids=(),
    cycles=(),
    tlds=(),
    first_cycles=1,
)
"""20 % off the first period of everything, once for each customer."""


def make_code(**values: Any) -> str:
    """Make a code like `TYPED` and return its public id."""
    with entered(SystemScope("factory")):
        return codes.create(replace(TYPED, **values))


def make_group(percent: int, **values: Any) -> str:
    """Make a group of customers with a discount and return its public id."""
    typed = GroupInput("Parteneri", "", Decimal(percent), with_domains=False)
    with entered(SystemScope("factory")):
        return standings.create_group(replace(typed, **values))


def give_standing(customer: Customer, percent: int | None = None, group_id: str = "", **values: Any) -> None:
    """Give a customer a discount of its own, or put it into a group."""
    own = None if percent is None else Decimal(percent)
    typed = StandingInput(group_id, own, with_domains=False, reason="Așa ne-am înțeles.")
    with entered(SystemScope("factory")):
        standings.set_standing(customer.public_id, replace(typed, **values))


def redemptions() -> list[Redemption]:
    """Return all uses of codes, as they are now."""
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(Redemption).order_by(Redemption.id)))
