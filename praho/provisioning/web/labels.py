"""How the states of services are named and coloured, and what customers are told of a refusal."""

from collections.abc import Mapping

from praho.core import formatting
from praho.core.i18n import current_locale, gettext, lazy_pgettext, ngettext
from praho.core.i18n import lazy_gettext as _
from praho.models.provisioning import Service, ServiceState
from praho.provisioning.services.renewing import NextPeriod
from praho.sdk.outcomes import Reason
from praho.ui.states import StateLabel, Tone

STATES: Mapping[ServiceState, StateLabel] = {
    ServiceState.CREATING: StateLabel(_("Being set up"), Tone.INFO),
    ServiceState.ACTIVE: StateLabel(_("Active"), Tone.SUCCESS),
    ServiceState.FAILED: StateLabel(_("Needs attention"), Tone.WARNING),
    ServiceState.CANCELLED: StateLabel(lazy_pgettext("service", "Cancelled"), Tone.NEUTRAL),
}

_TOLD = _("The hosting account could not be set up yet. Our team has been told and takes care of it.")
_TOLD_BY_REASON: Mapping[str, object] = {
    Reason.TAKEN: _("This domain is hosted here already, in another account. Our team will write to you."),
}


def told(row: Service) -> object:
    """Return the sentence that a customer reads about a failed creation."""
    return _TOLD_BY_REASON.get(row.failure_reason or "", _TOLD)


def less(found: NextPeriod) -> str:
    """Return by how much the next period is cheaper than its list price, and how long; empty where it is not."""
    if found.off.is_zero:
        return ""
    discount = formatting.amount(found.off, current_locale())
    if found.standing:
        return gettext("%(discount)s less than the list price: %(reason)s", discount=discount, reason=found.standing)
    if found.periods is None:
        return gettext("%(discount)s less than the list price, for every period", discount=discount)
    return ngettext(
        "%(discount)s less than the list price, for one more period",
        "%(discount)s less than the list price, for %(num)s more periods",
        found.periods,
        discount=discount,
    )
