"""The columns of billing's tables."""

from praho.core.i18n import lazy_gettext as _
from praho.ui.lists import Align, Column

DOCUMENTS = (
    Column(_("Number")),
    Column(_("Issued"), sort="created"),
    Column(_("Due")),
    Column(_("State")),
    Column(_("Total"), align=Align.END),
)
DOCUMENTS_WITH_BUYER = (DOCUMENTS[0], Column(_("Buyer")), *DOCUMENTS[1:])
DOCUMENTS_WITH_FILES = (*DOCUMENTS, Column(_("Files"), align=Align.END))
LINES = (Column(_("Description")), Column(_("VAT")), Column(_("Net"), align=Align.END))
PAYMENTS = (
    Column(_("Received")),
    Column(_("How")),
    Column(_("Reference")),
    Column(_("Documents")),
    Column(_("Receipt")),
    Column(_("Amount"), align=Align.END),
)
STATEMENT = (
    Column(_("Date")),
    Column(_("What happened")),
    Column(_("Charged"), align=Align.END),
    Column(_("Settled"), align=Align.END),
    Column(_("Balance"), align=Align.END),
)
LEDGER_FINDINGS = (
    Column(_("Customer")),
    Column(_("What does not agree")),
    Column(_("Expected"), align=Align.END),
    Column(_("Found"), align=Align.END),
)
PARKED = (Column(_("Why")), Column(_("Since")), Column(_("State")), Column(_("Amount"), align=Align.END))
SERIES = (Column(_("Kind")), Column(_("Prefix")), Column(_("Next number")), Column(_("State")))
RATES = (Column(_("Country")), Column(_("In force from")), Column(_("Percent"), align=Align.END))
SUBMISSIONS = (
    Column(_("Document")),
    Column(_("State")),
    Column(_("Last day")),
    Column(_("What was found out")),
)
SERIES_FLAWS = (Column(_("Series")), Column(_("Numbers")), Column(_("What is wrong")))
