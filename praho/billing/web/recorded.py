"""How the audit record names what is done to documents and money."""

from praho.core.contributions import RecordedAction
from praho.core.i18n import lazy_gettext as _

ACTIONS = (
    RecordedAction("proforma.issued", _("Issued a proforma")),
    RecordedAction("proforma.cancelled", _("Cancelled a proforma")),
    RecordedAction("proforma.lapsed", _("Let a proforma lapse")),
    RecordedAction("proforma.written_off", _("Wrote the rest of a proforma off")),
    RecordedAction("proforma.write_off_undone", _("Undid a write-off")),
    RecordedAction("invoice.issued", _("Issued an invoice")),
    RecordedAction("invoice.corrected", _("Corrected an invoice")),
    RecordedAction("credit_note.issued", _("Issued a credit note")),
    RecordedAction("receipt.issued", _("Issued a receipt")),
    RecordedAction("advance.taken_back", _("Took an advance back")),
    RecordedAction("payment.started", _("Started a payment")),
    RecordedAction("payment.settled", _("Settled a payment")),
    RecordedAction("payment.parked", _("Put a payment aside for a decision")),
    RecordedAction("payment.unparked", _("Decided about a payment put aside")),
    RecordedAction("balance.used", _("Paid from the balance")),
    RecordedAction("balance.refunded", _("Sent money of the balance back")),
    RecordedAction("series.opened", _("Opened a series of numbers")),
    RecordedAction("vat_rate.added", _("Added a VAT rate")),
    RecordedAction("vat_rate.removed", _("Removed a VAT rate")),
    RecordedAction("tax.reviewed", _("Decided about a VAT treatment")),
    RecordedAction("efactura.application_named", _("Named the application at ANAF")),
    RecordedAction("efactura.connected", _("Connected e-Factura to ANAF")),
    RecordedAction("efactura.renewed", _("Renewed the authorization at ANAF")),
    RecordedAction("efactura.broken", _("Noted that ANAF renews no authorization")),
    RecordedAction("efactura.denied", _("Noted that ANAF lets us send nothing")),
    RecordedAction("efactura.let_in", _("Noted that ANAF lets us send again")),
    RecordedAction("efactura.disconnected", _("Disconnected e-Factura from ANAF")),
    RecordedAction("archive.store_used", _("Began to use an archive store")),
    RecordedAction("archive.store_stopped", _("Stopped using an archive store")),
)
