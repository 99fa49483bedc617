"""What staff take off an order by hand, as typed: amounts or percentages, with a sentence at each mistake."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from praho.catalogue.services import discounting
from praho.catalogue.services.discounting import Source
from praho.core import money
from praho.core.formatting import bare_amount
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.orders.types import CartLine, CartView

ALLOWANCE, REASON = "allowance", "reason"


@dataclass(slots=True)
class Sheet:
    """What was typed, by the names of the inputs, and what it means: net minor units, None for nothing by hand."""

    typed: dict[str, str]
    items: dict[str, int | None] = field(default_factory=dict)
    allowance_minor: int = 0
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Why something is taken off."""
        return self.typed.get(REASON, "")


def name_of(line: CartLine) -> str:
    """Return the name of an item's input."""
    return f"off_{line.public_id}"


def of(cart: CartView) -> Sheet:
    """Return what is taken off by hand now."""
    sheet = Sheet({REASON: cart.discount_reason or ""})
    for line in cart.lines:
        if line.cut.source is Source.STAFF:
            sheet.typed[name_of(line)] = _written(line.cut.total_minor, cart.currency)
    if not cart.allowance.is_zero:
        sheet.typed[ALLOWANCE] = _written(cart.allowance.minor, cart.currency)
    return sheet


def read(cart: CartView, submitted: Mapping[str, str]) -> Sheet:
    """Return what was typed about a cart, with what it means where it can be read."""
    names = [name_of(line) for line in cart.lines]
    sheet = Sheet({name: submitted.get(name, "")[:500] for name in (*names, ALLOWANCE, REASON)})
    for line, name in zip(cart.lines, names, strict=True):
        sheet.items[line.public_id] = _off(sheet, name, line.price.minor + line.setup.minor, cart.currency)
    before = cart.totals.net.minor + cart.allowance.minor
    sheet.allowance_minor = _off(sheet, ALLOWANCE, before, cart.currency) or 0
    return sheet


def _off(sheet: Sheet, name: str, whole_minor: int, currency: str) -> int | None:
    """Return an amount as it is, or so many percent of the whole, half up; None for nothing typed."""
    text = sheet.typed[name].strip()
    if not text:
        return None
    try:
        off = _read(text, whole_minor, currency)
    except (InvalidOperation, money.InvalidAmount):
        sheet.errors[name] = _("Write an amount such as 25,00, or a percentage such as %(example)s.", example="10%")
        return None
    if not 0 <= off <= whole_minor:
        most = _written(whole_minor, currency)
        sheet.errors[name] = _("From 0 to %(most)s %(currency)s.", most=most, currency=currency)
    return off


def _read(text: str, whole_minor: int, currency: str) -> int:
    if not text.endswith("%"):
        return money.parse(text, currency).minor
    percent = Decimal(text.removesuffix("%").strip().replace(",", "."))
    if not percent.is_finite() or not 0 <= percent <= 100:
        raise InvalidOperation
    return discounting.percent_of(whole_minor, percent)


def _written(minor: int, currency: str) -> str:
    return bare_amount(Money(minor, currency), current_locale())
