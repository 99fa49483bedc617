"""Invented values with which the page of the design system shows every component in every state."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Email

from praho.core import clock
from praho.core.contributions import TimelineEntry
from praho.core.i18n import gettext as _
from praho.core.i18n import lazy_gettext
from praho.core.identifiers import counties
from praho.core.money import Money
from praho.ui.charts import Plot, Series, Step
from praho.ui.lists import Align, Column, Sort
from praho.ui.navigation import Crumb, NavItem
from praho.ui.states import StateLabel, Tone

COUNTIES = [county.name for county in counties.COUNTIES]
# Twelve months of two sources of income, in bani.
_HOSTING = (
    3_140_000,
    3_325_500,
    3_290_000,
    3_610_000,
    3_702_400,
    3_655_000,
    3_980_000,
    4_105_000,
    4_060_000,
    4_390_000,
)
_DOMAINS = (910_000, 860_000, 1_240_000, 1_105_000, 980_000, 1_330_000, 1_020_000, 890_000, 1_410_000, 1_265_000)


@dataclass(frozen=True, slots=True)
class Row:
    """A document of a customer who does not exist."""

    number: str
    customer: str
    issued: dt.date
    total: Money
    state: str


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a list that goes on in both directions."""

    items: tuple[Row, ...]
    previous: str | None
    next: str | None


class SpecimenForm(FlaskForm):  # type: ignore[misc]
    """Every kind of field."""

    name = StringField(lazy_gettext("Name"), validators=[DataRequired()])
    email = EmailField(lazy_gettext("E-mail"), validators=[DataRequired(), Email()])
    county = SelectField(lazy_gettext("County"), choices=[SelectChoice(name, name) for name in ("", *COUNTIES)])
    notes = TextAreaField(lazy_gettext("Notes"), description=lazy_gettext("Only staff sees this."))
    cycle = RadioField(
        lazy_gettext("Billing cycle"),
        choices=[SelectChoice("m", lazy_gettext("Monthly")), SelectChoice("y", lazy_gettext("Yearly"))],
        default="y",
    )
    terms = BooleanField(lazy_gettext("I agree to the terms"), validators=[DataRequired()])


def values(prefix: str) -> dict[str, Any]:
    """Return what one panel of the page shows; `prefix` keeps the ids of several panels apart."""
    return {
        "p": prefix,
        "form": SpecimenForm(formdata=None, prefix=prefix),
        "counties": [("", ""), *((name, name) for name in COUNTIES)],
        "columns": _columns(),
        "sort": Sort("issued", descending=True),
        "page": Leaf(_rows(), "before", "after"),
        "states": _states(),
        "plots": _plots(),
        "entries": _life(),
        "crumbs": (Crumb(_("Customers"), "#"), Crumb("Fabrica de Pâine SRL", "#"), Crumb(_("Documents"))),
        "tab_items": (
            NavItem(_("Overview"), "#", active=True),
            NavItem(_("Documents"), "#", count=4),
            NavItem(_("Services"), "#"),
        ),
        "amount": Money(123_456, "RON"),
        "changes": {
            "name": ["Fabrica de Paine SRL", "Fabrica de Pâine SRL"],
            "payment_days": [14, 30],
            "note": [None, "Sună înainte de orice suspendare.\nPersoana de contact: Ana."],
        },
    }


def _columns() -> list[Column]:
    return [
        Column(_("Number"), "number"),
        Column(_("Customer")),
        Column(_("Issued"), "issued"),
        Column(_("State")),
        Column(_("Total"), "total", Align.END),
    ]


def _states() -> dict[str, StateLabel]:
    return {
        "draft": StateLabel(_("Draft"), Tone.NEUTRAL),
        "open": StateLabel(_("Unpaid"), Tone.WARNING),
        "paid": StateLabel(_("Paid"), Tone.SUCCESS),
        "overdue": StateLabel(_("Overdue"), Tone.DANGER),
        "sent": StateLabel(_("On its way"), Tone.INFO),
    }


def _rows() -> tuple[Row, ...]:
    day = clock.today()
    written = (
        ("CH-2026-00412", "Fabrica de Pâine SRL", 1, 123_456, "open"),
        ("CH-2026-00411", "Ștefan Țurcanu", 2, 24_079, "paid"),
        ("CH-2026-00410", "Înălțimi Verzi SRL", 6, 9_876_540, "overdue"),
        ("CH-2026-00409", "Cabinet Avocat Ilinca Popescu-Dumitrașcu", 7, 59_900, "sent"),
        ("CH-2026-00408", "Moara Veche SA", 8, 0, "draft"),
    )
    return tuple(
        Row(number, customer, day - dt.timedelta(days=ago), Money(minor, "RON"), state)
        for number, customer, ago, minor, state in written
    )


def _plots() -> dict[str, Plot]:
    months = [dt.date(2026, month, 1) for month in range(1, len(_HOSTING) + 1)]
    days = [dt.date(2026, 10, 1) + dt.timedelta(days=ago) for ago in range(30)]
    hosting = Series(_("Hosting"), [Money(minor, "RON") for minor in _HOSTING])
    domains = Series(_("Domains"), [Money(minor, "RON") for minor in _DOMAINS])
    return {
        "income": Plot(months, [hosting, domains], Step.MONTH),
        "orders": Plot(days, [Series(_("Orders"), [(at * at * 7 + at * 3) % 11 + at // 6 for at in range(30)])]),
        "empty": Plot([], []),
    }


def _life() -> list[TimelineEntry]:
    now = clock.now()
    return [
        TimelineEntry(now, _("Invoice issued"), "CH-2026-00412, 1.234,56 RON", "#", "receipt-text", "brand"),
        TimelineEntry(now - dt.timedelta(hours=3), _("Payment received"), "OP 3345", None, "banknote", "success"),
        TimelineEntry(now - dt.timedelta(days=2), _("Registration failed"), "paine-buna.ro", "#", "globe", "danger"),
    ]
