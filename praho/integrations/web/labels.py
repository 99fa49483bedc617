"""How the kinds, states and outcomes of the integrations are named and coloured."""

from collections.abc import Mapping

from praho.core.i18n import lazy_gettext as _
from praho.models.integrations import CallOutcome, InboxState, OperationState, ProviderKind
from praho.ui.states import StateLabel, Tone

KINDS: Mapping[ProviderKind, object] = {
    ProviderKind.REGISTRAR: _("Registrar"),
    ProviderKind.PROVISIONER: _("Hosting"),
    ProviderKind.PAYMENT: _("Card payments"),
}

KIND_ICONS: Mapping[ProviderKind, str] = {
    ProviderKind.REGISTRAR: "globe",
    ProviderKind.PROVISIONER: "server",
    ProviderKind.PAYMENT: "credit-card",
}

OPERATION_STATES: Mapping[OperationState, StateLabel] = {
    OperationState.CLAIMED: StateLabel(_("About to be asked"), Tone.INFO),
    OperationState.PENDING: StateLabel(_("The provider is at it"), Tone.INFO),
    OperationState.UNKNOWN: StateLabel(_("Outcome unknown"), Tone.WARNING),
    OperationState.SUCCEEDED: StateLabel(_("Done"), Tone.SUCCESS),
    OperationState.REJECTED: StateLabel(_("Refused"), Tone.DANGER),
}

CALL_OUTCOMES: Mapping[CallOutcome, StateLabel] = {
    CallOutcome.SUCCEEDED: StateLabel(_("Done"), Tone.SUCCESS),
    CallOutcome.ANSWERED: StateLabel(_("Answered"), Tone.SUCCESS),
    CallOutcome.REJECTED: StateLabel(_("Refused"), Tone.DANGER),
    CallOutcome.PENDING: StateLabel(_("Accepted"), Tone.INFO),
    CallOutcome.NEEDS_ACTION: StateLabel(_("Waits for a person"), Tone.INFO),
    CallOutcome.UNKNOWN: StateLabel(_("Outcome unknown"), Tone.WARNING),
    CallOutcome.NOT_SENT: StateLabel(_("Not sent"), Tone.NEUTRAL),
}

INBOX_STATES: Mapping[InboxState, StateLabel] = {
    InboxState.RECEIVED: StateLabel(_("Waiting"), Tone.INFO),
    InboxState.HANDLED: StateLabel(_("Acted upon"), Tone.SUCCESS),
    InboxState.FAILED: StateLabel(_("Failed"), Tone.DANGER),
}
