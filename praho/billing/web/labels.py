"""How the states and kinds of billing are named and coloured."""

from collections.abc import Mapping

from praho.billing import types
from praho.billing.documents.services.series_check import Flaw
from praho.billing.payments.services.parking import Reason
from praho.billing.payments.services.receipts import SettledPart
from praho.core import clock, working_days
from praho.core.i18n import gettext, lazy_pgettext, ngettext
from praho.core.i18n import lazy_gettext as _
from praho.models.billing.documents import DocumentKind, DocumentState, SeriesKind
from praho.models.billing.efactura import EfacturaEnvironment, EfacturaState
from praho.models.billing.efactura_sending import EfacturaSubmission, SubmissionState
from praho.models.billing.payments import AttemptState, LedgerKind, ParkedState, PaymentMethod
from praho.ui.states import StateLabel, Tone

DOCUMENT_KINDS: Mapping[DocumentKind, object] = {
    DocumentKind.PROFORMA: _("Proforma"),
    DocumentKind.INVOICE: _("Invoice"),
    DocumentKind.CREDIT_NOTE: _("Credit note"),
}

SERIES_KINDS: Mapping[SeriesKind, object] = {
    SeriesKind.INVOICE: _("Invoice"),
    SeriesKind.CREDIT_NOTE: _("Credit note"),
    SeriesKind.RECEIPT: _("Receipt"),
}

DOCUMENT_STATES: Mapping[DocumentState, StateLabel] = {
    DocumentState.OPEN: StateLabel(_("To pay"), Tone.WARNING),
    DocumentState.PAID: StateLabel(lazy_pgettext("proforma", "Paid"), Tone.SUCCESS),
    DocumentState.CANCELLED: StateLabel(lazy_pgettext("proforma", "Cancelled"), Tone.NEUTRAL),
    DocumentState.LAPSED: StateLabel(lazy_pgettext("proforma", "Lapsed"), Tone.NEUTRAL),
    DocumentState.ISSUED: StateLabel(lazy_pgettext("invoice", "Issued"), Tone.SUCCESS),
}

ATTEMPT_STATES: Mapping[AttemptState, StateLabel] = {
    AttemptState.CLAIMED: StateLabel(_("Starting"), Tone.INFO),
    AttemptState.WAITING: StateLabel(_("In progress"), Tone.INFO),
    AttemptState.UNKNOWN: StateLabel(_("Being checked"), Tone.WARNING),
    AttemptState.SUCCEEDED: StateLabel(_("Succeeded"), Tone.SUCCESS),
    AttemptState.DECLINED: StateLabel(_("Declined"), Tone.DANGER),
    AttemptState.ABANDONED: StateLabel(_("Given up"), Tone.NEUTRAL),
}

METHODS: Mapping[PaymentMethod, object] = {
    PaymentMethod.CARD: _("Card"),
    PaymentMethod.BANK_TRANSFER: _("Bank transfer"),
    PaymentMethod.CASH: _("Cash"),
}

LEDGER_KINDS: Mapping[LedgerKind, object] = {
    LedgerKind.INVOICE: _("Invoice"),
    LedgerKind.CREDIT_NOTE: _("Credit note"),
    LedgerKind.PAYMENT: _("Payment"),
    LedgerKind.REFUND: _("Sent back"),
    LedgerKind.WRITE_OFF: _("Written off"),
    LedgerKind.WRITE_OFF_UNDONE: _("Write-off undone"),
}

PARKED_STATES: Mapping[ParkedState, StateLabel] = {
    ParkedState.OPEN: StateLabel(_("Waits for a decision"), Tone.WARNING),
    ParkedState.RESOLVED: StateLabel(_("Dealt with"), Tone.NEUTRAL),
}

PARKED_REASONS: Mapping[str, object] = {
    Reason.UNKNOWN_ATTEMPT: _("It belongs to no payment that we started."),
    Reason.ALREADY_PAID: _("The proforma was paid already."),
    Reason.NOT_OPEN: _("The proforma was cancelled or has lapsed."),
    Reason.AMOUNT: _("The amount differs from the proforma."),
    Reason.CURRENCY: _("The currency differs from the proforma."),
    Reason.ACCOUNT: _("It arrived in an account that is not ours."),
}

DISAGREEMENTS: Mapping[str, object] = {
    "balance": _("The account is not documents less payments."),
    "payment": _("More of a payment was given away than came."),
    "credit_note": _("More of a credit note was given away than it gives back."),
    "refund": _("What was sent back was not taken from what came."),
    "settled": _("What is noted as settled is not what was paid on it."),
    "state": _("The state does not say what was paid."),
    "asked": _("Something is left of the invoice that nothing asks for."),
}

CONNECTION_STATES: Mapping[EfacturaState, StateLabel] = {
    EfacturaState.DISCONNECTED: StateLabel(lazy_pgettext("ANAF", "Not connected"), Tone.NEUTRAL),
    EfacturaState.CONNECTED: StateLabel(lazy_pgettext("ANAF", "Connected"), Tone.SUCCESS),
    EfacturaState.BROKEN: StateLabel(lazy_pgettext("ANAF", "Needs the certificate"), Tone.DANGER),
    EfacturaState.DENIED: StateLabel(lazy_pgettext("ANAF", "Not allowed by ANAF"), Tone.DANGER),
}

SUBMISSION_STATES: Mapping[SubmissionState, StateLabel] = {
    SubmissionState.WAITING: StateLabel(lazy_pgettext("e-Factura", "To be sent"), Tone.INFO),
    SubmissionState.SENDING: StateLabel(lazy_pgettext("e-Factura", "Being sent"), Tone.INFO),
    SubmissionState.SENT: StateLabel(lazy_pgettext("e-Factura", "Sent, not decided"), Tone.INFO),
    SubmissionState.UNKNOWN: StateLabel(lazy_pgettext("e-Factura", "Being looked for"), Tone.WARNING),
    SubmissionState.ACCEPTED: StateLabel(lazy_pgettext("e-Factura", "Accepted"), Tone.SUCCESS),
    SubmissionState.REJECTED: StateLabel(lazy_pgettext("e-Factura", "Rejected"), Tone.DANGER),
}

SUBMISSION_PARTS: Mapping[types.SubmissionPart, object] = {
    types.SubmissionPart.OPEN: lazy_pgettext("e-Factura, several", "Under way"),
    types.SubmissionPart.REJECTED: lazy_pgettext("e-Factura, several", "Rejected"),
    types.SubmissionPart.OVERDUE: lazy_pgettext("e-Factura, several", "Past their day"),
    types.SubmissionPart.ACCEPTED: lazy_pgettext("e-Factura, several", "Accepted"),
}

SUBMISSION_NOTES: Mapping[str, object] = {
    types.SubmissionNote.NOT_CONNECTED: _("PRAHO is not connected to ANAF."),
    types.SubmissionNote.INTERRUPTED: _("PRAHO was interrupted while it sent the document. It is looked for at ANAF."),
    types.SubmissionNote.PROCESSING: _("ANAF is still looking at it."),
    types.SubmissionNote.LISTED: _("ANAF did not answer the upload, but lists the document."),
    types.SubmissionNote.NO_TRACE: _("ANAF did not answer and lists no trace of it: it is sent again."),
    types.SubmissionNote.OTHER_DOCUMENT: _("Under this index ANAF keeps another document with the same number."),
    types.SubmissionNote.REASONS_UNREAD: _("ANAF rejected it, but does not hand out its reasons: see them in SPV."),
}

PARTY_FACTS: Mapping[str, object] = {
    "name": _("Name"),
    "street": _("Street and number"),
    "city": _("Town or sector"),
    "county": _("County"),
    "postal_code": _("Post code"),
    "tax_number": _("CUI"),
    "vat_id": _("VAT number"),
    "registration_number": _("Reg. Com."),
    "email": _("E-mail"),
    "phone": _("Phone"),
}

ENVIRONMENTS: Mapping[EfacturaEnvironment, object] = {
    EfacturaEnvironment.TEST: lazy_pgettext("ANAF", "Test"),
    EfacturaEnvironment.PRODUCTION: lazy_pgettext("ANAF", "Production"),
}

SERIES_FLAWS: Mapping[Flaw, object] = {
    Flaw.MISSING: _("No document has them"),
    Flaw.OUT_OF_ORDER: _("Dated before the number before"),
}


def settled_by(part: SettledPart) -> object:
    """Return what a part of what settled a proforma was."""
    if part.write_off_id is not None:
        return _("Written off")
    how = _("Credit note") if part.method is None else METHODS[part.method]
    return _("From the balance (%(how)s)", how=how) if part.from_balance else how


def time_left(row: EfacturaSubmission) -> tuple[str, Tone]:
    """Return how long an undecided document may still be sent, in words, and how urgent that is."""
    today = clock.today()
    if row.due_on < today:
        return gettext("overdue"), Tone.DANGER
    days = working_days.between(today, row.due_on)
    if days == 0:
        return gettext("today"), Tone.WARNING
    words = ngettext("in %(num)s working day", "in %(num)s working days", days)
    return words, Tone.WARNING if days == 1 else Tone.NEUTRAL


def found_out(row: EfacturaSubmission) -> list[object]:
    """Return what is known about a document on its way: what is wrong, what it waits for, what was found out last.

    PRAHO's own words are in the reader's language, ANAF's as they came.
    """
    if row.waits_for is not None:
        return [gettext("It waits until ANAF has accepted %(number)s.", number=row.waits_for)]
    messages = row.messages or ([] if row.note is None else [row.note])
    own = [gettext("PRAHO's own check found this, so it was not sent:")] if row.messages and not row.uploads else []
    return [*own, *(SUBMISSION_NOTES.get(message, message) for message in messages)]
