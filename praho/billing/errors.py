"""Refusals of billing."""

from praho.core import errors


class TaxRateMissing(errors.PrahoError):
    """No rate row covers the country and the date: nothing may be sold there until one does."""

    code = "tax_rate_missing"
    http_status = 409


class TaxRateAmbiguous(errors.PrahoError):
    """Two rate rows cover the same country and date: the table contradicts itself."""

    code = "tax_rate_ambiguous"
    http_status = 409


class UnsupportedDocument(errors.PrahoError):
    """The document cannot be expressed as the e-Factura XML that this system writes."""

    code = "unsupported_document"
    http_status = 409


class UnreadableInvoice(errors.PrahoError):
    """The bytes are no UBL invoice that may be looked at: not XML, too large, or with a DOCTYPE."""

    code = "unreadable_invoice"
    http_status = 422


class ValidatorUnavailable(errors.PrahoError):
    """The check itself failed (no memory, no answer in time); it says nothing about the document."""

    code = "validator_unavailable"
    http_status = 503


class InconsistentDocument(errors.PrahoError):
    """The amounts of a document do not follow from its lines; it must not be issued."""

    code = "inconsistent_document"
    http_status = 409


class InvoicingRefused(errors.PrahoError):
    """The invoice cannot be issued as things are; the money stays recorded and staff see why."""

    code = "invoicing_refused"
    http_status = 409


class ExchangeRateMissing(errors.PrahoError):
    """No rate of the National Bank is young enough: nothing is sold or issued in that currency until one is."""

    code = "exchange_rate_missing"
    http_status = 409


class CreditRefused(errors.PrahoError):
    """The invoice cannot be credited like this: nothing is left of it, or less than was asked for."""

    code = "credit_refused"
    http_status = 409


class CorrectionRefused(errors.PrahoError):
    """The document cannot be corrected under its number: it was not rejected, or its VAT may change with it."""

    code = "correction_refused"
    http_status = 409


class AdvanceRefused(errors.PrahoError):
    """The advance cannot be taken back like this: nothing or less is left of it, or it is no advance."""

    code = "advance_refused"
    http_status = 409


class ArchiveUnavailable(errors.PrahoError):
    """The store of the archive gives no answer; the file is there and can be asked for again."""

    code = "archive_unavailable"
    http_status = 503


class ArchiveDamaged(errors.PrahoError):
    """The bytes in the archive are not those that were kept: they are never handed out."""

    code = "archive_damaged"
    http_status = 500


class NotPayable(errors.Conflict):
    """The proforma is paid, cancelled or lapsed, or asks for nothing."""

    code = "not_payable"


class AwaitingVies(InvoicingRefused):
    """An invoice without VAT waits until VIES confirms the buyer's number as of its tax point."""

    code = "awaiting_vies"
