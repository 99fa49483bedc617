"""The receipts of a period: each payment once, with what it went to."""

from datetime import date

import pytest

from praho.billing.payments.services import settlement
from praho.core import i18n
from praho.core.db.scope import SystemScope, entered
from praho.core.money import Money
from praho.models.billing.documents import DocumentKind
from praho.models.billing.payments import PaymentMethod
from praho.reports.services import receipts
from praho.reports.types import Period
from tests.factories import billing, customers

OCTOBER = Period.parse("2026-10")
pytestmark = pytest.mark.usefixtures("db", "domains")


@pytest.fixture
def buyer():
    billing.make_seller()
    return customers.make_customer(name="Client S.R.L.")


def pay(proforma, day, reference="OP 1", method=PaymentMethod.BANK_TRANSFER, minor=12_100):
    with entered(SystemScope("test")):
        settlement.settle(settlement.Receipt(proforma, method, minor, "RON", day, reference))


def looked(function, *arguments):
    with i18n.in_locale("en"), entered(SystemScope("test")):
        return function(*arguments)


def test_payments_stand_on_their_day_beside_their_documents(buyer, move_clock):
    move_clock("2026-10-31T10:00:00+00:00")
    first, second = billing.make_proforma(buyer), billing.make_proforma(buyer)
    pay(first, date(2026, 10, 30))
    pay(second, date(2026, 9, 30), "OP 2", PaymentMethod.CASH)
    [row] = looked(receipts.page, OCTOBER, None).items
    [invoice, _other] = billing.documents(DocumentKind.INVOICE)
    assert (row.received_on, row.method, row.reference) == (date(2026, 10, 30), PaymentMethod.BANK_TRANSFER, "OP 1")
    assert row.customer == "Client S.R.L."
    assert [part.invoice or part.number for part in row.allocated] == [invoice.number_text]
    assert row.rest == Money(0, "RON")
    [total] = looked(receipts.totals, OCTOBER)
    assert (total.method, total.receipts, total.amount) == (PaymentMethod.BANK_TRANSFER, 1, Money(12_100, "RON"))


def test_the_file_equals_the_payments(buyer, move_clock):
    move_clock("2026-10-31T10:00:00+00:00")
    for number in range(3):
        pay(billing.make_proforma(buyer), date(2026, 10, 10 + number), f"OP {number}")
    rows = list(looked(lambda: list(receipts.sheet(OCTOBER).rows)))
    assert [row[3] for row in rows] == ["OP 0", "OP 1", "OP 2", None]
    assert rows[-1][-2:] == (sum(row[-2] for row in rows[:-1]), "RON")
    assert str(rows[-1][-2]) == "363.00"


def test_pages_and_damaged_cursors(buyer, move_clock, monkeypatch):
    monkeypatch.setattr(receipts, "PAGE_SIZE", 2)
    move_clock("2026-10-31T10:00:00+00:00")
    for number in range(3):
        pay(billing.make_proforma(buyer), date(2026, 10, 10), f"OP {number}")
    first = looked(receipts.page, OCTOBER, "-1")
    second = looked(receipts.page, OCTOBER, first.next)
    assert [row.reference for page in (first, second) for row in page.items] == ["OP 0", "OP 1", "OP 2"]
    assert (first.previous, second.previous, second.next) == (None, "0", None)
    assert looked(receipts.page, Period.parse("2025-10"), None).items == []
