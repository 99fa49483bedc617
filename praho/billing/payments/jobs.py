"""Payments' work in the background: webhooks, open attempts, invoices that were kept back."""

import structlog

from praho.billing.events import AttemptWork
from praho.billing.payments.services import missing_invoices, reconciling, reporting
from praho.core.jobs.kinds import Tick
from praho.integrations.events import InboxDue
from praho.integrations.services import calling, inbox

log = structlog.get_logger(__name__)


def act_on_webhook(work: InboxDue) -> None:
    """Act on one verified webhook; one that was acted on is left alone."""
    report = inbox.payment_report(work.inbox_id)
    if report is None:
        return
    reference = calling.local(report.account_id, lambda provider: provider.account_reference())
    became = reporting.apply(report.account_id, reference, report.payment)
    inbox.mark_handled(work.inbox_id)
    log.info("webhook handled", inbox=work.inbox_id, became=became)


def ask_provider(work: AttemptWork) -> None:
    """Ask the provider about one open attempt."""
    reconciling.ask(work.attempt_id)


def reconcile(_tick: Tick) -> None:
    """Ask about every open attempt that is due."""
    reconciling.ask_about_open_attempts()


def issue_missing_invoices(_tick: Tick) -> None:
    """Try again to invoice what is paid and was kept back."""
    issued, held = missing_invoices.issue_all()
    if issued or held:
        log.info("missing invoices", issued=issued, held=held)
