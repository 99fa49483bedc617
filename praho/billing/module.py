"""Billing in the application: its pages, jobs and what it offers to others."""

from datetime import timedelta

from praho.billing import events
from praho.billing.documents import jobs as document_jobs
from praho.billing.documents.services import looking, revising
from praho.billing.documents.services import personal_data as document_data
from praho.billing.efactura import jobs as efactura_jobs
from praho.billing.efactura import subscribers as efactura_subscribers
from praho.billing.efactura.services import policy as efactura_policy
from praho.billing.payments import jobs as payment_jobs
from praho.billing.payments import subscribers
from praho.billing.payments.services import balances, receiving, topping_up
from praho.billing.payments.services import personal_data as payment_data
from praho.billing.tax import jobs as tax_jobs
from praho.billing.tax.services import exchange_rates, policy
from praho.billing.web import (
    admin_accounts,
    admin_advances,
    admin_anaf,
    admin_archive,
    admin_credits,
    admin_documents,
    admin_efactura,
    admin_payments,
    admin_settings,
    admin_settling,
    portal,
    portal_account,
)
from praho.billing.web.contributions import CONTRIBUTIONS
from praho.core.domain import Domain
from praho.core.events import Subscriber
from praho.core.jobs.kinds import JobHandler, Scheduled
from praho.integrations.events import INBOX

DOMAIN = Domain(
    name="billing",
    blueprints=(
        portal.bp,
        portal_account.bp,
        admin_documents.bp,
        admin_credits.bp,
        admin_advances.bp,
        admin_archive.bp,
        admin_anaf.bp,
        admin_efactura.bp,
        admin_payments.bp,
        admin_accounts.bp,
        admin_settling.bp,
        admin_settings.bp,
    ),
    subscribers=(
        Subscriber(events.DocumentIssued, subscribers.use_balance),
        Subscriber(events.DocumentIssued, efactura_subscribers.send),
    ),
    job_kinds=(
        events.MAKE_PDF,
        events.MAKE_XML,
        events.SEND_TO_EFACTURA,
        events.SEND_DUE_TO_EFACTURA,
        events.ANNOUNCE_DOCUMENT,
        events.ASK_PROVIDER,
        events.ASK_VIES,
        events.FETCH_EXCHANGE_RATES,
        events.MOVE_FILES,
        events.ISSUE_INVOICE,
        events.ISSUE_MISSING_INVOICES,
        events.RECONCILE_ATTEMPTS,
        events.ISSUE_RECEIPT,
        events.USE_BALANCE,
        events.CHECK_LEDGER,
        events.REFRESH_EFACTURA,
    ),
    job_handlers=(
        JobHandler(events.MAKE_PDF, efactura_jobs.make_pdf),
        JobHandler(events.MAKE_XML, efactura_jobs.make_xml),
        JobHandler(events.SEND_TO_EFACTURA, efactura_jobs.send),
        JobHandler(events.SEND_DUE_TO_EFACTURA, efactura_jobs.send_due),
        JobHandler(events.ANNOUNCE_DOCUMENT, document_jobs.announce_document),
        JobHandler(INBOX, payment_jobs.act_on_webhook),
        JobHandler(events.ASK_PROVIDER, payment_jobs.ask_provider),
        JobHandler(events.RECONCILE_ATTEMPTS, payment_jobs.reconcile),
        JobHandler(events.ASK_VIES, payment_jobs.ask_vies),
        JobHandler(events.FETCH_EXCHANGE_RATES, tax_jobs.fetch_exchange_rates),
        JobHandler(events.MOVE_FILES, document_jobs.move_files),
        JobHandler(events.ISSUE_INVOICE, payment_jobs.issue_invoice),
        JobHandler(events.ISSUE_MISSING_INVOICES, payment_jobs.issue_missing_invoices),
        JobHandler(events.ISSUE_RECEIPT, payment_jobs.issue_receipt),
        JobHandler(events.USE_BALANCE, payment_jobs.use_balance),
        JobHandler(events.CHECK_LEDGER, payment_jobs.check_ledger),
        JobHandler(events.REFRESH_EFACTURA, efactura_jobs.refresh),
    ),
    schedule=(
        Scheduled(events.FETCH_EXCHANGE_RATES, every=timedelta(hours=1)),
        Scheduled(events.MOVE_FILES, every=timedelta(hours=1)),
        Scheduled(events.SEND_DUE_TO_EFACTURA, every=timedelta(minutes=1)),
        Scheduled(events.RECONCILE_ATTEMPTS, every=timedelta(minutes=1)),
        Scheduled(events.ISSUE_MISSING_INVOICES, every=timedelta(hours=1)),
        Scheduled(events.CHECK_LEDGER, every=None),
        Scheduled(events.REFRESH_EFACTURA, every=timedelta(hours=1)),
    ),
    settings=(
        *policy.FIELDS,
        *exchange_rates.FIELDS,
        *looking.FIELDS,
        *efactura_policy.FIELDS,
        *revising.FIELDS,
        *topping_up.FIELDS,
        *balances.FIELDS,
        *receiving.FIELDS,
    ),
    contributions=CONTRIBUTIONS,
    personal_data=(*payment_data.RULES, *document_data.RULES),
)
