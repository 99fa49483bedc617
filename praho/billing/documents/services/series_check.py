"""Looking over the fiscal series: every number once, none missing, dates in the order of the numbers.

Legea 227/2015 art. 319 (20) a) and OMFP 2634/2015 ask for an unbroken order; the locks keep it, and this proves it.
"""

from dataclasses import dataclass
from enum import StrEnum

from praho.billing.documents import repos


class Flaw(StrEnum):
    MISSING = "missing"
    """Numbers that no document has."""
    OUT_OF_ORDER = "out_of_order"
    """A document that is dated before the one with the number before."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A flaw of a series: from `first` to `last`, both included."""

    prefix: str
    flaw: Flaw
    first: int
    last: int


def check() -> list[Finding]:
    """Return the flaws of all series, the newest series first; none is the rule. Two queries."""
    missing = [Finding(prefix, Flaw.MISSING, first, last) for prefix, first, last in repos.missing_numbers()]
    disordered = [Finding(prefix, Flaw.OUT_OF_ORDER, number, number) for prefix, number in repos.numbers_out_of_order()]
    return missing + disordered
