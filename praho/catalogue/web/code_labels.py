"""How promo codes, what they take off and their uses are named, and the columns of their tables."""

from collections.abc import Mapping

from praho.catalogue.types import CodePhase
from praho.core import formatting
from praho.core.i18n import current_locale, gettext, ngettext
from praho.core.i18n import lazy_gettext as _
from praho.core.money import Money
from praho.models.catalogue import DiscountKind, DiscountTarget, PromoCode, RedemptionState
from praho.ui.lists import Align, Column
from praho.ui.states import StateLabel, Tone

PHASES: Mapping[CodePhase, StateLabel] = {
    CodePhase.RUNNING: StateLabel(_("Holds"), Tone.SUCCESS),
    CodePhase.PLANNED: StateLabel(_("Planned"), Tone.INFO),
    CodePhase.PAUSED: StateLabel(_("Paused"), Tone.WARNING),
    CodePhase.USED_UP: StateLabel(_("Used up"), Tone.NEUTRAL),
    CodePhase.ENDED: StateLabel(_("Ended"), Tone.NEUTRAL),
}

DISCOUNT_KINDS: Mapping[DiscountKind, object] = {
    DiscountKind.PERCENT: _("A percentage"),
    DiscountKind.FIXED: _("An amount, once for the order"),
    DiscountKind.FREE_SETUP: _("The setup fee"),
    DiscountKind.PRICE: _("A price of its own"),
}

DISCOUNT_TARGETS: Mapping[DiscountTarget, object] = {
    DiscountTarget.EVERYTHING: _("Plans and domains"),
    DiscountTarget.PLANS: _("Hosting plans"),
    DiscountTarget.DOMAINS: _("Domain registrations"),
}

REDEMPTION_STATES: Mapping[RedemptionState, StateLabel] = {
    RedemptionState.RESERVED: StateLabel(_("Waiting for payment"), Tone.WARNING),
    RedemptionState.USED: StateLabel(_("Used"), Tone.SUCCESS),
    RedemptionState.RELEASED: StateLabel(_("Given back"), Tone.NEUTRAL),
}

CODE_COLUMNS = (
    Column(_("Code")),
    Column(_("Takes off")),
    Column(_("Until")),
    Column(_("Uses")),
    Column(_("State")),
    Column(_("Given so far"), align=Align.END),
)
USE_COLUMNS = (
    Column(_("Order")),
    Column(_("Customer")),
    Column(_("Placed")),
    Column(_("State")),
    Column(_("Discount, without VAT"), align=Align.END),
)


def takes_off(row: PromoCode) -> str:
    """Return in a few words what a code does."""
    if row.percent is not None:
        return formatting.percent(row.percent, current_locale())
    if row.kind is DiscountKind.FREE_SETUP:
        return gettext("Free setup")
    written = " / ".join(_amount(minor, currency) for currency, minor in sorted(row.amounts.items(), reverse=True))
    return gettext("%(price)s in place of the list price", price=written) if row.kind is DiscountKind.PRICE else written


def how_long(row: PromoCode) -> str:
    """Return for how many periods of a service a code holds."""
    if row.first_cycles is None:
        return gettext("Every period")
    return ngettext("The first period", "The first %(num)s periods", row.first_cycles)


def _amount(minor: int, currency: str) -> str:
    return formatting.amount(Money(minor, currency), current_locale())
