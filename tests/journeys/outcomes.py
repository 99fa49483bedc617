"""How a life must have ended: one of everything."""

import mailbox
from collections import Counter
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from praho.core.db.scope import SystemScope, entered
from praho.core.jobs.table import Job, JobState
from praho.models.billing.documents import Document, DocumentFile, DocumentKind, DocumentState, FileKind, NumberSeries
from praho.models.billing.payments import LedgerEntry, ParkedPayment, Payment
from praho.models.domains import DomainName, DomainState
from praho.models.notifications import Message, MessageState
from praho.models.orders import Order, OrderItem, OrderState
from praho.models.provisioning import Service, ServiceState
from praho_sandbox.testing import SandboxWorld

LIVE_TEMPLATES = {
    "billing/proforma_issued",
    "billing/invoice_issued",
    "provisioning/service_active",
    "orders/completed",
}


def assert_live_once(world: SandboxWorld, mail: Path, name: str) -> None:
    """Fail unless one order was paid, invoiced and delivered, once each, and everybody told once."""
    assert_delivered_once(world.accounts(), world.domains(), name)
    assert_paid_once()
    assert_told_once(mail)


def assert_delivered_once(accounts: list[dict[str, Any]], domains: list[dict[str, Any]], name: str) -> None:
    """Fail unless one order is completed, by one account and one domain here and in the world, and no job is open."""
    with entered(SystemScope("look")) as looking:
        assert looking.scalars(select(Order.state)).all() == [OrderState.COMPLETED]
        assert looking.scalars(select(Service.state)).all() == [ServiceState.ACTIVE]
        assert looking.execute(select(DomainName.name, DomainName.state)).all() == [(name, DomainState.ACTIVE)]
    assert [account["domain"] for account in accounts] == [name]
    assert [domain["name"] for domain in domains] == [name]
    assert undone_jobs() == []


def assert_paid_once() -> None:
    """Fail unless there is one payment with one invoice, its PDF and its XML."""
    proforma, invoice = assert_invoiced_once()
    with entered(SystemScope("look")) as looking:
        assert Counter(looking.execute(select(DocumentFile.document_id, DocumentFile.kind)).all()) == {
            (proforma.id, FileKind.PDF): 1,
            (invoice.id, FileKind.PDF): 1,
            (invoice.id, FileKind.XML): 1,
        }


def assert_invoiced_once() -> tuple[Document, Document]:
    """Fail unless there is one payment, with one invoice under the first number; return proforma and invoice."""
    with entered(SystemScope("look")) as looking:
        payments = looking.scalars(select(Payment)).all()
        documents = looking.scalars(select(Document).order_by(Document.id)).all()
        assert [document.kind for document in documents] == [DocumentKind.PROFORMA, DocumentKind.INVOICE]
        proforma, invoice = documents
        assert [payment.amount_minor for payment in payments] == [proforma.total_minor] == [invoice.total_minor]
        assert (proforma.state, proforma.refusal) == (DocumentState.PAID, None)
        assert (invoice.number, invoice.source_id) == (1, proforma.id)
        series = select(NumberSeries.next_number).where(NumberSeries.kind == DocumentKind.INVOICE)
        assert looking.scalars(series).all() == [2]
        assert looking.scalars(select(func.sum(LedgerEntry.amount_minor))).all() == [0]
        assert looking.scalars(select(func.count(LedgerEntry.id))).all() == [2]
        assert looking.scalars(select(ParkedPayment)).all() == []
        return proforma, invoice


def assert_told_once(folder: Path) -> None:
    """Fail unless each message was handed over, under one Message-ID for each occasion."""
    with entered(SystemScope("look")) as looking:
        messages = looking.scalars(select(Message)).all()
    assert {message.state for message in messages} == {MessageState.SENT}
    told = Counter(message.template for message in messages)
    assert told == dict.fromkeys(LIVE_TEMPLATES, 1), told
    handed_over = {str(mail["Message-ID"]) for mail in mailbox.Maildir(folder)}
    assert handed_over == {message.message_id for message in messages}


def undone_jobs() -> list[tuple[str, str | None]]:
    """Return the jobs that gave up or are open, with their errors."""
    with entered(SystemScope("look")) as looking:
        return [(job.kind, job.last_error) for job in looking.scalars(select(Job).where(Job.state != JobState.DONE))]


def items() -> list[OrderItem]:
    """Return the items of all orders."""
    with entered(SystemScope("look")) as looking:
        return list(looking.scalars(select(OrderItem).order_by(OrderItem.id)))


def order_states() -> list[OrderState]:
    """Return the states of all orders."""
    with entered(SystemScope("look")) as looking:
        return list(looking.scalars(select(Order.state)))


def parked() -> list[ParkedPayment]:
    """Return what was parked."""
    with entered(SystemScope("look")) as looking:
        return list(looking.scalars(select(ParkedPayment)))
