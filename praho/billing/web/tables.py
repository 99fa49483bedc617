"""Documents as a table for a spreadsheet, as the reader's own spreadsheet expects it."""

import csv
import io
from collections.abc import Iterable
from types import ModuleType

from praho.billing.documents.services.browsing import ExportLine
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _

_MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
"""Tells spreadsheets that the text is UTF-8."""


def document_lines(lines: Iterable[ExportLine], labels: ModuleType) -> str:
    """Return the lines under a head: in Romanian with semicolons and decimal commas, in English with commas."""
    romanian = current_locale() == "ro"
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";" if romanian else ",", lineterminator="\r\n")
    writer.writerow(
        (
            _("Kind"), _("Number"), _("Issued"), _("Due"), _("State"), _("Paid on"), _("Net"), _("VAT"), _("Total"),
            _("Currency"),
        )
    )  # fmt: skip
    for line in lines:
        amounts = (
            str(amount).replace(".", ",") if romanian else str(amount) for amount in (line.net, line.vat, line.total)
        )
        writer.writerow(
            (
                str(labels.DOCUMENT_KINDS[line.kind]),
                line.number,
                line.issued_on.isoformat(),
                "" if line.due_on is None else line.due_on.isoformat(),
                str(labels.DOCUMENT_STATES[line.state].label),
                "" if line.paid_on is None else line.paid_on.isoformat(),
                *amounts,
                line.currency,
            )
        )
    return _MARK + written.getvalue()
