"""What billing offers to pages that cross domains."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask import url_for

from praho.billing import permissions
from praho.billing.documents.services import archive_store, closing, dues, reading
from praho.billing.documents.services.announcing import ATTACHMENT
from praho.billing.efactura.services import printing, refreshing, standing
from praho.billing.payments.services import balances, ledger_check, receipts, receiving
from praho.billing.payments.services import closing as parked_money
from praho.billing.web import columns, desk, labels, lives, recorded
from praho.core import clock
from praho.core.contributions import (
    AgendaEntry,
    Attachment,
    AttachmentSource,
    Contributions,
    CustomerPanel,
    DashboardCard,
    HealthCheck,
    LifeSource,
    NavigationItem,
    SearchHit,
    SearchSource,
    SubjectLink,
    TimelineEntry,
    TimelineSource,
)
from praho.core.desk import ClosingObstacle
from praho.core.formatting import amount
from praho.core.i18n import current_locale, gettext
from praho.core.i18n import lazy_gettext as _
from praho.core.principal import current_principal
from praho.ui.states import Tone


def _pdf(public_id: str) -> Attachment:
    file = printing.pdf_of(public_id)
    return Attachment(file.filename, "application/pdf", file.content)


def _find(query: str, limit: int) -> Sequence[SearchHit]:
    return [
        SearchHit(
            str(labels.DOCUMENT_KINDS[row.kind]),
            row.number_text,
            row.shown_name,
            url_for("billing_admin.document", public_id=row.public_id),
        )
        for row in reading.found(query, limit)
    ]


def _to_pay() -> Mapping[str, object]:
    return {
        "due": dues.due(5),
        "may_pay": current_principal().may(permissions.PAY_DOCUMENTS),
        "left_of": reading.left_of,
        "today": clock.today(),
    }


def _due_dates(values: Mapping[str, Any]) -> Sequence[AgendaEntry]:
    return [
        AgendaEntry(
            "due",
            row.due_date,
            gettext("%(number)s falls due", number=row.number_text),
            amount(reading.left_of(row), current_locale()),
            url_for("billing_portal.document", public_id=row.public_id),
            "receipt-text",
        )
        for row in values["due"].rows
    ]


def _receipt_pdf(public_id: str) -> Attachment:
    file = receiving.pdf_of(public_id)
    return Attachment(file.filename, "application/pdf", file.content)


def _balance() -> Mapping[str, object]:
    customer_id = current_principal().customer_id
    return {"free": () if customer_id is None else balances.of(customer_id)}


def _account(_customer_id: int) -> Mapping[str, object]:
    """Leave it to the account's own page, which the panel asks once it is in sight."""
    return {}


def _of_customer(customer_id: int) -> Mapping[str, object]:
    return {
        "rows": reading.of_customer(customer_id, 10),
        "may_ask": current_principal().may(permissions.CREDIT_INVOICES),
        "columns": columns.DOCUMENTS,
        "labels": labels,
        "money_of": reading.money_of,
    }


def _timeline(customer_id: int, before: datetime | None, limit: int) -> Sequence[TimelineEntry]:
    return [
        TimelineEntry(
            at=row.issued_at,
            title=gettext("%(kind)s %(number)s issued", kind=labels.DOCUMENT_KINDS[row.kind], number=row.number_text),
            detail=amount(reading.money_of(row), current_locale()),
            url=url_for("billing_admin.document", public_id=row.public_id),
            icon="file-text",
        )
        for row in reading.history(customer_id, before, limit)
    ]


def _payments(customer_id: int, before: datetime | None, limit: int) -> Sequence[TimelineEntry]:
    return [
        TimelineEntry(
            at=row.recorded_at,
            title=gettext(
                "Received: %(amount)s, %(method)s",
                amount=amount(row.amount, current_locale()),
                method=labels.METHODS[row.method],
            ),
            detail=row.reference,
            url=url_for("billing_admin.document", public_id=row.documents[0][0]) if row.documents else None,
            icon="wallet",
            tone=Tone.SUCCESS,
        )
        for row in receipts.history(customer_id, before, limit)
    ]


CONTRIBUTIONS = Contributions(
    recorded=recorded.ACTIONS,
    search=(SearchSource("documents", permissions.VIEW_DOCUMENTS, _find, order=20),),
    cards=(
        DashboardCard(
            "to_pay",
            "portal",
            permissions.VIEW_DOCUMENTS,
            "billing/portal/_to_pay.html",
            _to_pay,
            order=10,
            number="billing/portal/_due_number.html",
            agenda=_due_dates,
        ),
        DashboardCard(
            "balance", "portal", permissions.VIEW_DOCUMENTS, "billing/portal/_balance.html", _balance, order=15
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
        CustomerPanel(
            "account",
            _("Account"),
            permissions.VIEW_PAYMENTS,
            "billing/admin/_account_panel.html",
            _account,
            order=20,
            aside=True,
        ),
    ),
    navigation=(
        NavigationItem(
            "portal", _("Documents"), "billing_portal.documents", "file-text", permissions.VIEW_DOCUMENTS, 30
        ),
        NavigationItem(
            "portal", _("Balance and statement"), "payments_portal.account", "wallet", permissions.VIEW_DOCUMENTS, 35
        ),
        NavigationItem(
            "admin",
            _("Documents"),
            "billing_admin.documents",
            "file-text",
            permissions.VIEW_DOCUMENTS,
            40,
            _("Money"),
            key="i",
        ),
        NavigationItem(
            "admin",
            _("e-Factura"),
            "efactura_admin.submissions",
            "send",
            permissions.VIEW_DOCUMENTS,
            43,
            _("Money"),
        ),
        NavigationItem(
            "admin",
            _("Advances"),
            "billing_advances.open_advances",
            "hand-coins",
            permissions.VIEW_DOCUMENTS,
            42,
            _("Money"),
        ),
        NavigationItem(
            "admin",
            _("Payments"),
            "payments_admin.payments",
            "wallet",
            permissions.VIEW_PAYMENTS,
            41,
            _("Money"),
            key="p",
        ),
        NavigationItem(
            "admin",
            _("Connection to ANAF"),
            "billing_anaf.overview",
            "plug-zap",
            permissions.VIEW_TAX_SETTINGS,
            94,
            _("Settings"),
        ),
        NavigationItem(
            "admin",
            _("Archive"),
            "billing_archive.archive",
            "archive",
            permissions.VIEW_TAX_SETTINGS,
            93,
            _("Settings"),
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
    attachments=(AttachmentSource(ATTACHMENT, _pdf), AttachmentSource(receiving.ATTACHMENT, _receipt_pdf)),
    health_checks=(
        HealthCheck("accounts", ledger_check.alarm),
        HealthCheck("archive", archive_store.alarm),
        HealthCheck("efactura connection", refreshing.alarm),
        HealthCheck("efactura deadlines", standing.alarm),
    ),
    lives=(LifeSource("documents", permissions.VIEW_DOCUMENTS, lives.tell),),
    timelines=(
        TimelineSource(
            "documents", permissions.VIEW_DOCUMENTS, _timeline, label=_("Documents"), icon="file-text", order=20
        ),
        TimelineSource("payments", permissions.VIEW_PAYMENTS, _payments, label=_("Payments"), icon="wallet", order=30),
    ),
    attention=desk.ATTENTION,
    obstacles=(
        ClosingObstacle("documents", closing.open_of),
        ClosingObstacle("parked", parked_money.parked_of),
        ClosingObstacle("attempts", parked_money.under_way_of),
        ClosingObstacle("balance", parked_money.balance_of),
    ),
    trends=desk.TRENDS,
    bulk_actions=desk.BULK,
)
