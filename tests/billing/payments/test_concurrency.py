"""Many at once on one series: consecutive numbers, no gap, no duplicate, no deadlock."""

import threading

import pytest

from praho.billing.documents.services import numbering, proformas
from praho.billing.documents.services.advances import Delivery
from praho.billing.errors import NotPayable
from praho.billing.payments.services import advances, settlement
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.money import Money
from praho.core.web.form_tokens import new_form_token
from praho.models.billing.documents import Document, DocumentKind, DocumentState
from praho.models.billing.payments import PaymentMethod
from tests.factories import billing, customers
from tests.threads import all_at_once, other_threads, wait_until_blocked

pytestmark = pytest.mark.usefixtures("domains")
SETTLEMENTS = 50


def pay(proforma_id, amount_minor=12_100):
    with entered(SystemScope("test")):
        return settlement.settle(
            settlement.Receipt(
                proforma_id=proforma_id,
                method=PaymentMethod.BANK_TRANSFER,
                amount_minor=amount_minor,
                currency="RON",
                received_on=clock.today(),
                reference="OP",
            )
        ).outcome


def cancel(proforma_id):
    with entered(SystemScope("test")):
        try:
            proformas.cancel(proforma_id, "între timp")
        except NotPayable:
            return "paid first"
        return "cancelled"


@pytest.mark.slow
def test_fifty_settlements_at_once_number_their_invoices_without_a_gap(live_db):
    billing.make_seller()
    buyers = [customers.make_customer() for _ in range(10)]
    to_pay = [billing.make_proforma(buyers[number % 10]) for number in range(SETTLEMENTS)]
    contested = [billing.make_proforma(buyer) for buyer in buyers]

    def settle(proforma_id):
        return lambda: pay(proforma_id)

    def withdraw(proforma_id):
        return lambda: cancel(proforma_id)

    def order(buyer):
        return lambda: billing.make_proforma(buyer)

    actions = [settle(one) for one in to_pay + contested]
    actions += [withdraw(one) for one in contested]
    actions += [order(buyer) for buyer in buyers]
    results = all_at_once(actions)

    settled = [result for result in results if result is settlement.Outcome.SETTLED]
    numbers = [invoice.number for invoice in billing.documents(DocumentKind.INVOICE)]
    assert numbers == list(range(1, len(settled) + 1))
    assert len(settled) >= SETTLEMENTS
    assert all(billing.document(one).state is DocumentState.PAID for one in to_pay)
    ended = {billing.document(one).state for one in contested}
    assert ended <= {DocumentState.PAID, DocumentState.CANCELLED}
    cancelled = results.count("cancelled")
    assert len(settled) == SETTLEMENTS + len(contested) - cancelled
    assert results.count(settlement.Outcome.PARKED) == cancelled


def test_one_proforma_paid_by_many_at_once_is_settled_once(live_db):
    billing.make_seller()
    proforma = billing.make_proforma(customers.make_customer())

    outcomes = all_at_once([lambda: pay(proforma)] * 8)

    assert outcomes.count(settlement.Outcome.SETTLED) == 1
    assert outcomes.count(settlement.Outcome.PARKED) == 7
    assert len(billing.documents(DocumentKind.INVOICE)) == 1


def test_an_invoice_and_the_proforma_that_asks_for_its_rest_are_paid_once(live_db):
    billing.make_seller()
    buyer = customers.make_customer()
    with entered(SystemScope("test")):
        asked = advances.ask(buyer.id, "Server", Money(10_000, "RON"), form_token=new_form_token())
    pay(asked)
    [advance] = billing.documents(DocumentKind.INVOICE)
    with entered(SystemScope("test")):
        delivery = Delivery("Server", 20_000, clock.today())
        final = advances.take_back(advance.public_id, delivery, None, form_token=new_form_token())
    [rest] = [row for row in billing.documents(DocumentKind.PROFORMA) if row.state is DocumentState.OPEN]

    outcomes = all_at_once([lambda: pay(final), lambda: pay(rest.public_id)] * 2)

    assert outcomes.count(settlement.Outcome.SETTLED) == 1
    assert outcomes.count(settlement.Outcome.PARKED) == 3
    assert len(billing.documents(DocumentKind.INVOICE)) == 2


def test_a_rollback_gives_its_number_back(live_db):
    billing.make_series("EXF")

    class Broken(Exception):
        pass

    with entered(SystemScope("test")), pytest.raises(Broken), unit_of_work():
        assert numbering.take(DocumentKind.INVOICE, clock.today()).number == 1
        raise Broken
    with entered(SystemScope("test")), unit_of_work():
        assert numbering.take(DocumentKind.INVOICE, clock.today()).number == 1


def test_a_number_waits_for_the_transaction_that_took_the_one_before(live_db):
    billing.make_series("EXF")
    taken, release = threading.Event(), threading.Event()

    def hold_and_break():
        with entered(SystemScope("test")), unit_of_work():
            numbering.take(DocumentKind.INVOICE, clock.today())
            taken.set()
            release.wait(20)
            raise KeyError("rolled back")

    def take():
        with entered(SystemScope("test")), unit_of_work():
            return numbering.take(DocumentKind.INVOICE, clock.today()).number

    with other_threads(2) as start:
        first = start(hold_and_break)
        taken.wait(20)
        second = start(take)
        wait_until_blocked(live_db)
        release.set()
        assert second.result(20) == 1
        assert isinstance(first.exception(20), KeyError)


def test_a_proforma_cancelled_between_the_page_and_the_lock_is_seen(live_db):
    billing.make_seller()
    proforma = billing.make_proforma(customers.make_customer())

    with entered(SystemScope("page")) as session:
        seen = session.query(Document).filter_by(public_id=proforma).one()
        assert seen.state is DocumentState.OPEN
        with other_threads() as start:
            assert start(lambda: cancel(proforma)).result(20) == "cancelled"
        outcome = settlement.settle(
            settlement.Receipt(proforma, PaymentMethod.CASH, 12_100, "RON", clock.today(), "chitanță")
        ).outcome

    assert outcome is settlement.Outcome.PARKED
