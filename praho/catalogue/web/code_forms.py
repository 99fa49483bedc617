"""The form of a promo code. It keeps what was typed; what it means is checked by the command."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, DateField, IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from praho.catalogue.services import currencies
from praho.catalogue.types import CYCLE_NAMES, CodeInput
from praho.catalogue.web import code_labels as labels
from praho.core.i18n import lazy_gettext as _
from praho.core.web.amount_fields import AmountField, PercentField
from praho.models.catalogue import BillingCycle, DiscountKind, DiscountTarget, PromoCode

_NEEDED = InputRequired(_("Please fill in this field."))
_BOXES = {"widget": ListWidget(prefix_label=False), "option_widget": CheckboxInput(), "validate_choice": False}
_EVERYTHING = _("Nothing ticked: all of them.")


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A promo code; the fields of amounts are for fixed amounts and prices."""

    code = StringField(
        _("Code"),
        [_NEEDED, Length(max=60)],
        description=_("Letters and digits, such as VARA20; capitals do not matter."),
    )
    note = StringField(_("What it is for"), [Length(max=500)], description=_("Only staff see it."))
    kind = RadioField(
        _("What it takes off"),
        choices=[SelectChoice(kind.value, name) for kind, name in labels.DISCOUNT_KINDS.items()],
        default=DiscountKind.PERCENT.value,
    )  # fmt: skip
    percent = PercentField(_("Percentage"), description=_("Off the price of the period; setup fees stay."))
    amount_ron = AmountField(_("Amount in RON, without VAT"), currencies.HOME)
    amount_eur = AmountField(
        _("Amount in EUR, without VAT"), currencies.EURO,
        description=_("Empty: the code does not hold for prices in this currency."),
    )  # fmt: skip
    first_cycles = IntegerField(
        _("For how many periods"), [Optional()], default=1,
        description=_("1: the first period only. Empty: every period, as long as the service runs. Domains: once."),
    )  # fmt: skip
    target = RadioField(
        _("On what"), choices=[SelectChoice(target.value, name) for target, name in labels.DISCOUNT_TARGETS.items()],
        default=DiscountTarget.EVERYTHING.value,
    )  # fmt: skip
    products = SelectMultipleField(_("Plans"), description=_EVERYTHING, **_BOXES)
    cycles = SelectMultipleField(
        _("Periods"),
        choices=[SelectChoice(cycle.value, name) for cycle, name in CYCLE_NAMES.items()],
        description=_EVERYTHING,
        **_BOXES,
    )
    tlds = SelectMultipleField(_("Endings"), description=_EVERYTHING, **_BOXES)
    valid_from = DateField(_("First day"), [Optional()], description=_("Empty: today."))
    valid_until = DateField(_("Last day"), [Optional()], description=_("Empty: without end."))
    max_uses = IntegerField(_("Uses, all together"), [Optional()], description=_("Empty: as many as come."))
    once_per_customer = BooleanField(_("Once for each customer"), default=True)
    new_customers_only = BooleanField(_("Only for the first order of a customer"))

    def offer(self, products: Sequence[tuple[str, str]], tlds: Sequence[str]) -> None:
        """Fill in what may be chosen: plans as pairs of public id and name, and endings."""
        self.products.choices = [SelectChoice(*pair) for pair in products]
        self.tlds.choices = [SelectChoice(name, f".{name}") for name in tlds]

    def typed(self) -> CodeInput:
        """Return what was filled in."""
        amounts = {name: self[f"amount_{name.lower()}"].data for name in currencies.PRICED}
        cycles = set(self.cycles.data or ())
        return CodeInput(
            code=self.code.data or "",
            note=self.note.data or "",
            kind=DiscountKind(self.kind.data),
            percent=self.percent.data,
            amounts={name: minor for name, minor in amounts.items() if minor is not None},
            valid_from=self.valid_from.data,
            valid_until=self.valid_until.data,
            max_uses=self.max_uses.data,
            once_per_customer=bool(self.once_per_customer.data),
            new_customers_only=bool(self.new_customers_only.data),
            target=DiscountTarget(self.target.data),
            product_ids=tuple(self.products.data or ()),
            cycles=tuple(cycle for cycle in BillingCycle if cycle.value in cycles),
            tlds=tuple(self.tlds.data or ()),
            first_cycles=self.first_cycles.data,
        )


def of_code(row: PromoCode, product_ids: Mapping[int, str]) -> dict[str, Any]:
    """Return the values of the form for a code as it is; `product_ids` are public ids by inner ones."""
    return {
        "code": row.code,
        "note": row.note,
        "kind": row.kind.value,
        "percent": row.percent,
        **{f"amount_{name.lower()}": row.amounts.get(name) for name in currencies.PRICED},
        "first_cycles": row.first_cycles,
        "target": row.target.value,
        "products": [product_ids[one] for one in row.product_ids if one in product_ids],
        "cycles": list(row.cycles),
        "tlds": list(row.tlds),
        "valid_from": row.valid_from,
        "valid_until": row.valid_until,
        "max_uses": row.max_uses,
        "once_per_customer": row.once_per_customer,
        "new_customers_only": row.new_customers_only,
    }
