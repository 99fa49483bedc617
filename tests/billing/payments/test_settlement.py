"""Settlement: money is recorded once, its invoice follows, and what does not fit is parked."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from praho.billing.events import ProformaPaid
from praho.billing.payments.services import missing_invoices, settlement, transfers
from praho.core import clock, events
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid, NotFound
from praho.models.billing.documents import DocumentKind, DocumentState
from praho.models.billing.payments import LedgerEntry, ParkedPayment, Payment, PaymentMethod
from tests.factories import billing, customers

pytestmark = pytest.mark.usefixtures("domains", "db")


@pytest.fixture
def proforma():
    billing.make_seller()
    return billing.make_proforma(customers.make_customer(), 10_000, 5_000)


def receipt(proforma_id, **values):
    made = settlement.Receipt(
        proforma_id=proforma_id,
        method=PaymentMethod.BANK_TRANSFER,
        amount_minor=18_150,
        currency="RON",
        received_on=clock.today(),
        reference="plata factura",
    )
    return replace(made, **values)


def settle(made):
    with entered(SystemScope("test")):
        return settlement.settle(made)


def counted(model):
    with entered(SystemScope("test")) as session:
        return session.scalar(select(func.count()).select_from(model))


def test_a_payment_settles_its_proforma_and_issues_the_invoice(proforma):
    settled = settle(receipt(proforma))

    assert settled.outcome is settlement.Outcome.SETTLED
    assert billing.document(proforma).state is DocumentState.PAID
    [invoice] = billing.documents(DocumentKind.INVOICE)
    assert (invoice.number_text, invoice.net_minor, invoice.vat_minor, invoice.total_minor) == (
        "EXF0001",
        15_000,
        3_150,
        18_150,
    )
    assert invoice.snapshot["payments"][0]["amount_minor"] == 18_150
    assert invoice.snapshot["references"][0]["number"] == billing.document(proforma).number_text


def test_the_ledger_ends_at_nothing_owed(proforma):
    settle(receipt(proforma))

    with entered(SystemScope("test")) as session:
        amounts = list(session.scalars(select(LedgerEntry.amount_minor).order_by(LedgerEntry.amount_minor)))
    assert amounts == [-18_150, 18_150]


def test_paid_is_told_once_with_its_subject():
    heard = []
    events.install((events.Subscriber(ProformaPaid, heard.append),))
    billing.make_seller()
    customer = customers.make_customer()
    proforma = billing.make_proforma(customer, 10_000, subject=("order", "ord_1"))

    settle(receipt(proforma, amount_minor=12_100, account_id=None, external_id=None))

    assert heard == [ProformaPaid(customer.id, proforma, "order", "ord_1")]


def test_money_in_another_currency_is_parked(proforma):
    settled = settle(receipt(proforma, currency="EUR"))

    assert settled.outcome is settlement.Outcome.PARKED
    assert billing.document(proforma).state is DocumentState.OPEN
    assert counted(Payment) == 0
    with entered(SystemScope("test")) as session:
        assert session.scalars(select(ParkedPayment)).one().reason == "currency"


def test_a_second_payment_of_a_paid_proforma_is_parked(proforma):
    settle(receipt(proforma))

    assert settle(receipt(proforma, reference="din nou")).outcome is settlement.Outcome.PARKED
    assert len(billing.documents(DocumentKind.INVOICE)) == 1


def test_money_for_a_cancelled_proforma_is_parked(proforma):
    with entered(SystemScope("test")):
        from praho.billing.documents.services import proformas

        proformas.cancel(proforma, "clientul s-a răzgândit")

    assert settle(receipt(proforma)).outcome is settlement.Outcome.PARKED
    assert billing.document(proforma).state is DocumentState.CANCELLED


def test_a_proforma_that_is_not_there_is_not_found(proforma):
    with pytest.raises(NotFound):
        settle(receipt("pro_missing"))


def test_without_company_data_the_money_stays_and_the_invoice_waits(proforma):
    with entered(SystemScope("test")), unit_of_work() as session:
        from praho.models.settings import Setting

        session.get_one(Setting, "company.iban").value = ""
    settle(receipt(proforma))

    held = billing.document(proforma)
    assert held.state is DocumentState.PAID
    assert "IBAN" in held.refusal
    assert counted(Payment) == 1
    assert billing.documents(DocumentKind.INVOICE) == []


def test_what_was_kept_back_is_invoiced_once_it_can_be(proforma):
    with entered(SystemScope("test")), unit_of_work() as session:
        from praho.models.billing.documents import NumberSeries

        session.scalars(select(NumberSeries)).one().active = False
    settle(receipt(proforma))
    assert billing.document(proforma).refusal

    billing.make_series("NOU")
    with entered(SystemScope("test")):
        assert missing_invoices.hand_over_all("now") == 1
        assert missing_invoices.try_again(proforma)
        assert missing_invoices.hand_over_all("later") == 0

    [invoice] = billing.documents(DocumentKind.INVOICE)
    assert invoice.number_text == "NOU0001"
    assert billing.document(proforma).refusal is None
    assert counted(LedgerEntry) == 2


def test_a_changed_rate_keeps_the_invoice_back():
    with clock.moved_to(datetime(2025, 7, 31, 9, tzinfo=UTC)):
        billing.make_seller()
        proforma = billing.make_proforma(customers.make_customer(), 10_000)
        assert billing.document(proforma).total_minor == 11_900
    with clock.moved_to(datetime(2025, 8, 1, 9, tzinfo=UTC)):
        settle(receipt(proforma, amount_minor=11_900))

    held = billing.document(proforma)
    assert held.state is DocumentState.PAID
    assert "21" in held.refusal


def test_the_invoice_carries_bucharest_dates():
    with clock.moved_to(datetime(2026, 12, 31, 22, 30, tzinfo=UTC)):
        billing.make_seller()
        proforma = billing.make_proforma(customers.make_customer(), 10_000)
        settle(receipt(proforma, amount_minor=12_100))

    [invoice] = billing.documents(DocumentKind.INVOICE)
    assert invoice.issue_date == date(2027, 1, 1)


class TestTransfers:
    def transfer(self, **values):
        return replace(transfers.Transfer(18_150, "RON", clock.today(), "OP 1"), **values)

    def record(self, proforma, transfer, token="token-1"):
        with entered(SystemScope("test")):
            return transfers.record(proforma, transfer, form_token=token)

    def test_a_form_sent_twice_is_one_payment(self, proforma):
        first = self.record(proforma, self.transfer())
        second = self.record(proforma, self.transfer())

        assert first == second
        assert (counted(Payment), counted(ParkedPayment)) == (1, 0)

    @pytest.mark.parametrize("amount", [0, -1])
    def test_an_amount_that_is_not_positive_is_refused(self, proforma, amount):
        with pytest.raises(Invalid):
            self.record(proforma, self.transfer(amount_minor=amount))

    def test_money_of_tomorrow_is_refused(self, proforma):
        with pytest.raises(Invalid) as refusal:
            self.record(proforma, self.transfer(received_on=date(2199, 1, 1)))
        assert "received_on" in refusal.value.fields
