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


class UnsupportedBuyer(errors.PrahoError):
    """A buyer outside Romania: the tax rules for such a sale are not set up."""

    code = "unsupported_buyer"
    http_status = 422


class InvoicingRefused(errors.PrahoError):
    """The invoice cannot be issued as things are; the money stays recorded and staff see why."""

    code = "invoicing_refused"
    http_status = 409


class NotPayable(errors.Conflict):
    """The proforma is paid, cancelled or lapsed, or asks for nothing."""

    code = "not_payable"
