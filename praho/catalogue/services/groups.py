"""The shelves of the shop."""

from typing import Any

from praho.audit.services import recording
from praho.catalogue import repos
from praho.catalogue.services import checking
from praho.catalogue.types import GroupInput
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.models.catalogue import ProductGroup


def listed() -> list[tuple[ProductGroup, int]]:
    """Return every group with the number of its plans, in the shop's order. Two queries."""
    counts = repos.products_per_group()
    return [(group, counts.get(group.id, 0)) for group in repos.all_groups()]


def shown(public_id: str) -> ProductGroup:
    """Return a group; raises NotFound."""
    found = repos.group(public_id)
    if found is None:
        raise NotFound(_("There is no such group."))
    return found


def create(typed: GroupInput) -> str:
    """Make a group and return its public id; raises Invalid with the refused fields."""
    with unit_of_work() as session:
        values = _checked(typed, own_id=None)
        row = ProductGroup(**values)
        session.add(row)
        session.flush()
        recording.record("catalogue.group.create", subject=("product_group", row.public_id), changes=_created(values))
        return row.public_id


def change(public_id: str, typed: GroupInput) -> None:
    """Change a group; raises NotFound, and Invalid with the refused fields."""
    with unit_of_work():
        row = locking.lock_one(ProductGroup, shown(public_id).id)
        assert row is not None
        values = _checked(typed, own_id=row.id)
        changes = recording.changed({name: getattr(row, name) for name in values}, values)
        for name, value in values.items():
            setattr(row, name, value)
        if changes:
            recording.record("catalogue.group.change", subject=("product_group", row.public_id), changes=changes)


def _checked(typed: GroupInput, own_id: int | None) -> dict[str, Any]:
    refused = checking.Refusals()
    values: dict[str, Any] = {
        "slug": checking.slug(refused, typed.slug),
        "name": checking.texts(refused, "name", typed.name, needed=True),
        "description": checking.texts(refused, "description", typed.description, needed=False),
        "position": typed.position,
        "visible": typed.visible,
    }
    other = repos.group_by_slug(values["slug"])
    if other is not None and other.id != own_id:
        refused.fields["slug"] = _("Another group has this address.")
    refused.end()
    return values


def _created(values: dict[str, Any]) -> dict[str, list[object]]:
    return {name: [None, value] for name, value in values.items()}
