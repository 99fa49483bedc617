"""What a provider reports: settled once, never undone, and parked where it is not what was agreed."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from praho.billing.payments.services import concluding, parking, reporting
from praho.core import clock
from praho.core.db.scope import CustomerScope, SystemScope, entered
from praho.core.errors import Conflict
from praho.core.i18n import in_locale
from praho.core.money import Money
from praho.models.audit import AuditEvent
from praho.models.billing.documents import DocumentKind, DocumentState
from praho.models.billing.payments import AttemptState, ParkedState
from praho.sdk.dto import PaymentState, PaymentStatus
from praho.sdk.outcomes import NeedsAction, Reason, Rejected, Unknown
from tests.billing.payments import paying
from tests.factories import billing, providers

pytestmark = pytest.mark.usefixtures("domains", "db")


@pytest.fixture
def attempt_id(buyer, proforma, account):
    return paying.start(buyer, proforma, account).public_id


@pytest.fixture
def paid(attempt_id):
    """The report of a payment as it was asked for."""
    return PaymentStatus(
        key=attempt_id,
        external_id=f"ext_{attempt_id}",
        state=PaymentState.SUCCEEDED,
        amount=Money(12_100, "RON"),
        account_reference="praho-demo",
        changed_at=clock.now(),
    )


def failed(status):
    return replace(status, state=PaymentState.FAILED, failure="The bank declined")


def report(account, status):
    with entered(SystemScope("test")):
        return reporting.apply(account.id, "praho-demo", status)


def test_five_reports_are_one_payment_and_one_invoice(account, proforma, paid):
    assert [report(account, paid) for _ in range(5)] == ["settled", *["repeated"] * 4]

    [payment] = paying.all_payments()
    assert (payment.amount_minor, payment.external_id) == (12_100, paid.external_id)
    assert payment.attempt_id == paying.attempt(paid.key).id
    assert paying.attempt(paid.key).state is AttemptState.SUCCEEDED
    assert len(billing.documents(DocumentKind.INVOICE)) == 1
    assert paying.all_parked() == []


def test_an_open_payment_changes_nothing(account, proforma, paid):
    assert report(account, replace(paid, state=PaymentState.OPEN)) == "open"
    assert paying.attempt(paid.key).state is AttemptState.WAITING


def test_reports_that_overtake_each_other_end_alike(account, proforma, paid):
    assert report(account, paid) == "settled"
    assert report(account, replace(paid, state=PaymentState.OPEN)) == "open"
    assert report(account, failed(paid)) == "ignored"
    assert paying.attempt(paid.key).state is AttemptState.SUCCEEDED
    assert billing.document(proforma).state is DocumentState.PAID


def test_a_success_after_a_failure_counts(account, proforma, paid):
    assert report(account, failed(paid)) == "declined"
    assert report(account, paid) == "settled"
    assert paying.attempt(paid.key).state is AttemptState.SUCCEEDED


def test_a_late_failure_of_an_earlier_try_does_not_undo_the_later_success(buyer, account, bank, proforma, paid):
    bank.pay(paid.key, "insufficient_funds")
    paying.ask(paid.key)
    second = paying.start(buyer, proforma, account)
    assert report(account, replace(paid, key=second.public_id, external_id="ext_second")) == "settled"

    assert report(account, failed(paid)) == "ignored"

    assert paying.attempt(second.public_id).state is AttemptState.SUCCEEDED
    assert paying.attempt(paid.key).state is AttemptState.DECLINED
    assert billing.document(proforma).state is DocumentState.PAID
    assert len(paying.all_payments()) == 1


def test_a_report_that_is_faster_than_the_answer_has_the_last_word(buyer, account, paid):
    answers = (
        NeedsAction(url="https://bank.example/pay"),
        Unknown("timeout"),
        Rejected(Reason.OTHER, "no"),
    )
    report(account, paid)
    for answer in answers:
        with entered(CustomerScope(buyer.id)):
            assert concluding.first_answer(paid.key, answer).state is AttemptState.SUCCEEDED
    with entered(CustomerScope(buyer.id)):
        assert concluding.not_sent(paid.key, "no connection").state is AttemptState.SUCCEEDED


def test_a_given_up_try_that_was_paid_after_all_is_settled(account, proforma, paid):
    with entered(SystemScope("test")):
        concluding._record(paid.key, AttemptState.ABANDONED)
    report(account, failed(paid))

    assert report(account, paid) == "settled"
    assert paying.attempt(paid.key).state is AttemptState.SUCCEEDED
    assert billing.document(proforma).state is DocumentState.PAID


def test_a_second_try_that_was_paid_as_well_is_parked(buyer, account, proforma, paid):
    report(account, failed(paid))
    second = paying.start(buyer, proforma, account)
    report(account, paid)

    assert report(account, replace(paid, key=second.public_id, external_id="ext_2")) == "parked"

    [parked] = paying.all_parked()
    assert (parked.reason, parked.attempt_public_id) == ("already_paid", second.public_id)
    assert parked.customer_id == buyer.id
    assert len(paying.all_payments()) == 1


WRONG = [
    ({"amount": Money(12_101, "RON")}, "amount"),
    ({"amount": Money(12_099, "RON")}, "amount"),
    ({"amount": Money(0, "RON")}, "amount"),
    ({"amount": Money(12_100, "EUR")}, "currency"),
    ({"account_reference": "somebody-else"}, "account"),
    ({"account_reference": ""}, "account"),
]


@pytest.mark.parametrize(("change", "reason"), WRONG)
def test_what_was_not_agreed_is_parked_once_and_staff_see_why(account, buyer, proforma, paid, change, reason):
    wrong = replace(paid, **change)
    assert report(account, wrong) == "parked"
    report(account, wrong)

    [parked] = paying.all_parked()
    assert (parked.reason, parked.state, parked.customer_id) == (reason, ParkedState.OPEN, buyer.id)
    assert (parked.amount_minor, parked.currency) == (wrong.amount.minor, wrong.amount.currency)
    assert parked.facts["proforma"] == billing.document(proforma).number_text
    assert billing.document(proforma).state is DocumentState.OPEN
    assert paying.attempt(paid.key).state is AttemptState.UNKNOWN
    assert paying.all_payments() == []


@pytest.mark.parametrize(("change", "reason"), WRONG)
def test_a_later_report_that_fits_settles_what_was_parked(account, proforma, paid, change, reason):
    report(account, replace(paid, **change))

    assert report(account, paid) == "settled"
    assert report(account, replace(paid, **change)) in ("repeated", "parked")

    [payment] = paying.all_payments()
    [parked] = paying.all_parked()
    assert parked.state is ParkedState.RESOLVED
    assert payment.public_id in parked.resolution
    assert paying.attempt(paid.key).state is AttemptState.SUCCEEDED


def test_what_staff_have_dealt_with_stays_as_they_left_it(account, proforma, paid):
    report(account, replace(paid, amount=Money(1, "RON")))
    [parked] = paying.all_parked()
    with entered(SystemScope("test")):
        parking.resolve(parked.public_id, "am returnat banii")

    assert report(account, paid) == "repeated"

    assert billing.document(proforma).state is DocumentState.OPEN
    [still] = paying.all_parked()
    assert still.resolution == "am returnat banii"


def test_parked_money_is_dealt_with_once(account, proforma, paid):
    report(account, replace(paid, amount=Money(1, "RON")))
    [parked] = paying.all_parked()
    with entered(SystemScope("test")):
        parking.resolve(parked.public_id, "am returnat banii")
        with pytest.raises(Conflict):
            parking.resolve(parked.public_id, "am returnat banii a doua oară")


def test_money_of_a_try_that_we_did_not_start_is_parked(account, paid):
    assert report(account, replace(paid, key="pat_unknown")) == "parked"

    [parked] = paying.all_parked()
    assert (parked.reason, parked.customer_id, parked.attempt_public_id) == ("unknown_attempt", None, "pat_unknown")


def test_news_of_a_try_that_we_did_not_start_without_money_are_nothing(account, paid):
    assert report(account, failed(replace(paid, key="pat_unknown"))) == "ignored"
    assert paying.all_parked() == []


def test_money_that_came_through_another_account_is_parked(bank, proforma, paid):
    other = providers.make_payment_account(bank)

    assert report(other, paid) == "parked"

    [parked] = paying.all_parked()
    assert (parked.reason, parked.account_id) == ("unknown_attempt", other.id)
    assert billing.document(proforma).state is DocumentState.OPEN


def test_a_failure_in_somebody_elses_account_is_not_ours(account, paid):
    assert report(account, replace(failed(paid), account_reference="somebody-else")) == "open"
    assert paying.attempt(paid.key).state is AttemptState.WAITING


def test_money_for_a_proforma_that_was_cancelled_meanwhile_is_parked(account, proforma, paid):
    from praho.billing.documents.services import proformas

    with entered(SystemScope("test")):
        proformas.cancel(proforma, "din greșeală")

    assert report(account, paid) == "parked"
    [parked] = paying.all_parked()
    assert parked.reason == "not_open"
    assert billing.document(proforma).state is DocumentState.CANCELLED


@pytest.mark.parametrize(
    ("locale", "sentence"),
    [
        ("ro", "Banca a refuzat plata: cardul nu are fonduri suficiente."),
        ("en", "The bank declined the payment: the card has no funds."),
    ],
)
def test_why_it_was_declined_is_said_in_the_language_of_who_paid(buyer, account, bank, proforma, locale, sentence):
    with in_locale(locale):
        started = paying.start(buyer, proforma, account)
    bank.pay(started.public_id, "insufficient_funds")

    paying.ask(started.public_id)

    assert paying.attempt(started.public_id).reason == sentence


def test_parking_is_one_event_of_the_audit(account, buyer, proforma, paid):
    for _ in range(3):
        report(account, replace(paid, amount=Money(1, "RON")))

    with entered(SystemScope("test")) as session:
        [event] = session.scalars(select(AuditEvent).where(AuditEvent.action == "payment.parked"))
    assert event.customer_id == buyer.id


class TestTheDayOfTheMoney:
    """The day on which the bank took the money, not the one on which we heard of it, makes the VAT chargeable."""

    def settled_on(self, account, paid, changed_at):
        report(account, replace(paid, changed_at=changed_at))
        [payment] = paying.all_payments()
        [invoice] = billing.documents(DocumentKind.INVOICE)
        return payment.received_on, invoice.tax_point, invoice.issue_date

    def test_money_of_yesterday_is_of_yesterday(self, account, paid, move_clock):
        paid_at = clock.now()
        move_clock(paid_at + timedelta(days=2))
        day = clock.local_date(paid_at)
        assert self.settled_on(account, paid, paid_at) == (day, day, clock.today())

    def test_a_bank_whose_clock_is_ahead_does_not_date_money_into_the_future(self, account, paid):
        assert self.settled_on(account, paid, clock.now() + timedelta(days=3))[0] == clock.today()

    def test_a_bank_whose_clock_is_behind_does_not_date_money_before_its_proforma(self, account, proforma, paid):
        issued = billing.document(proforma).issue_date
        assert self.settled_on(account, paid, clock.now() - timedelta(days=30))[0] == issued
