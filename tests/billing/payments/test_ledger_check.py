"""The nightly comparison: silent while everything agrees, and an alarm with a name once somebody breaks a row."""

import pytest
from sqlalchemy import text

from praho.billing.payments.services import balances, crediting, ledger_check, write_offs
from praho.core.db.scope import CustomerScope, SystemScope, entered
from praho.core.web.form_tokens import new_form_token
from praho.models.billing.documents import DocumentKind
from tests.billing.payments import money
from tests.factories import billing

_OVERUSED = """
UPDATE billing_payment_allocation SET payment_id = NULL, amount_minor = 99999,
       credit_note_id = (SELECT id FROM billing_document WHERE kind = 'credit_note') WHERE refund_id > 0
"""
BREAKS = [
    ("balance", "DELETE FROM billing_ledger_entry WHERE kind = 'payment'"),
    ("balance", "UPDATE billing_ledger_entry SET amount_minor = amount_minor + 1 WHERE kind = 'invoice'"),
    ("balance", "UPDATE billing_refund SET amount_minor = amount_minor + 1"),
    ("balance", "UPDATE billing_ledger_entry SET currency = 'EUR' WHERE kind = 'write_off'"),
    ("payment", "UPDATE billing_payment SET amount_minor = 1 WHERE amount_minor = 30000"),
    ("refund", "UPDATE billing_payment_allocation SET amount_minor = amount_minor + 9999 WHERE refund_id > 0"),
    ("credit_note", _OVERUSED),
    ("settled", "DELETE FROM billing_write_off"),
    ("settled", "UPDATE billing_payment_allocation SET amount_minor = amount_minor - 1 WHERE payment_id > 0"),
    ("state", "UPDATE billing_document SET state = 'open' WHERE kind = 'proforma'"),
    ("asked", "UPDATE billing_document SET state = 'lapsed' WHERE kind = 'proforma'"),
]


@pytest.fixture
def busy(buyer):
    """A customer to whom everything happened: too much, too little, credit, a write-off, money sent back."""
    billing.make_series("EXS", kind=DocumentKind.CREDIT_NOTE)
    first, second, third = (billing.make_proforma(buyer) for _ in range(3))
    money.arrive(buyer, 30_000, (first, 12_100), (second, 12_000))
    with entered(SystemScope("test")):
        write_offs.write_off(second, 100, "Rest mic", form_token=new_form_token())
    with entered(CustomerScope(buyer.id)):
        balances.pay([third], form_token=new_form_token())
    with entered(SystemScope("test")):
        crediting.issue(money.invoices()[0].public_id, None, "Renunțare", form_token=new_form_token())
        balances.refund(buyer.id, money.lei(2_000), money.invoices()[0].issue_date, "OP 2", form_token=new_form_token())
    return buyer


def check():
    with entered(SystemScope("test")):
        ledger_check.run()
        return ledger_check.findings(), ledger_check.alarm()


@pytest.mark.usefixtures("domains", "db")
def test_it_is_silent_while_everything_agrees(busy):
    assert check() == ([], None)
    assert (money.balance(busy), money.owed(busy)) == (10_100, -16_000)


@pytest.mark.usefixtures("domains")
@pytest.mark.parametrize(("what", "sql"), BREAKS)
def test_a_broken_row_raises_the_alarm(live_db, busy, what, sql):
    with live_db.as_owner() as connection:
        connection.execute(text("ALTER TABLE billing_document DISABLE TRIGGER USER"))
        connection.execute(text(sql))
        connection.execute(text("ALTER TABLE billing_document ENABLE TRIGGER USER"))

    findings, alarm = check()

    assert what in {finding.what for finding in findings}
    assert {finding.customer_name for finding in findings} == {busy.name}
    assert busy.name in alarm
