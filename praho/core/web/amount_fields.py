"""Fields for percentages and amounts as people write them: what was typed stays where it cannot be read."""

from decimal import Decimal, InvalidOperation
from typing import Any

from wtforms import StringField

from praho.core import formatting, money
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.core.money import Money


class PercentField(StringField):  # type: ignore[misc]
    """A percentage as people write it, `12,5` or `12.5`; its data is a Decimal, or None where it is empty."""

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip().removesuffix("%").strip() if valuelist else ""
        self.data = None
        if typed:
            try:
                self.data = Decimal(typed.replace(",", "."))
            except InvalidOperation:
                raise ValueError(_("This is not a percentage.")) from None
            if not self.data.is_finite():
                self.data = None
                raise ValueError(_("This is not a percentage."))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else formatting.number(self.data, current_locale())


class AmountField(StringField):  # type: ignore[misc]
    """A net amount in one currency; its data is in minor units, or None where it is empty."""

    def __init__(self, label: object, currency: str, **values: Any) -> None:
        super().__init__(label, **values)
        self.currency = currency

    def process_formdata(self, valuelist: list[str]) -> None:
        typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if typed:
            found = money.parse(typed, self.currency)
            if found.is_negative:
                raise ValueError(_("A discount is not below zero."))
            self.data = found.minor

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else formatting.bare_amount(Money(self.data, self.currency), current_locale())
