"""Payments' work in the background: webhooks, open attempts, invoices that were kept back."""

import structlog

from praho.billing.events import AttemptWork, DocumentWork, PaymentWork
from praho.billing.payments.services import (
    balances,
    ledger_check,
    missing_invoices,
    receiving,
    reconciling,
    reporting,
    vies_waiting,
)
from praho.core.db.uow import unit_of_work
from praho.core.jobs.kinds import Again, Tick
from praho.integrations.errors import UnknownPlugin
from praho.integrations.events import InboxDue
from praho.integrations.services import calling, inbox
from praho.sdk.errors import InvalidSettings
from praho.sdk.events import UnknownEvent

_VIES_LATER = 600.0

log = structlog.get_logger(__name__)


def act_on_webhook(work: InboxDue) -> None:
    """Act on one verified webhook; one that was acted on is left alone.

    What was done and that it was done are committed together. A report that cannot be read, or whose plugin is not
    usable, is marked as failed: staff, or the provider's next repeat, hand it over again.
    """
    try:
        report = inbox.payment_report(work.inbox_id)
        if report is None:
            return
        reference = calling.local(report.account_id, lambda provider: provider.account_reference())
    except (UnknownPlugin, InvalidSettings, UnknownEvent) as error:
        inbox.mark_failed(work.inbox_id, str(error))
        return
    with unit_of_work():
        became = reporting.apply(report.account_id, reference, report.payment)
        inbox.mark_handled(work.inbox_id)
    log.info("webhook handled", inbox=work.inbox_id, became=became)


def ask_provider(work: AttemptWork) -> Again | None:
    """Ask the provider about one open attempt; again soon, while somebody may be waiting for the answer."""
    return reconciling.ask(work.attempt_id)


def reconcile(_tick: Tick) -> None:
    """Ask about every open attempt that is due."""
    reconciling.ask_about_open_attempts()


def ask_vies(work: DocumentWork) -> Again | None:
    """Ask VIES about the buyer of a paid sale without VAT until it answers, and invoice the sale then."""
    return None if vies_waiting.ask(work.document_id) else Again(_VIES_LATER, "VIES gives no answer")


def issue_invoice(work: DocumentWork) -> None:
    """Try again to invoice one paid proforma that was kept back."""
    missing_invoices.try_again(work.document_id)


def issue_missing_invoices(tick: Tick) -> None:
    """Give each paid proforma that was kept back a job of its own."""
    missing_invoices.hand_over_all(tick.occasion)


def issue_receipt(work: PaymentWork) -> None:
    """Issue the receipt of a payment; where the set-up lacks something, staff do it later."""
    if receiving.issue_where_possible(work.payment_id) is None:
        log.warning("a receipt cannot be issued", payment=work.payment_id)


def use_balance(work: DocumentWork) -> None:
    """Pay a new proforma from the customer's balance, as far as it goes."""
    balances.use_for_new(work.document_id)


def check_ledger(_tick: Tick) -> None:
    """Compare the ledger with the documents and the money, and note what does not agree."""
    ledger_check.run()
