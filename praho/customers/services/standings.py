"""Customers who pay less than the list price by standing: groups, and discounts of a customer's own.

The discount of the customer's own takes the place of the group's, even where it is smaller: somebody agreed on it.
"""

from decimal import Decimal
from typing import Any

from praho.audit.services import recording
from praho.core import clock
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid, NotFound
from praho.core.i18n import gettext as _
from praho.core.web.paging import Page
from praho.customers import repos
from praho.customers.services import changing
from praho.customers.types import GroupInput, Standing, StandingInput
from praho.models.customers import Customer, CustomerGroup, CustomerStanding

SUBJECT = "customer_group"
LONGEST_NAME = 80
LONGEST_NOTE = 500
_NOTHING = Standing()


def of_customer(customer_id: int) -> Standing:
    """Return what a customer has by standing; needs the system's or staff's scope. One query."""
    found = repos.standing(customer_id)
    if found is None:
        return _NOTHING
    row, group = found
    own = Standing(percent=row.discount_percent, own_with_domains=row.with_domains, reason=row.reason)
    if group is None:
        return own
    return Standing(
        group.public_id,
        group.name,
        group.discount_percent,
        group.with_domains,
        own.percent,
        own.own_with_domains,
        own.reason,
    )


def groups() -> list[tuple[CustomerGroup, int]]:
    """Return every group with the number of its customers, by name. Two queries."""
    sizes = repos.group_sizes()
    return [(row, sizes.get(row.id, 0)) for row in repos.groups()]


def group(public_id: str) -> CustomerGroup:
    """Return a group; raises NotFound."""
    found = repos.group(public_id)
    if found is None:
        raise NotFound(_("There is no such group."))
    return found


def customers_in(group_id: int, cursor: str | None) -> Page[Customer]:
    """Return a page of a group's customers."""
    return repos.customers_in(group_id, cursor)


def create_group(typed: GroupInput) -> str:
    """Make a group and return its public id; raises Invalid by fields."""
    with unit_of_work() as session:
        values = _checked_group(typed, own_id=None)
        row = CustomerGroup(**values, created_at=clock.now())
        session.add(row)
        session.flush()
        changes = {name: [None, value] for name, value in values.items()}
        recording.record("customers.group.create", subject=(SUBJECT, row.public_id), changes=changes)
        return row.public_id


def change_group(public_id: str, typed: GroupInput) -> None:
    """Change a group, for what its customers order from now on. Raises NotFound, and Invalid by fields."""
    with unit_of_work():
        row = locking.lock_one(CustomerGroup, group(public_id).id)
        assert row is not None
        values = _checked_group(typed, own_id=row.id)
        changes = recording.changed({name: getattr(row, name) for name in values}, values)
        for name, value in values.items():
            setattr(row, name, value)
        if changes:
            recording.record("customers.group.change", subject=(SUBJECT, public_id), changes=changes)


def set_standing(customer_public_id: str, typed: StandingInput) -> None:
    """Set a customer's group and own discount, for what it orders from now on.

    Raises NotFound, and Invalid by fields: a discount of its own needs a reason.
    """
    with unit_of_work() as session:
        found = repos.by_public_id(customer_public_id)
        customer = None if found is None else changing.lock(found.id)
        if customer is None:
            raise NotFound(_("There is no such customer."))
        values = _checked_standing(typed)
        stored = repos.standing(customer.id)
        row = CustomerStanding(customer_id=customer.id, with_domains=False, reason="") if stored is None else stored[0]
        changes = recording.changed({name: getattr(row, name) for name in values}, values)
        for name, value in values.items():
            setattr(row, name, value)
        session.add(row)
        if changes:
            recording.record(
                "customer.standing",
                subject=("customer", customer.public_id),
                customer_id=customer.id,
                changes=changes,
            )


def _checked_group(typed: GroupInput, own_id: int | None) -> dict[str, Any]:
    refused: dict[str, object] = {}
    name = typed.name.strip()
    if not name or len(name) > LONGEST_NAME:
        refused["name"] = _("A name of at most %(count)s characters.", count=LONGEST_NAME)
    other = repos.group_by_name(name)
    if other is not None and other.id != own_id:
        refused["name"] = _("Another group has this name.")
    percent = _percent(refused, typed.percent)
    _end(refused)
    return {
        "name": name,
        "note": typed.note.strip()[:LONGEST_NOTE],
        "discount_percent": percent,
        "with_domains": typed.with_domains,
    }


def _checked_standing(typed: StandingInput) -> dict[str, Any]:
    refused: dict[str, object] = {}
    found = repos.group(typed.group_id) if typed.group_id else None
    if typed.group_id and found is None:
        refused["group_id"] = _("There is no such group.")
    percent = _percent(refused, typed.percent)
    reason = typed.reason.strip()[:LONGEST_NOTE]
    if percent is not None and not reason:
        refused["reason"] = _("Say why: whoever looks at it in a year will ask.")
    _end(refused)
    return {
        "group_id": None if found is None else found.id,
        "discount_percent": percent,
        "with_domains": typed.with_domains if percent is not None else False,
        "reason": reason,
    }


def _percent(refused: dict[str, object], typed: Decimal | None) -> Decimal | None:
    if typed is not None and (not 0 < typed <= 100 or typed != round(typed, 2)):
        refused["percent"] = _("Above 0, at most 100, with at most two decimals; empty for no discount.")
    return typed


def _end(refused: dict[str, object]) -> None:
    if refused:
        raise Invalid(_("Please correct the marked fields."), fields=refused)
