"""The forms of orders. They keep what was typed; what it means is checked by the commands."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TelField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from praho.catalogue.types import CYCLE_NAMES, PlanOffer
from praho.core.errors import PrahoError
from praho.core.i18n import lazy_gettext as _
from praho.core.web.forms import Needed, show_refusal
from praho.customers.types import Membership
from praho.customers.web.forms import CustomerFields
from praho.models.catalogue import BillingCycle
from praho.models.customers import CustomerKind

_NEEDED = _("Please fill in this field.")
_LONG = Length(max=300, message=_("This is too long."))

NEW_CUSTOMER = "new"
_DETAILS = (
    "account_email",
    "full_name",
    "password",
    "buyer",
    "kind",
    "cui",
    "reg_com",
    "name",
    "vat_payer",
    "email",
    "phone",
)
WHERE_NEW, WHERE_CART, WHERE_OWN = "new", "cart", "own"


def minor_or_never(text: str | None) -> int:
    """Return an amount of a hidden field, or one that no total equals."""
    plain = text is not None and text.isascii() and text.isdecimal() and len(text) < 16
    return int(text or "") if plain else -1


class CodeForm(FlaskForm):  # type: ignore[misc]
    """A promo code for the cart."""

    promo_code = StringField(_("Promo code"), [_LONG])


class ChoosePlanForm(FlaskForm):  # type: ignore[misc]
    """A plan's period, and the domain that it is for: a new one, one of the cart, or one that the buyer has."""

    cycle = RadioField(_("How long"))
    where = RadioField(
        _("The domain"),
        choices=[
            SelectChoice(WHERE_NEW, _("Register a new domain")),
            SelectChoice(WHERE_CART, _("Use a domain from the cart")),
            SelectChoice(WHERE_OWN, _("Use a domain that I have")),
        ],
        default=WHERE_NEW,
    )
    new_name = StringField(_("New domain"), [_LONG])
    cart_name = SelectField(_("Domain from the cart"), validate_choice=False)
    own_name = StringField(_("Your domain"), [_LONG])

    def offer(self, plan: PlanOffer, in_cart: Sequence[str]) -> None:
        """Fill in what may be chosen."""
        self.cycle.choices = [SelectChoice(one.cycle.value, CYCLE_NAMES[one.cycle]) for one in plan.cycles]
        self.cart_name.choices = [SelectChoice(name) for name in in_cart]

    @property
    def chosen_cycle(self) -> BillingCycle:
        """The period, once the form is valid."""
        return BillingCycle(self.cycle.data)

    @property
    def name_field(self) -> str:
        """The field that names the domain, by what was chosen."""
        return {WHERE_CART: "cart_name", WHERE_OWN: "own_name"}.get(self.where.data, "new_name")


class DetailsForm(CustomerFields):
    """The first step of the checkout: the account, and who buys.

    A person's name is the account's; `name` is the company's alone.
    """

    account_email = EmailField(
        _("E-mail"), [_LONG], render_kw={"autocomplete": "email", "inputmode": "email", "required": True}
    )
    full_name = StringField(
        _("First and last name"), [_LONG], render_kw={"autocomplete": "name", "autocapitalize": "words"}
    )
    password = PasswordField(
        _("Choose a password"),
        [_LONG],
        description=_("At least 10 characters; a sentence is easier to remember than a riddle."),
        render_kw={"autocomplete": "new-password"},
    )
    buyer = RadioField(_("Who buys"), validate_choice=False, default=NEW_CUSTOMER)
    cui = StringField(
        _("CUI or VAT number"),
        [Needed(), _LONG],
        description=_(
            "In Romania with RO in front if the company pays VAT; elsewhere such as DE123456789, if it has one."
        ),
        render_kw={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"},
    )
    name = StringField(_("Company name"), [Needed(), _LONG], render_kw={"autocomplete": "organization"})
    email = EmailField(
        _("E-mail for invoices"),
        [_LONG],
        description=_("Only if they should go elsewhere than to your own address."),
        render_kw={"autocomplete": "off", "inputmode": "email"},
    )
    phone = TelField(
        _("Phone"),
        [Needed(), _LONG],
        description=_("Registries ask for it, and we call if something stands in the way."),
        render_kw={"autocomplete": "tel", "inputmode": "tel"},
    )

    def __iter__(self) -> Iterator[Any]:
        """Give the fields in the order of the page, in which is also told what is wrong with them."""
        places = {name: place for place, name in enumerate(_DETAILS)}
        return iter(sorted(super().__iter__(), key=lambda field: places.get(field.name, len(places))))

    def offer(self, own: Iterable[Membership]) -> None:
        """Fill in the customers for whom the person may order."""
        choices = [SelectChoice(one.customer_public_id, one.customer_name) for one in own]
        self.buyer.choices = [*choices, SelectChoice(NEW_CUSTOMER, _("A new customer"))]

    def as_typed(self) -> dict[str, str]:
        """Return every field as typed, without the password: what a draft keeps and gives back."""
        kept = {field.name: field.data for field in self if field.name not in ("password", "csrf_token")}
        return {name: value if isinstance(value, str) else "y" for name, value in kept.items() if value}

    def show(self, refusal: PrahoError) -> None:
        """Put a refusal beside the fields that were shown: a person has one name and one address only."""
        twins = {"name": "full_name", "email": "account_email"} if self.kind.data == CustomerKind.PERSON else {}
        refusal.fields = {twins.get(name, name): message for name, message in refusal.fields.items()}
        show_refusal(self, refusal)


class AgreeForm(FlaskForm):  # type: ignore[misc]
    """The second step: the terms, and the total that was shown."""

    terms = BooleanField(_("I agree to the terms of service."), render_kw={"required": True})
    terms_version = HiddenField()
    seen_total = HiddenField()

    @property
    def seen_total_minor(self) -> int:
        """The total that the page showed, in minor units; one that never fits where it was tampered with."""
        return minor_or_never(self.seen_total.data)


class StaffPlanForm(FlaskForm):  # type: ignore[misc]
    """A plan that staff put into a customer's order."""

    offered = SelectField(_("Plan"), validate_choice=False)
    domain_name = StringField(_("Domain"), [DataRequired(_NEEDED), _LONG], description=_("The domain it is for."))

    def offer(self, plans: Iterable[PlanOffer]) -> None:
        """Fill in what may be chosen: a plan and a period together."""
        self.offered.choices = [
            SelectChoice(f"{plan.slug}|{one.cycle.value}", f"{plan.name}, {CYCLE_NAMES[one.cycle]}")
            for plan in plans
            for one in plan.cycles
        ]


class StaffDomainForm(FlaskForm):  # type: ignore[misc]
    """A domain that staff put into a customer's order."""

    name = StringField(_("Domain"), [DataRequired(_NEEDED), _LONG])
    years = IntegerField(_("Years"), [InputRequired(_NEEDED)], default=1)


class StaffOrderForm(FlaskForm):  # type: ignore[misc]
    """The customer's word that staff order on."""

    note = StringField(
        _("How the customer agreed to the terms"),
        [DataRequired(_NEEDED), _LONG],
        description=_("Such as: by phone on 12 March, spoke to Mrs Ionescu."),
    )
    seen_total = HiddenField()

    @property
    def seen_total_minor(self) -> int:
        """The total that the page showed, in minor units; one that never fits where it was tampered with."""
        return minor_or_never(self.seen_total.data)


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why something is ended."""

    reason = StringField(_("Reason"), [DataRequired(_NEEDED), Length(max=200, message=_("This is too long."))])
