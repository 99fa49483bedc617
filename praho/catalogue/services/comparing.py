"""Plans beside each other: what each one holds, and what each period of each costs."""

from collections.abc import Sequence
from dataclasses import dataclass

from praho.catalogue.types import CycleOffer, PlanOffer
from praho.models.catalogue import BillingCycle

_SEPARATOR = ": "


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the comparison, with a value for each plan.

    A value is a text, an empty text where the plan simply holds it, or None where it does not.
    """

    label: str
    values: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What several plans hold, in the order in which the plans name it, and their offers by period, the shortest
    first; None where a plan is not sold for a period."""

    rows: tuple[Row, ...]
    periods: tuple[tuple[BillingCycle, tuple[CycleOffer | None, ...]], ...]


def compared(plans: Sequence[PlanOffer]) -> Comparison:
    """Return the comparison of plans. A feature `Storage: 40 GB` is a label with its value; any other, a label."""
    held = [_by_label(plan.features) for plan in plans]
    labels = list(dict.fromkeys(label for features in held for label in features))
    sold = [{one.cycle: one for one in plan.cycles} for plan in plans]
    return Comparison(
        tuple(Row(label, tuple(features.get(label) for features in held)) for label in labels),
        tuple(
            (cycle, tuple(offers.get(cycle) for offers in sold))
            for cycle in BillingCycle
            if any(cycle in offers for offers in sold)
        ),
    )


def _by_label(features: Sequence[str]) -> dict[str, str]:
    parted = (feature.partition(_SEPARATOR) for feature in features)
    return {label: value for label, _found, value in parted}
