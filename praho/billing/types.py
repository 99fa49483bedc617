"""The words of billing that every floor shares: kinds of party, tax categories, tax sums."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from praho.models.billing.documents import DocumentKind, DocumentState

INVOICED = "billing.invoiced"
"""The daily sum of what was invoiced, VAT included, credit notes taken off; by issue date and currency."""

RECEIVED = "billing.received"
"""The daily sum of money received, by the day on which it arrived and currency."""


class PartyKind(StrEnum):
    """A person buys as a consumer; a company is whoever has a fiscal code, sole traders included."""

    PERSON = "person"
    COMPANY = "company"


class TaxCategory(StrEnum):
    """VAT category codes of EN 16931 (UNCL 5305) that a seller of hosting can meet."""

    STANDARD = "S"
    ZERO = "Z"
    EXEMPT = "E"
    REVERSE_CHARGE = "AE"
    OUTSIDE_SCOPE = "O"


class PaymentMethod(StrEnum):
    """How money reaches, or reached, the seller."""

    BANK_TRANSFER = "bank_transfer"
    CARD = "card"
    ONLINE = "online"
    CASH = "cash"
    OFFSET = "offset"


@dataclass(frozen=True, slots=True)
class TaxSubtotal:
    """One row of the VAT breakdown: the base and the VAT of one category at one rate, in minor units."""

    category: TaxCategory
    rate: Decimal
    net_minor: int
    vat_minor: int


@dataclass(frozen=True, slots=True)
class TaxAllowance:
    """The share of a document-level discount that falls on one category and rate, in minor units.

    Positive lowers the base; negative occurs on a reversal of a discounted document.
    """

    category: TaxCategory
    rate: Decimal
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Sums:
    """The totals of a document in minor units; the names in brackets are EN 16931's.

    `line_net_minor` (BT-106) - `allowance_minor` (BT-107) = `net_minor` (BT-109);
    `net_minor` + `vat_minor` (BT-110) = `total_minor` (BT-112).
    """

    line_net_minor: int
    allowance_minor: int
    net_minor: int
    vat_minor: int
    total_minor: int


@dataclass(frozen=True, slots=True)
class DocumentFilter:
    """What a list of documents is narrowed to; the issue dates are Bucharest dates, both included.

    `overdue` leaves the open proformas whose due date is past.
    """

    kind: DocumentKind | None = None
    state: DocumentState | None = None
    search: str = ""
    since: date | None = None
    until: date | None = None
    overdue: bool = False

    @property
    def active(self) -> bool:
        """Whether anything is filtered."""
        return self != DocumentFilter()


class SubmissionPart(StrEnum):
    """A part of what goes to e-Factura: under way, rejected by ANAF, past its day, and done."""

    OPEN = "open"
    REJECTED = "rejected"
    OVERDUE = "overdue"
    ACCEPTED = "accepted"


@dataclass(frozen=True, slots=True)
class SubmissionFilter:
    """Which documents on their way to e-Factura a list shows."""

    part: SubmissionPart = SubmissionPart.OPEN
    search: str = ""


class SubmissionNote(StrEnum):
    """What PRAHO itself found out about a document on its way to e-Factura; other notes are ANAF's words."""

    NOT_CONNECTED = "praho:not_connected"
    INTERRUPTED = "praho:interrupted"
    PROCESSING = "praho:processing"
    LISTED = "praho:listed"
    NO_TRACE = "praho:no_trace"
    OTHER_DOCUMENT = "praho:other_document"
    REASONS_UNREAD = "praho:reasons_unread"
