"""Whether the items at hand say where a consumer is: two that agree (Implementing Regulation 282/2011 art. 24b)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from praho.billing.tax import territories
from praho.billing.tax.types import Evidence, Rule, TaxDecision

ENOUGH = 2
_OF_CONSUMERS = frozenset({Rule.DESTINATION, Rule.BELOW_THRESHOLD})


@dataclass(frozen=True, slots=True)
class Finding:
    """What people should look at: a country that several items name against the address, or too few items."""

    other_country: str | None = None
    too_few: bool = False


def review(decision: TaxDecision) -> Finding | None:
    """Return what is doubtful about a consumer's place, or None. The decision itself stays: nothing switches silently.

    A contradiction counts for every buyer that pays VAT as a consumer does; too few items only where the place
    makes the difference between countries of the Union.
    """
    others = _others(decision.evidence, decision.buyer_country)
    if decision.rule in {*_OF_CONSUMERS, Rule.HOME} and others:
        country, times = others.most_common(1)[0]
        if times >= ENOUGH:
            return Finding(other_country=country)
    if decision.rule in _OF_CONSUMERS and supporting(decision.evidence, decision.buyer_country) < ENOUGH:
        return Finding(too_few=True)
    return None


def supporting(items: Sequence[Evidence], country: str) -> int:
    """Return how many items name this country, or the state that it counts as."""
    return sum(_state(item.country) == _state(country) for item in items)


def _others(items: Sequence[Evidence], country: str) -> Counter[str]:
    return Counter(_state(item.country) for item in items if _state(item.country) != _state(country))


def _state(country: str) -> str:
    return territories.of(country).country
