"""A customer's documents as a list, as a table for a spreadsheet, and as an archive of their files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from praho.billing import types
from praho.billing.documents import repos
from praho.core import clock
from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.models.billing.documents import Document, DocumentKind, DocumentState, FileKind

MOST_LINES = 10_000
"""How many documents one table holds."""

MOST_FILES = 200
"""How many documents' files one archive holds."""

_MOST_TOLD = 20


@dataclass(frozen=True, slots=True)
class ExportLine:
    """A document as a line of a table; amounts in the currency's major unit, dates of Bucharest."""

    kind: DocumentKind
    number: str
    issued_on: date
    due_on: date | None
    state: DocumentState
    paid_on: date | None
    net: Decimal
    vat: Decimal
    total: Decimal
    currency: str


def with_xml(rows: Sequence[Document]) -> set[int]:
    """Return the ids of those of some documents whose XML has been made; one query."""
    return repos.having_file((row.id for row in rows), FileKind.XML)


def invoiced_for(subjects: Sequence[tuple[str, str]]) -> list[Document]:
    """Return the newest invoices and credit notes for something that was sold, without their content; one query."""
    return repos.fiscal_of(subjects, _MOST_TOLD)


def lines(wanted: types.DocumentFilter) -> list[ExportLine]:
    """Return the documents of a filter as lines, the oldest first, `MOST_LINES` of them at most; one query."""
    return [_line(row) for row in repos.chosen(wanted, MOST_LINES)]


def to_archive(wanted: types.DocumentFilter) -> list[str]:
    """Return the public ids of the documents whose files are to be archived, the oldest first; one query.

    Raises Invalid where there are none, or more than `MOST_FILES`.
    """
    found = [row.public_id for row in repos.chosen(wanted, MOST_FILES + 1)]
    if not found:
        raise Invalid(_("No document fits these filters."))
    if len(found) > MOST_FILES:
        raise Invalid(
            _("One archive holds %(most)s documents at most. Please choose a shorter period.", most=MOST_FILES)
        )
    return found


def _line(row: Document) -> ExportLine:
    is_proforma = row.kind is DocumentKind.PROFORMA
    return ExportLine(
        kind=row.kind,
        number=row.number_text,
        issued_on=row.issue_date,
        due_on=row.due_date if is_proforma else None,
        state=row.state,
        paid_on=None if row.settled_at is None else clock.local_date(row.settled_at),
        net=Money(row.net_minor, row.currency).decimal,
        vat=Money(row.vat_minor, row.currency).decimal,
        total=Money(row.total_minor, row.currency).decimal,
        currency=row.currency,
    )
