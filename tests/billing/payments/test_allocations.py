"""Money and what it is for: parts, too much, too little, one transfer for several proformas (cases D13, D19, J21)."""

import pytest

from praho.billing.documents import snapshot_json
from praho.billing.documents.services import proformas
from praho.billing.payments.services import settlement, transfers
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.errors import Invalid, NotFound
from praho.core.money import Money
from praho.core.web.form_tokens import new_form_token
from praho.models.billing.documents import DocumentState
from tests.billing.payments import money
from tests.factories import billing, customers

pytestmark = pytest.mark.usefixtures("domains", "db")


def test_d13_a_hundred_lei_in_three_payments(buyer):
    proforma = billing.make_proforma(buyer, 8_264, 1)
    total = billing.document(proforma).total_minor
    parts = [part.minor for part in Money(total, "RON").split(3)]

    for part in parts:
        assert money.invoices() == []
        money.pay(proforma, part)

    assert (total, parts) == (10_001, [3_333, 3_334, 3_334])
    [invoice] = money.invoices()
    assert [fact.amount_minor for fact in snapshot_json.from_json(invoice.snapshot).payments] == parts
    assert (money.owed(buyer), money.balance(buyer)) == (0, 0)
    assert [part.minor for part in Money(10_000, "RON").split(3)] == [3_333, 3_333, 3_334]


def test_too_little_is_kept_and_the_rest_stays_to_pay(buyer, proforma):
    settled = money.pay(proforma, 12_099)

    assert settled.outcome is settlement.Outcome.SETTLED
    assert (billing.document(proforma).state, money.left(proforma)) == (DocumentState.OPEN, 1)
    assert money.invoices() == []

    money.pay(proforma, 1)

    assert (billing.document(proforma).state, money.left(proforma)) == (DocumentState.PAID, 0)
    assert len(money.invoices()) == 1


def test_j21_a_payer_who_leaves_the_bani_out_owes_them(buyer):
    proforma = billing.make_proforma(buyer, 4_990, 23_988, 500)
    money.pay(proforma, 35_600)

    assert (billing.document(proforma).total_minor, money.left(proforma)) == (35_668, 68)


def test_d19_one_ban_too_much_is_the_customers_and_the_invoice_stays_as_asked(buyer, proforma):
    money.pay(proforma, 12_101)

    [invoice] = money.invoices()
    assert (invoice.total_minor, snapshot_json.from_json(invoice.snapshot).paid_minor) == (12_100, 12_100)
    assert (money.balance(buyer), money.owed(buyer)) == (1, -1)


def test_i13_one_transfer_settles_several_proformas_and_is_no_document_itself(buyer):
    first, second = billing.make_proforma(buyer), billing.make_proforma(buyer, 20_000)

    money.arrive(buyer, 40_000, (first, 12_100), (second, 24_200))

    assert {billing.document(row).state for row in (first, second)} == {DocumentState.PAID}
    assert [invoice.total_minor for invoice in money.invoices()] == [12_100, 24_200]
    assert (money.balance(buyer), money.owed(buyer)) == (3_700, -3_700)


def test_a_share_beyond_what_is_left_becomes_balance(buyer, proforma):
    money.pay(proforma, 12_000)
    money.arrive(buyer, 12_100, (proforma, 12_100))

    assert billing.document(proforma).state is DocumentState.PAID
    assert money.balance(buyer) == 12_000


def test_proformas_of_two_customers_do_not_share_money(buyer, proforma):
    foreign = billing.make_proforma(customers.make_customer())

    with pytest.raises(NotFound):
        money.arrive(buyer, 24_200, (proforma, 12_100), (foreign, 12_100))
    assert money.booked() == []


def test_what_was_paid_on_a_proforma_that_ends_is_free_again(buyer, proforma):
    money.pay(proforma, 5_000)
    assert money.balance(buyer) == 0

    with entered(SystemScope("test")):
        proformas.cancel(proforma, "clientul s-a răzgândit")

    assert money.balance(buyer) == 5_000
    assert money.pay(proforma, 7_100).outcome is settlement.Outcome.PARKED


class TestTransfersOfACustomer:
    def record(self, buyer, minor, *shares, currency="RON", token=None):
        transfer = transfers.Transfer(minor, currency, clock.today(), "OP 9")
        wanted = [settlement.Share(*share) for share in shares]
        with entered(SystemScope("test")):
            return transfers.spread(buyer.id, transfer, wanted, form_token=token or new_form_token())

    def test_a_form_sent_twice_is_one_payment(self, buyer, proforma):
        first = self.record(buyer, 20_000, (proforma, 12_100), token="once")
        assert self.record(buyer, 20_000, (proforma, 12_100), token="once") == first
        assert money.balance(buyer) == 7_900

    def test_shares_beyond_the_money_are_refused(self, buyer, proforma):
        with pytest.raises(Invalid):
            self.record(buyer, 12_099, (proforma, 12_100))
        assert money.booked() == []

    def test_e14_lei_for_a_euro_proforma_stay_lei(self, buyer, proforma):
        with pytest.raises(Invalid):
            self.record(buyer, 2_500, (proforma, 2_500), currency="EUR")

        self.record(buyer, 2_500, currency="EUR")

        assert (money.balance(buyer, "EUR"), money.balance(buyer), money.left(proforma)) == (2_500, 0, 12_100)

    def test_somebody_elses_proforma_is_not_found(self, buyer, proforma):
        with pytest.raises(NotFound):
            self.record(customers.make_customer(), 12_100, (proforma, 12_100))
