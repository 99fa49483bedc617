"""What documents and payments offer to the staff's desk."""

from praho.billing import permissions, types
from praho.billing.documents.services import announcing
from praho.billing.documents.services import waiting as documents
from praho.billing.efactura.services import refreshing, standing
from praho.billing.payments.services import ledger_check
from praho.billing.payments.services import waiting as payments
from praho.billing.tax.services import doubts
from praho.core.desk import Attention, BulkAction, BulkWork, Trend
from praho.core.i18n import lazy_gettext as _


def _remind(work: BulkWork) -> None:
    announcing.remind(work.subject_id, work.occasion)


def _send_now(work: BulkWork) -> None:
    standing.send_now(work.subject_id)


ATTENTION = (
    Attention(
        "not_invoiced",
        _("Paid, not invoiced"),
        "triangle-alert",
        permissions.VIEW_DOCUMENTS,
        "billing_admin.not_invoiced",
        documents.not_invoiced,
        urgent=True,
        order=10,
    ),
    Attention(
        "ledger",
        _("Accounts that do not agree"),
        "scale",
        permissions.VIEW_PAYMENTS,
        "accounts_admin.disagreements",
        ledger_check.waiting,
        urgent=True,
        order=5,
    ),
    Attention(
        "anaf",
        _("Connection to ANAF"),
        "plug-zap",
        permissions.VIEW_TAX_SETTINGS,
        "billing_anaf.overview",
        refreshing.waiting,
        urgent=True,
        order=7,
    ),
    Attention(
        "efactura_rejected",
        _("Rejected by ANAF"),
        "file-x",
        permissions.VIEW_DOCUMENTS,
        "efactura_admin.submissions",
        standing.rejected,
        {"part": "rejected"},
        urgent=True,
        order=8,
    ),
    Attention(
        "efactura_overdue",
        _("Not at ANAF in time"),
        "calendar-clock",
        permissions.VIEW_DOCUMENTS,
        "efactura_admin.submissions",
        standing.overdue,
        {"part": "overdue"},
        urgent=True,
        order=9,
    ),
    Attention(
        "tax_doubts",
        _("VAT to look at"),
        "percent",
        permissions.VIEW_DOCUMENTS,
        "billing_admin.tax_doubts",
        doubts.waiting,
        order=30,
    ),
    Attention(
        "parked",
        _("Parked payments"),
        "circle-pause",
        permissions.VIEW_PAYMENTS,
        "payments_admin.parked",
        payments.parked,
        order=20,
    ),
    Attention(
        "overdue",
        _("Proformas past their day"),
        "calendar-clock",
        permissions.VIEW_DOCUMENTS,
        "billing_admin.documents",
        documents.overdue,
        {"due": "past"},
        order=90,
    ),
)
TRENDS = (
    Trend(
        "received",
        _("Money received"),
        "wallet",
        permissions.VIEW_PAYMENTS,
        "payments_admin.payments",
        types.RECEIVED,
        money=True,
        order=10,
    ),
    Trend(
        "invoiced",
        _("Invoiced"),
        "receipt",
        permissions.VIEW_DOCUMENTS,
        "billing_admin.documents",
        types.INVOICED,
        money=True,
        order=20,
    ),
)
BULK = (
    BulkAction(
        "billing.remind",
        _("Send a reminder"),
        "bell",
        permissions.RECORD_PAYMENTS,
        "billing_admin.documents",
        _remind,
        subject="document",
    ),
    BulkAction(
        "billing.efactura_now",
        _("Send now"),
        "send",
        permissions.SEND_EFACTURA,
        "efactura_admin.submissions",
        _send_now,
        subject="document",
    ),
)
