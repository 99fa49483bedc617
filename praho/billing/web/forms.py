"""The forms of billing."""

import re

from flask_wtf import FlaskForm
from wtforms import DateField, DecimalField, IntegerField, PasswordField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, NumberRange, Regexp

from praho.catalogue.services import currencies
from praho.core.i18n import lazy_gettext as _
from praho.models.billing.documents import SeriesKind
from praho.models.billing.payments import PaymentMethod

_NEEDED = _("Please fill in this field.")
_PERCENT = re.compile(r"\d{1,2}(\.\d{1,2})?")


class PercentField(DecimalField):  # type: ignore[misc]
    """A number of percent with at most two decimals, after a comma or a point."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        typed = [value.strip().replace(",", ".") for value in valuelist]
        if typed and typed[0] and not _PERCENT.fullmatch(typed[0]):
            raise ValueError(_("Write a number with at most two decimals."))
        super().process_formdata(typed)


class TransferForm(FlaskForm):  # type: ignore[misc]
    """Money that staff saw arrive."""

    amount = StringField(_("Amount"), validators=[DataRequired(_NEEDED), Length(max=20)])
    received_on = DateField(_("Received on"), validators=[InputRequired(_NEEDED)])
    method = SelectField(
        _("How"),
        choices=[
            SelectChoice(PaymentMethod.BANK_TRANSFER.value, _("Bank transfer")),
            SelectChoice(PaymentMethod.CASH.value, _("Cash")),
        ],
    )
    reference = StringField(_("Reference on the statement"), validators=[DataRequired(_NEEDED), Length(max=200)])


class SpreadForm(TransferForm):
    """Money of a customer that staff saw arrive, in any currency; what it is for stands beside."""

    currency = SelectField(_("Currency"), choices=[SelectChoice("RON", "RON"), SelectChoice("EUR", "EUR")])


class RefundForm(FlaskForm):  # type: ignore[misc]
    """Money of a balance that staff sent back."""

    amount = StringField(_("Amount"), validators=[DataRequired(_NEEDED), Length(max=20)])
    received_on = DateField(_("Sent back on"), validators=[InputRequired(_NEEDED)])
    reference = StringField(_("Reference on the statement"), validators=[DataRequired(_NEEDED), Length(max=200)])


class FundsForm(FlaskForm):  # type: ignore[misc]
    """How much the customer adds to the balance; `currency` offers those of the shop."""

    amount = StringField(_("Amount"), validators=[DataRequired(_NEEDED), Length(max=20)])
    currency = SelectField(_("Currency"), default=currencies.HOME)

    def offer(self, offered: tuple[str, ...]) -> "FundsForm":
        """Offer these currencies; without a choice it is lei."""
        self.currency.choices = [SelectChoice(currency, currency) for currency in offered]
        return self


class ReasonForm(FlaskForm):  # type: ignore[misc]
    """Why something is cancelled."""

    reason = StringField(_("Reason"), validators=[DataRequired(_NEEDED), Length(max=200)])


class CreditForm(FlaskForm):  # type: ignore[misc]
    """How much of an invoice is credited, and why."""

    ALL = "all"
    SOME = "some"

    extent = StringField(_("Extent"), default=ALL, validators=[AnyOf((ALL, SOME), message=_("Please choose one."))])
    reason = StringField(_("Reason"), validators=[DataRequired(_NEEDED), Length(max=200)])

    def choices_of_extent(self) -> list[tuple[str, object, object]]:
        """Return the two extents as cards."""
        return [
            (self.ALL, _("All that is left"), _("Every line, with its VAT, down to zero.")),
            (self.SOME, _("A part"), _("Some lines, or an amount of a line.")),
        ]


class AdvanceForm(FlaskForm):  # type: ignore[misc]
    """Money that a customer is asked for before a delivery."""

    description = StringField(_("What it is an advance for"), validators=[DataRequired(_NEEDED), Length(max=150)])
    amount = StringField(_("Amount without VAT"), validators=[DataRequired(_NEEDED), Length(max=20)])
    currency = SelectField(_("Currency"))


class DeliveryForm(FlaskForm):  # type: ignore[misc]
    """What was delivered, and how much of the advance its invoice takes back."""

    description = StringField(_("What was delivered"), validators=[DataRequired(_NEEDED), Length(max=150)])
    delivered_on = DateField(_("Delivered on"), validators=[InputRequired(_NEEDED)])
    amount = StringField(_("Its price without VAT"), validators=[DataRequired(_NEEDED), Length(max=20)])
    part = StringField(_("Advance taken back, without VAT"), validators=[Length(max=20)])


class StoreForm(FlaskForm):  # type: ignore[misc]
    """A bucket that the archive moves to."""

    endpoint = StringField(
        _("Address of the service"),
        validators=[Length(max=200)],
        description=_("Such as https://s3.example.com; empty for Amazon S3."),
    )
    region = StringField(_("Region"), default="eu-central-1", validators=[DataRequired(_NEEDED), Length(max=40)])
    bucket = StringField(_("Bucket"), validators=[DataRequired(_NEEDED), Length(max=63)])
    access_key = StringField(_("Access key"), validators=[DataRequired(_NEEDED), Length(max=128)])
    secret = PasswordField(_("Secret key"), validators=[Length(max=256)])


class ResolutionForm(FlaskForm):  # type: ignore[misc]
    """What was done about parked money."""

    resolution = TextAreaField(_("What was done about it"), validators=[DataRequired(_NEEDED), Length(min=3, max=1000)])


class SeriesForm(FlaskForm):  # type: ignore[misc]
    """A new number series; it replaces the active one of its kind."""

    kind = SelectField(
        _("For"),
        choices=[
            SelectChoice(SeriesKind.INVOICE.value, _("Invoices")),
            SelectChoice(SeriesKind.CREDIT_NOTE.value, _("Credit notes")),
            SelectChoice(SeriesKind.RECEIPT.value, _("Receipts")),
        ],
    )
    prefix = StringField(
        _("Prefix"),
        description=_("{year} stands for the year, such as in HC{year}-: each year then has a series of its own."),
        validators=[
            DataRequired(_NEEDED),
            Length(max=16),
            Regexp(
                r"^[A-Z]([A-Z0-9/-]|\{year\})*$",
                message=_("Use capital letters, digits, -, / and {year}, a letter first."),
            ),
        ],
    )
    padding = IntegerField(_("Digits"), default=4, validators=[InputRequired(_NEEDED), NumberRange(1, 10)])
    next_number = IntegerField(
        _("First number"), default=1, validators=[InputRequired(_NEEDED), NumberRange(1, 999_999_999)]
    )


class RateForm(FlaskForm):  # type: ignore[misc]
    """A VAT rate from a day on."""

    country = SelectField(_("Country"), default="RO", validate_choice=False)
    percent = PercentField(_("Percent"), validators=[InputRequired(_NEEDED), NumberRange(0, 99)])
    valid_from = DateField(_("In force from"), validators=[InputRequired(_NEEDED)])
