"""Write-offs: the remainder of a partly paid proforma, with a reason, and back."""

import pytest

from praho.billing import errors
from praho.billing.documents import snapshot_json
from praho.billing.documents.services import proformas
from praho.billing.events import ProformaPaid
from praho.billing.payments.services import crediting, write_offs
from praho.core import events
from praho.core.db.scope import SystemScope, entered
from praho.core.errors import Conflict
from praho.core.web.form_tokens import new_form_token
from praho.models.billing.documents import DocumentKind, DocumentState
from praho.models.billing.payments import LedgerKind
from tests.billing.payments import money
from tests.factories import billing

pytestmark = pytest.mark.usefixtures("domains", "db")


def write_off(proforma, minor, token=None):
    with entered(SystemScope("test")):
        return write_offs.write_off(proforma, minor, "Diferență de curs bancar", form_token=token or new_form_token())


def undo(write_off_id, token=None):
    with entered(SystemScope("test")):
        return write_offs.undo(write_off_id, "Clientul plătește totuși", form_token=token or new_form_token())


@pytest.fixture
def short(proforma):
    """A proforma on which two bani are missing."""
    money.pay(proforma, 12_098)
    return proforma


def test_the_remainder_is_renounced_and_the_invoice_issued_whole(buyer, short):
    assert write_off(short, 2, "t") == write_off(short, 2, "t")

    assert billing.document(short).state is DocumentState.PAID
    [invoice] = money.invoices()
    assert invoice.total_minor == 12_100
    assert snapshot_json.from_json(invoice.snapshot).payable_minor == 0
    assert (money.booked(LedgerKind.WRITE_OFF), money.owed(buyer), money.balance(buyer)) == ([-2], 0, 0)


@pytest.mark.parametrize("minor", [1, 3])
def test_another_amount_than_what_is_left_is_a_conflict(short, minor):
    with pytest.raises(Conflict):
        write_off(short, minor)
    assert money.booked(LedgerKind.WRITE_OFF) == []


def test_a_proforma_of_which_nothing_was_paid_is_not_written_off(proforma):
    with pytest.raises(errors.NotPayable):
        write_off(proforma, 12_100)


def test_a_paid_proforma_is_not_written_off(proforma):
    money.pay(proforma, 12_100)
    with pytest.raises(errors.NotPayable):
        write_off(proforma, 0)


def test_undone_it_is_owed_again_and_paid_later_once(buyer, short):
    heard = []
    events.install((events.Subscriber(ProformaPaid, heard.append),))
    undo(write_off(short, 2))

    assert (billing.document(short).state, money.left(short), money.owed(buyer)) == (DocumentState.OPEN, 2, 2)
    money.pay(short, 2)

    assert (billing.document(short).state, money.owed(buyer)) == (DocumentState.PAID, 0)
    assert (len(money.invoices()), len(heard)) == (1, 1)


def test_it_is_undone_once(short):
    written = write_off(short, 2)
    undo(written)
    with pytest.raises(Conflict):
        undo(written)


def test_an_invoiced_proforma_is_not_cancelled(short):
    undo(write_off(short, 2))

    with entered(SystemScope("test")), pytest.raises(errors.NotPayable):
        proformas.cancel(short, "nu")


def test_a_whole_credit_gives_back_what_was_paid_and_no_more(buyer, short):
    billing.make_series("EXS", kind=DocumentKind.CREDIT_NOTE)
    write_off(short, 2)
    [invoice] = money.invoices()

    with entered(SystemScope("test")):
        crediting.issue(invoice.public_id, None, "Renunțare", form_token=new_form_token())

    assert (money.balance(buyer), money.owed(buyer)) == (12_098, -12_098)
    assert billing.document(short).state is DocumentState.PAID


def test_a_corrected_invoice_takes_over_what_was_paid(buyer, short):
    billing.make_series("EXS", kind=DocumentKind.CREDIT_NOTE)
    write_off(short, 2)
    [invoice] = money.invoices()

    with entered(SystemScope("test")):
        corrected = crediting.correct(invoice.public_id, "Adresa", form_token=new_form_token())

    assert (money.balance(buyer), money.owed(buyer), money.left(corrected)) == (0, 0, 0)
