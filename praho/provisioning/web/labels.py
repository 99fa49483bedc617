"""How the states of services are named and coloured, and what customers are told of a refusal."""

from collections.abc import Mapping

from praho.core.i18n import lazy_gettext as _
from praho.core.i18n import lazy_pgettext
from praho.models.provisioning import Service, ServiceState
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
