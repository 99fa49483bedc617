"""Starting a payment: claim, call, record; whatever happens on the way, one proforma has at most one open try."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from praho.billing.errors import NotPayable
from praho.billing.payments.services import starting
from praho.core.db.scope import CustomerScope, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.i18n import in_locale
from praho.core.jobs.table import Job
from praho.integrations.errors import UnknownAccount
from praho.integrations.services import choosing
from praho.models.audit import AuditEvent
from praho.models.billing.documents import DocumentState
from praho.models.billing.payments import AttemptState
from praho.models.integrations import ProviderCall, ProviderKind
from tests.billing.payments import paying
from tests.factories import billing, customers, providers

pytestmark = pytest.mark.usefixtures("domains", "db")


def jobs(kind: str) -> list[Job]:
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(Job).where(Job.kind == kind)))


def test_starting_leads_to_the_page_of_the_provider(buyer, proforma, account, bank):
    started = paying.start(buyer, proforma, account)

    assert started.state is AttemptState.WAITING
    assert started.url.startswith(f"{bank.url}/pay/")
    [payment] = bank.payments()
    assert (payment["key"], payment["amount"], payment["currency"]) == (started.public_id, 12_100, "RON")
    assert (payment["payer_name"], payment["payer_email"]) == (buyer.name, buyer.email)
    assert payment["description"] == f"Proforma {billing.document(proforma).number_text}"
    assert payment["return_url"] == f"{paying.NOWHERE}/payments/{started.public_id}?returned=1"
    assert payment["webhook_url"].endswith(f"/webhooks/payments/{account.public_id}")
    assert billing.document(proforma).state is DocumentState.OPEN


def test_starting_is_one_event_of_the_audit(buyer, proforma, account):
    started = paying.start(buyer, proforma, account)

    with entered(SystemScope("test")) as session:
        event = session.scalars(select(AuditEvent).where(AuditEvent.action == "payment.started")).one()
    assert (event.subject_id, event.customer_id) == (started.public_id, buyer.id)


def test_the_page_of_the_provider_speaks_the_language_of_who_pays(buyer, proforma, account, bank):
    with in_locale("en"):
        paying.start(buyer, proforma, account)

    [payment] = bank.payments()
    assert payment["locale"] == "en"
    assert payment["description"] == f"Proforma {billing.document(proforma).number_text}"


def test_a_second_click_finds_the_try_that_is_open(buyer, proforma, account, bank):
    first = paying.start(buyer, proforma, account)
    second = paying.start(buyer, proforma, providers.make_payment_account(bank))

    assert second == first
    assert len(bank.payments()) == 1


def test_a_new_try_follows_a_declined_one(buyer, proforma, account, bank):
    first = paying.start(buyer, proforma, account)
    bank.pay(first.public_id, "insufficient_funds")
    paying.ask(first.public_id)

    second = paying.start(buyer, proforma, account)

    assert second.public_id != first.public_id
    assert [payment["state"] for payment in bank.payments()] == ["failed", "open"]


def test_a_call_that_never_left_gives_the_proforma_free(buyer, proforma, account, bank):
    dead = providers.make_payment_account(bank, settings=providers.elsewhere("http://127.0.0.1:9"))

    first = paying.start(buyer, proforma, dead)
    second = paying.start(buyer, proforma, account)

    assert first.state is AttemptState.ABANDONED
    assert second.state is AttemptState.WAITING
    assert [payment["key"] for payment in bank.payments()] == [second.public_id]


def test_a_refusal_tells_the_buyer_nothing_internal_and_staff_everything(buyer, proforma, account, bank):
    bank.arm("payments.start", "refuse")

    refused = paying.start(buyer, proforma, account)

    assert refused.state is AttemptState.DECLINED
    assert "refused on demand" not in refused.reason
    assert "transfer bancar" in refused.reason
    assert "refused on demand" in paying.attempt(refused.public_id).staff_note
    assert paying.start(buyer, proforma, account).state is AttemptState.WAITING


@pytest.mark.parametrize("fault", ["after_apply", "error_500", "malformed", "nonsense"])
def test_an_unknown_outcome_is_settled_by_the_same_call_under_the_same_key(buyer, proforma, account, bank, fault):
    bank.arm("payments.start", fault)

    started = paying.start(buyer, proforma, account)
    assert started.state is AttemptState.UNKNOWN
    assert started.url is None
    assert [job.payload["attempt_id"] for job in jobs("billing.ask_provider")] == [started.public_id]
    paying.ask(started.public_id)

    [payment] = bank.payments()
    settled = paying.attempt(started.public_id)
    assert (settled.state, settled.url) == (AttemptState.WAITING, f"{bank.url}/pay/{payment['id']}")
    assert payment["key"] == started.public_id


def test_a_call_that_broke_before_it_was_carried_out_is_made_under_its_key(buyer, proforma, account, bank):
    bank.arm("payments.start", "before_apply")

    started = paying.start(buyer, proforma, account)
    assert started.state is AttemptState.UNKNOWN
    assert bank.payments() == []
    paying.ask(started.public_id)

    assert paying.attempt(started.public_id).state is AttemptState.WAITING
    assert [payment["key"] for payment in bank.payments()] == [started.public_id]


def test_the_repeated_call_says_what_the_first_one_said(buyer, proforma, account, bank):
    bank.arm("payments.start", "after_apply")
    started = paying.start(buyer, proforma, account)
    with entered(SystemScope("test")), unit_of_work() as session:
        session.merge(buyer).name = "Alt nume S.R.L."

    paying.ask(started.public_id)

    assert paying.attempt(started.public_id).state is AttemptState.WAITING
    assert [payment["payer_name"] for payment in bank.payments()] == [buyer.name]


def test_a_refusal_of_the_repeated_call_decides_nothing(buyer, proforma, account, bank):
    bank.arm("payments.start", "after_apply")
    bank.arm("payments.start", "refuse")
    started = paying.start(buyer, proforma, account)

    paying.ask(started.public_id)
    assert paying.attempt(started.public_id).state is AttemptState.UNKNOWN
    paying.ask(started.public_id)

    assert paying.attempt(started.public_id).state is AttemptState.WAITING


def test_a_provider_without_keys_is_only_asked(buyer, proforma, bank, install_provider):
    install_provider("KEYLESS")
    account = providers.make_payment_account(bank, plugin="keyless")
    bank.arm("payments.start", "before_apply")
    started = paying.start(buyer, proforma, account)

    paying.ask(started.public_id)
    assert paying.attempt(started.public_id).state is AttemptState.UNKNOWN
    paying.make_older(started.public_id, timedelta(minutes=6))
    paying.ask(started.public_id)

    assert paying.attempt(started.public_id).state is AttemptState.ABANDONED
    assert bank.payments() == []


def test_a_page_that_nobody_was_led_to_does_not_block_for_long(buyer, proforma, bank, install_provider):
    install_provider("KEYLESS")
    account = providers.make_payment_account(bank, plugin="keyless")
    bank.arm("payments.start", "after_apply")
    started = paying.start(buyer, proforma, account)

    paying.make_older(started.public_id, timedelta(minutes=59))
    paying.ask(started.public_id)
    assert paying.attempt(started.public_id).state is AttemptState.UNKNOWN
    paying.make_older(started.public_id, timedelta(minutes=2))
    paying.ask(started.public_id)

    assert paying.attempt(started.public_id).state is AttemptState.ABANDONED


def test_a_process_that_died_between_claim_and_call_is_made_up_for(buyer, proforma, account, bank):
    with entered(CustomerScope(buyer.id)):
        choice = choosing.chosen(ProviderKind.PAYMENT, account.public_id)
        claimed, _fresh = starting._claim([proforma], choice, paying.addresses())

    again = paying.start(buyer, proforma, account)
    assert (again.public_id, again.state) == (claimed, AttemptState.CLAIMED)
    assert bank.payments() == []
    paying.make_older(claimed, timedelta(minutes=2))
    assert paying.sweep() == 1
    paying.ask(claimed)

    assert paying.attempt(claimed).state is AttemptState.WAITING
    assert [payment["key"] for payment in bank.payments()] == [claimed]


def test_a_provider_that_takes_the_money_at_once_settles_at_once(buyer, proforma, bank, install_provider):
    install_provider("INSTANT")
    account = providers.make_payment_account(bank, plugin="instant")

    paid = paying.start(buyer, proforma, account)

    assert paid.state is AttemptState.SUCCEEDED
    assert billing.document(proforma).state is DocumentState.PAID
    assert [payment.amount_minor for payment in paying.all_payments()] == [12_100]


def test_no_secret_and_no_key_stands_in_the_call_log(buyer, proforma, account):
    paying.start(buyer, proforma, account)

    with entered(SystemScope("test")) as session:
        [call] = session.scalars(select(ProviderCall))
    assert call.name == "start"
    assert "sandbox-api-key" not in call.detail


@pytest.mark.parametrize("state", [DocumentState.PAID, DocumentState.CANCELLED, DocumentState.LAPSED])
def test_only_an_open_proforma_can_be_paid(buyer, proforma, account, bank, state):
    with entered(SystemScope("test")), unit_of_work() as session:
        row = session.merge(billing.document(proforma))
        row.state, row.settled_minor = state, row.total_minor if state is DocumentState.PAID else 0

    with pytest.raises(NotPayable):
        paying.start(buyer, proforma, account)
    assert bank.requests() == []


def test_a_proforma_that_asks_for_nothing_cannot_be_paid(buyer, account, bank):
    with pytest.raises(NotPayable):
        paying.start(buyer, billing.make_proforma(buyer, 0), account)
    assert bank.requests() == []


def test_somebody_elses_proforma_is_not_there_and_nobody_is_called(proforma, account, bank):
    with pytest.raises(NotFound):
        paying.start(customers.make_customer(), proforma, account)
    assert bank.requests() == []


def test_an_account_that_is_off_or_of_another_trade_is_no_choice(buyer, proforma, bank):
    off = providers.make_payment_account(bank, active=False)
    registrar = providers.make_registrar(bank)

    for account in (off, registrar):
        with pytest.raises(UnknownAccount):
            paying.start(buyer, proforma, account)
    assert bank.requests() == []
