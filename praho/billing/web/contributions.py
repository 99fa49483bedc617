"""What billing offers to pages that cross domains."""

from collections.abc import Mapping, Sequence

from flask import url_for

from praho.billing import permissions
from praho.billing.documents.services import printing, reading
from praho.billing.documents.services.announcing import ATTACHMENT
from praho.billing.payments.services import receipts
from praho.billing.web import columns, labels
from praho.core.contributions import (
    Attachment,
    AttachmentSource,
    Contributions,
    CustomerPanel,
    DashboardCard,
    NavigationItem,
    SearchHit,
    SearchSource,
    SubjectLink,
    TimelineEntry,
    TimelineSource,
)
from praho.core.i18n import gettext
from praho.core.i18n import lazy_gettext as _


def _pdf(public_id: str) -> Attachment:
    file = printing.pdf_of(public_id)
    return Attachment(file.filename, "application/pdf", file.content)


def _find(query: str, limit: int) -> Sequence[SearchHit]:
    return [
        SearchHit(
            str(labels.DOCUMENT_KINDS[row.kind]),
            row.number_text,
            row.buyer_name,
            url_for("billing_admin.document", public_id=row.public_id),
        )
        for row in reading.found(query, limit)
    ]


def _to_pay() -> Mapping[str, object]:
    return {"rows": reading.open_proformas(5), "labels": labels, "money_of": reading.money_of}


def _needs_a_human() -> Mapping[str, object]:
    return {"parked": receipts.parked_count(), "not_invoiced": reading.not_invoiced_count()}


def _of_customer(customer_id: int) -> Mapping[str, object]:
    return {
        "rows": reading.of_customer(customer_id, 10),
        "columns": columns.DOCUMENTS,
        "labels": labels,
        "money_of": reading.money_of,
    }


def _timeline(customer_id: int, limit: int) -> Sequence[TimelineEntry]:
    return [
        TimelineEntry(
            at=row.issued_at,
            title=gettext("%(kind)s %(number)s issued", kind=labels.DOCUMENT_KINDS[row.kind], number=row.number_text),
            url=url_for("billing_admin.document", public_id=row.public_id),
            icon="file-text",
        )
        for row in reading.of_customer(customer_id, limit)
    ]


CONTRIBUTIONS = Contributions(
    search=(SearchSource("documents", permissions.VIEW_DOCUMENTS, _find, order=20),),
    cards=(
        DashboardCard("to_pay", "portal", permissions.VIEW_DOCUMENTS, "billing/portal/_to_pay.html", _to_pay, order=10),
        DashboardCard(
            "money_waits",
            "admin-numbers",
            permissions.VIEW_PAYMENTS,
            "billing/admin/_money_waits.html",
            _needs_a_human,
            order=20,
        ),
    ),
    customer_panels=(
        CustomerPanel(
            "documents",
            _("Documents"),
            permissions.VIEW_DOCUMENTS,
            "billing/admin/_customer_panel.html",
            _of_customer,
            order=30,
        ),
    ),
    navigation=(
        NavigationItem(
            "portal", _("Documents"), "billing_portal.documents", "file-text", permissions.VIEW_DOCUMENTS, 30
        ),
        NavigationItem(
            "admin", _("Documents"), "billing_admin.documents", "file-text", permissions.VIEW_DOCUMENTS, 40, _("Money")
        ),
        NavigationItem(
            "admin", _("Payments"), "payments_admin.payments", "wallet", permissions.VIEW_PAYMENTS, 41, _("Money")
        ),
        NavigationItem(
            "admin",
            _("Series and VAT"),
            "billing_settings_admin.overview",
            "percent",
            permissions.VIEW_TAX_SETTINGS,
            92,
            _("Settings"),
        ),
    ),
    subject_links=(SubjectLink("document", "billing_admin.document", "billing_portal.document"),),
    attachments=(AttachmentSource(ATTACHMENT, _pdf),),
    timelines=(TimelineSource("documents", permissions.VIEW_DOCUMENTS, _timeline),),
)
