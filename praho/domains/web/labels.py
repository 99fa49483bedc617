"""How the states of domains are named and coloured, and what customers are told of a refusal."""

from collections.abc import Mapping

from praho.core.i18n import lazy_gettext as _
from praho.core.i18n import lazy_pgettext
from praho.models.domains import DomainName, DomainState
from praho.sdk.outcomes import Reason
from praho.ui.states import StateLabel, Tone

STATES: Mapping[DomainState, StateLabel] = {
    DomainState.REGISTERING: StateLabel(_("Being registered"), Tone.INFO),
    DomainState.ACTIVE: StateLabel(_("Active"), Tone.SUCCESS),
    DomainState.FAILED: StateLabel(_("Needs attention"), Tone.WARNING),
    DomainState.CANCELLED: StateLabel(lazy_pgettext("domain", "Cancelled"), Tone.NEUTRAL),
}

_TOLD = _("The registry has not accepted the registration. Our team has been told and takes care of it.")
_TOLD_BY_REASON: Mapping[str, object] = {
    Reason.TAKEN: _("Somebody else has registered this name in the meantime. Our team will write to you."),
    Reason.INVALID: _("The registry does not accept some of the owner's data. Our team will write to you."),
}


def told(row: DomainName) -> object:
    """Return the sentence that a customer reads about a failed registration."""
    return _TOLD_BY_REASON.get(row.failure_reason or "", _TOLD)
