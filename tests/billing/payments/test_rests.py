"""What is left of an invoice that took an advance back: paid in every way, once, and never asked for twice (C4)."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from praho.billing import errors
from praho.billing.documents import snapshot_json
from praho.billing.documents.services import advances as documents
from praho.billing.documents.services import announcing, asking, proformas, reading
from praho.billing.payments.services import (
    advances,
    balances,
    crediting,
    ledger_check,
    settlement,
    starting,
    transfers,
    write_offs,
)
from praho.core import clock
from praho.core.db.scope import CustomerScope, SystemScope, entered
from praho.core.errors import NotFound
from praho.core.web.form_tokens import new_form_token
from praho.models.billing.documents import DocumentKind, DocumentState
from praho.models.billing.payments import AttemptState, LedgerKind
from praho.models.notifications import Message
from tests.billing.payments import money, paying
from tests.factories import billing, customers

pytestmark = pytest.mark.usefixtures("domains", "db")


@pytest.fixture
def rest(buyer, move_clock):
    """C4: the invoice of a delivery in August, at 21%, that takes back an advance of July, at 19%: 2.00 is left."""
    billing.make_series("EXS", kind=DocumentKind.CREDIT_NOTE)
    move_clock(datetime(2025, 7, 20, 9, tzinfo=UTC))
    with entered(SystemScope("test")):
        asked = advances.ask(buyer.id, "Server dedicat", money.lei(10_000), form_token=new_form_token())
    billing.settle(asked)
    move_clock(datetime(2025, 8, 5, 9, tzinfo=UTC))
    return delivered(money.invoices()[0].public_id)


def delivered(advance, net_minor=10_000):
    delivery = documents.Delivery("Server dedicat, configurat", net_minor, clock.today())
    with entered(SystemScope("test")):
        return advances.take_back(advance, delivery, None, form_token=new_form_token())


def proforma_of(invoice):
    with entered(SystemScope("test")):
        return asking.found(invoice)


def view(invoice):
    with entered(SystemScope("test")):
        return reading.shown(invoice)


def transfer(minor):
    return transfers.Transfer(minor, "RON", clock.today(), "OP 9")


def require_settled(buyer, invoice, balance=0):
    """Nothing is left or owed; no invoice was issued besides, and the one that was paid is as it was issued."""
    shown = view(invoice)
    assert (shown.left.minor, shown.awaited, proforma_of(invoice).state) == (0, None, DocumentState.PAID)
    assert (money.owed(buyer), money.balance(buyer)) == (-balance, balance)
    assert len(money.invoices()) == 2
    assert (shown.row.state, shown.row.settled_minor, shown.content.payable_minor) == (DocumentState.ISSUED, 0, 200)
    with entered(SystemScope("test")):
        assert ledger_check.run() == 0, ledger_check.findings()


def test_c4_the_rest_is_shown_as_left_and_agrees(buyer, rest):
    assert (view(rest).left.minor, money.owed(buyer)) == (200, 200)
    with entered(SystemScope("test")):
        assert ledger_check.run() == 0


def test_c4_by_a_transfer_in_parts_and_too_much_is_balance(buyer, rest):
    with entered(SystemScope("test")):
        transfers.record(rest, transfer(50), form_token=new_form_token())
    assert (view(rest).left.minor, view(rest).settled.minor, money.owed(buyer)) == (150, 50, 150)

    with entered(SystemScope("test")):
        transfers.record(rest, transfer(250), form_token=new_form_token())
    require_settled(buyer, rest, balance=100)


def test_c4_by_a_transfer_spread_over_it_and_a_proforma(buyer, rest):
    other = billing.make_proforma(buyer, 1_000)
    shares = [settlement.Share(rest, 200), settlement.Share(other, 210)]
    with entered(SystemScope("test")):
        transfers.spread(buyer.id, transfer(410), shares, form_token=new_form_token())

    assert (view(rest).left.minor, money.left(other), money.owed(buyer)) == (0, 1_000, -210)


def test_c4_named_twice_it_is_paid_once(buyer, rest):
    shares = [settlement.Share(rest, 200), settlement.Share(proforma_of(rest).public_id, 200)]
    with entered(SystemScope("test")):
        transfers.spread(buyer.id, transfer(400), shares, form_token=new_form_token())
    require_settled(buyer, rest, balance=200)


def test_c4_by_card(buyer, rest, account, bank):
    started = paying.start(buyer, rest, account)
    assert paying.start(buyer, proforma_of(rest).public_id, account) == started
    [payment] = bank.payments()
    assert payment["amount"] == 200

    bank.pay(started.public_id)
    paying.ask(started.public_id)

    assert paying.attempt(started.public_id).state is AttemptState.SUCCEEDED
    require_settled(buyer, rest)


def test_c4_from_the_balance_by_hand(buyer, rest):
    money.arrive(buyer, 500)
    with entered(CustomerScope(buyer.id)):
        assert balances.pay([rest], form_token=new_form_token()).minor == 200
    require_settled(buyer, rest, balance=300)


def test_c4_from_the_balance_by_itself(buyer, rest):
    money.arrive(buyer, 500)
    with entered(SystemScope("test")):
        assert balances.use_for_new(proforma_of(rest).public_id)
    require_settled(buyer, rest, balance=300)


def test_what_was_paid_before_is_parked(buyer, rest):
    money.pay(rest, 200)
    assert money.pay(rest, 200).outcome is settlement.Outcome.PARKED
    require_settled(buyer, rest)


def test_an_invoice_of_a_paid_proforma_waits_for_nothing(buyer, account):
    invoice = billing.make_invoice(buyer)
    assert (view(invoice).awaited, view(invoice).left.minor) == (None, 0)
    assert money.pay(invoice, 100).outcome is settlement.Outcome.PARKED
    with pytest.raises(errors.NotPayable):
        paying.start(buyer, invoice, account)


def test_somebody_elses_invoice_does_not_exist(rest, account):
    other = customers.make_customer()
    with entered(CustomerScope(other.id)), pytest.raises(NotFound):
        balances.pay([rest], form_token=new_form_token())
    with entered(CustomerScope(other.id)), pytest.raises(NotFound):
        starting.start(rest, account.public_id, paying.addresses())


def test_it_is_written_off_whole_and_asked_for_again(buyer, rest):
    with entered(SystemScope("test")):
        written = write_offs.write_off(rest, 200, "Diferență de cotă", form_token=new_form_token())
    require_settled(buyer, rest)
    assert money.booked(LedgerKind.WRITE_OFF) == [-200]

    with entered(SystemScope("test")):
        write_offs.undo(written, "Totuși", form_token=new_form_token())
    assert (view(rest).left.minor, money.owed(buyer)) == (200, 200)


def test_it_does_not_lapse_with_an_order(rest):
    with entered(SystemScope("test")):
        assert not proformas.end_by_id(proforma_of(rest).id, lapsed=True, reason="Neplătită")


class TestCredit:
    """A delivery of 120.00 net against an advance of 100.00: 24.20 is left, of which 4.20 was paid."""

    @pytest.fixture
    def invoice(self, buyer):
        billing.make_series("EXS", kind=DocumentKind.CREDIT_NOTE)
        with entered(SystemScope("test")):
            asked = advances.ask(buyer.id, "Server", money.lei(10_000), form_token=new_form_token())
        billing.settle(asked)
        final = delivered(money.invoices()[0].public_id, 12_000)
        money.pay(final, 420)
        return final

    def test_a_whole_credit_leaves_nothing_to_pay_and_gives_back_what_was_paid(self, buyer, invoice):
        with entered(SystemScope("test")):
            crediting.issue(invoice, None, "Renunțare", form_token=new_form_token())
        assert (view(invoice).left.minor, money.balance(buyer), money.owed(buyer)) == (0, 420, -420)

    def test_a_corrected_invoice_takes_over_what_is_left(self, buyer, invoice):
        with entered(SystemScope("test")):
            corrected = crediting.correct(invoice, "Adresa", form_token=new_form_token())
        assert (view(invoice).awaited, view(corrected).left.minor, money.owed(buyer)) == (None, 2_000, 2_000)
        with entered(SystemScope("test")):
            proforma = proforma_of(corrected)
            assert asking.invoices([proforma])[proforma.id].public_id == corrected
        assert snapshot_json.from_json(billing.document(corrected).snapshot).payable_minor == 2_420

        money.pay(corrected, 2_000)
        assert (view(corrected).left.minor, money.balance(buyer), money.owed(buyer)) == (0, 0, 0)
        with entered(SystemScope("test")):
            assert ledger_check.run() == 0, ledger_check.findings()


def test_the_mail_of_the_invoice_says_what_is_left_and_the_proforma_sends_none(rest):
    with entered(SystemScope("test")):
        announcing.announce(proforma_of(rest).public_id)
        announcing.announce(rest)
    with entered(SystemScope("test")) as session:
        [message] = session.scalars(select(Message))
    assert message.template == "billing/invoice_issued"
    assert message.facts["left"] == "2,00 RON"


def test_a_reminder_asks_for_what_is_left(buyer):
    proforma = billing.make_proforma(buyer)
    money.pay(proforma, 5_000)
    with entered(SystemScope("test")):
        announcing.remind(proforma, "first")
    with entered(SystemScope("test")) as session:
        [message] = session.scalars(select(Message))
    assert (message.template, message.facts["left"]) == ("billing/proforma_reminder", "71,00 RON")
