"""What discounts take off: one pure function for cart, order, proforma and invoice.

All amounts are net, in minor units of one currency; a percentage is rounded once for each item, half up. Never do two
discounts meet on an item: staff's own word on it stands alone; of the rest either the code or the customer's standing
discount holds for the whole order, whichever takes off more, the standing one where they are equal.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from praho.core.money import Money, round_half_up
from praho.models.catalogue import DiscountKind, DiscountTarget


class Source(StrEnum):
    """Why something is taken off."""

    CODE = "code"
    STANDING = "standing"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Sold:
    """One item at its list prices: `price_minor` for its period, `setup_minor` once.

    `target` says whether it is one of the plans or the domains. `manual_minor` is what staff take off it, None where
    they said nothing.
    """

    target: DiscountTarget
    price_minor: int
    setup_minor: int = 0
    product_id: int | None = None
    cycle: str | None = None
    tld: str | None = None
    manual_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A discount in one currency. `amount_minor` belongs to fixed amounts and prices; empty sets mean everything.

    It holds for the first `first_cycles` periods, None for all of them.
    """

    source: Source
    kind: DiscountKind
    label: str
    percent: Decimal | None = None
    amount_minor: int | None = None
    target: DiscountTarget = DiscountTarget.EVERYTHING
    product_ids: frozenset[int] = frozenset()
    cycles: frozenset[str] = frozenset()
    tlds: frozenset[str] = frozenset()
    first_cycles: int | None = None

    def fits(self, item: Sold) -> bool:
        """Whether the rule is for such an item; a list of plans leaves domains alone, and endings leave plans."""
        if self.target is not DiscountTarget.EVERYTHING and self.target is not item.target:
            return False
        if item.target is DiscountTarget.PLANS:
            wrong_plan = bool(self.product_ids) and item.product_id not in self.product_ids
            return not wrong_plan and not (self.cycles and item.cycle not in self.cycles)
        return not self.tlds or item.tld in self.tlds


@dataclass(frozen=True, slots=True)
class Cut:
    """What comes off one item, by whom. `next_minor` is what will come off its next period, as known now.

    Of that, `kept_minor` at each of the next `kept_cycles` periods (None: all of them) is promised with this order,
    and has to be remembered; a customer's standing discount is looked up anew each time. `then_minor` is what it takes
    off the periods after the promised ones, as known now.
    """

    price_minor: int = 0
    setup_minor: int = 0
    next_minor: int = 0
    kept_minor: int = 0
    kept_cycles: int | None = 0
    then_minor: int = 0
    source: Source | None = None
    label: str = ""

    @property
    def total_minor(self) -> int:
        """What comes off now, off the price and the setup fee together."""
        return self.price_minor + self.setup_minor


NOTHING = Cut()


@dataclass(frozen=True, slots=True)
class Settled:
    """The cuts in the order of the items. `source` is the rule that holds, None where no rule takes anything off."""

    cuts: tuple[Cut, ...]
    source: Source | None

    @property
    def total_minor(self) -> int:
        """What comes off all items together."""
        return sum(cut.total_minor for cut in self.cuts)


def settle(items: Sequence[Sold], currency: str, code: Rule | None = None, standing: Rule | None = None) -> Settled:
    """Return what comes off each item by the one rule that holds; nothing is ever cut below zero."""
    by_code, by_standing = _by(code, items, currency), _by(standing, items, currency)
    with_code = _total(by_code) > _total(by_standing)
    chosen = by_code if with_code else by_standing
    source = None if _total(chosen) == 0 else (Source.CODE if with_code else Source.STANDING)
    later = _by(standing, [replace(item, manual_minor=None) for item in items], currency)
    cuts = (
        _with_next(_manual(item) if item.manual_minor is not None else cut, regular.price_minor)
        for item, cut, regular in zip(items, chosen, later, strict=True)
    )
    return Settled(tuple(cuts), source)


def percent_of(amount_minor: int, percent: Decimal) -> int:
    """Return so many percent of a net amount, half up (10 % of 9.95 is 1.00)."""
    return int(round_half_up(Decimal(amount_minor) * percent.scaleb(-2), 0))


def _by(rule: Rule | None, items: Sequence[Sold], currency: str) -> tuple[Cut, ...]:
    """Return what a rule takes off each item, as if it were alone; staff's items are not its business."""
    if rule is None:
        return (NOTHING,) * len(items)
    fitting = [item.manual_minor is None and rule.fits(item) for item in items]
    prices = [item.price_minor if fits else 0 for item, fits in zip(items, fitting, strict=True)]
    off = _off_prices(rule, prices, currency)
    return tuple(
        _cut(rule, item, minor, item.setup_minor if fits and rule.kind is DiscountKind.FREE_SETUP else 0)
        for item, fits, minor in zip(items, fitting, off, strict=True)
    )


def _off_prices(rule: Rule, prices: Sequence[int], currency: str) -> list[int]:
    match rule.kind:
        case DiscountKind.PERCENT if rule.percent is not None:
            return [percent_of(price, rule.percent) for price in prices]
        case DiscountKind.PRICE if rule.amount_minor is not None:
            return [max(price - rule.amount_minor, 0) for price in prices]
        case DiscountKind.FIXED if rule.amount_minor is not None and any(prices):
            off = Money(min(rule.amount_minor, sum(prices)), currency)
            return [share.minor for share in off.allocate(prices)]
        case _:
            return [0] * len(prices)


def _cut(rule: Rule, item: Sold, price_minor: int, setup_minor: int) -> Cut:
    if price_minor == 0 and setup_minor == 0:
        return NOTHING
    cut = Cut(price_minor, setup_minor, source=rule.source, label=rule.label)
    goes_on = rule.first_cycles is None or rule.first_cycles > 1
    if rule.source is not Source.CODE or not goes_on or price_minor == 0 or item.target is DiscountTarget.DOMAINS:
        return cut
    cycles = None if rule.first_cycles is None else rule.first_cycles - 1
    return replace(cut, next_minor=price_minor, kept_minor=price_minor, kept_cycles=cycles)


def _with_next(cut: Cut, standing_minor: int) -> Cut:
    """Add what the customer's standing discount will take off the next period, where the order promises less."""
    return replace(cut, next_minor=max(cut.kept_minor, standing_minor), then_minor=standing_minor)


def _manual(item: Sold) -> Cut:
    """Return staff's word on an item: off the price first, then off the setup fee; this once."""
    assert item.manual_minor is not None
    off = min(item.manual_minor, item.price_minor + item.setup_minor)
    price_minor = min(off, item.price_minor)
    return Cut(price_minor, off - price_minor, source=Source.STAFF if off else None)


def _total(cuts: Sequence[Cut]) -> int:
    return sum(cut.total_minor for cut in cuts)
