"""The balance: what is free of payments and credit notes, used by hand, by itself, never twice."""

import threading

import pytest
from sqlalchemy import select

from praho.billing import errors
from praho.billing.documents import snapshot_json
from praho.billing.events import USE_BALANCE
from praho.billing.payments.services import balances, closing, crediting
from praho.billing.types import PaymentMethod
from praho.core import clock
from praho.core.db.scope import CustomerScope, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid, NotFound
from praho.core.jobs.table import Job
from praho.core.web.form_tokens import new_form_token
from praho.models.billing.documents import DocumentKind, DocumentState
from praho.models.billing.payments import LedgerKind
from praho.models.settings import Setting
from tests.billing.payments import money
from tests.factories import billing, customers


def use(buyer, *proformas, token=None):
    with entered(CustomerScope(buyer.id)):
        return balances.pay(proformas, form_token=token or new_form_token()).minor


@pytest.mark.usefixtures("domains", "db")
class TestUsing:
    def test_the_customer_pays_from_the_balance(self, buyer, proforma):
        money.arrive(buyer, 15_000)

        assert use(buyer, proforma) == 12_100
        assert billing.document(proforma).state is DocumentState.PAID
        assert (money.balance(buyer), money.owed(buyer)) == (2_900, -2_900)

    def test_the_invoice_says_set_off_and_the_day_of_use(self, buyer, proforma):
        money.arrive(buyer, 12_100, reference="avans")
        use(buyer, proforma)

        [fact] = snapshot_json.from_json(money.invoices()[0].snapshot).payments
        assert (fact.method, fact.paid_on, fact.reference) == (PaymentMethod.OFFSET, clock.today(), "avans")

    def test_too_little_leaves_the_rest_to_pay(self, buyer, proforma):
        money.arrive(buyer, 2_100)

        assert use(buyer, proforma) == 2_100
        assert (money.left(proforma), money.balance(buyer)) == (10_000, 0)
        with pytest.raises(errors.NotPayable):
            use(buyer, proforma)

    def test_several_payments_and_a_credit_note_pay_one_proforma(self, buyer):
        billing.make_series("EXS", kind=DocumentKind.CREDIT_NOTE)
        invoice = billing.make_invoice(buyer, 5_000)
        with entered(SystemScope("test")):
            crediting.issue(invoice, None, "Renunțare", form_token=new_form_token())
        money.arrive(buyer, 50)
        wanted = billing.make_proforma(buyer, 5_000)
        assert money.balance(buyer) == 6_100

        assert use(buyer, wanted) == 6_050
        assert money.balance(buyer) == 50
        assert len(money.invoices()) == 2

    def test_a_form_sent_twice_uses_it_once(self, buyer, proforma):
        other = billing.make_proforma(buyer)
        money.arrive(buyer, 20_000)

        assert use(buyer, proforma, other, token="t") == 20_000
        assert use(buyer, proforma, other, token="t") == 20_000
        assert (money.balance(buyer), money.left(other)) == (0, 4_200)

    def test_somebody_elses_proforma_is_not_found(self, buyer, proforma):
        stranger = customers.make_customer()
        money.arrive(stranger, 20_000)

        with pytest.raises(NotFound):
            use(stranger, proforma)

    def test_another_currency_pays_nothing(self, buyer, proforma):
        money.arrive(buyer, 50_000, currency="EUR")

        with pytest.raises(errors.NotPayable):
            use(buyer, proforma)

    @pytest.mark.parametrize(("on", "jobs"), [(True, 1), (False, 0)])
    def test_the_setting_decides_whether_new_proformas_take_it(self, buyer, on, jobs):
        with entered(SystemScope("test")), unit_of_work() as session:
            session.add(Setting(key=balances.AUTOMATIC, value=on, updated_at=clock.now()))
        billing.make_proforma(buyer)

        with entered(SystemScope("test")) as session:
            assert len(list(session.scalars(select(Job).where(Job.kind == USE_BALANCE.name)))) == jobs

    def test_a_customer_with_money_is_not_closed(self, buyer):
        with entered(SystemScope("test")):
            assert closing.balance_of(buyer.id) is None
        money.arrive(buyer, 12_345)
        with entered(SystemScope("test")):
            assert "123,45 RON" in closing.balance_of(buyer.id)

    def test_a_new_proforma_takes_it_by_itself_where_nobody_pays_it(self, buyer, proforma):
        money.arrive(buyer, 12_100)

        with entered(SystemScope("test")):
            assert balances.use_for_new(proforma)
            assert not balances.use_for_new(proforma)
        assert billing.document(proforma).state is DocumentState.PAID


@pytest.mark.usefixtures("domains", "db")
class TestSendingBack:
    def send_back(self, buyer, minor, token=None):
        with entered(SystemScope("test")):
            return balances.refund(
                buyer.id, money.lei(minor), clock.today(), "OP 44", form_token=token or new_form_token()
            )

    def test_what_is_sent_back_is_gone_from_the_balance(self, buyer):
        money.arrive(buyer, 5_000)
        assert self.send_back(buyer, 2_000, "t") == self.send_back(buyer, 2_000, "t")

        assert (money.balance(buyer), money.owed(buyer)) == (3_000, -3_000)
        assert money.booked(LedgerKind.REFUND) == [2_000]

    @pytest.mark.parametrize("minor", [0, -1, 5_001])
    def test_more_than_there_is_or_nothing_is_refused(self, buyer, minor):
        money.arrive(buyer, 5_000)

        with pytest.raises(Invalid):
            self.send_back(buyer, minor)


@pytest.mark.usefixtures("domains", "live_db")
def test_two_at_once_never_use_the_same_money(buyer, proforma):
    other = billing.make_proforma(buyer)
    money.arrive(buyer, 12_100)
    barrier, used, refused = threading.Barrier(2), [], []

    def pay(wanted):
        barrier.wait()
        try:
            used.append(use(buyer, wanted))
        except errors.NotPayable:
            refused.append(wanted)

    threads = [threading.Thread(target=pay, args=(wanted,)) for wanted in (proforma, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert (used, len(refused), money.balance(buyer)) == ([12_100], 1, 0)
    assert len(money.invoices()) == 1
