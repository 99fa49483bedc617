"""How many questions billing's lists put to the database: as many for ten rows as for two hundred."""

import pytest
from sqlalchemy import text

from praho.billing.payments.services import parking, settlement
from praho.billing.web import admin_documents, admin_payments, portal
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.models.billing.payments import PaymentMethod
from tests.factories import billing, customers, users
from tests.factories.copies import copy_rows

BUDGETS = {**portal.QUERY_BUDGETS, **admin_documents.QUERY_BUDGETS, **admin_payments.QUERY_BUDGETS}


@pytest.fixture
def buyer(app):
    billing.make_seller()
    return customers.make_customer()


@pytest.fixture
def clerk(app, visitor):
    return visitor.sign_in(users.make_staff())


def make_ten(buyer):
    """Ten documents, the newest a paid proforma with its invoice."""
    for _ in range(9):
        proforma = billing.make_proforma(buyer)
    receipt = settlement.Receipt(proforma, PaymentMethod.CASH, 12_100, "RON", clock.today(), "chitanța 1")
    with entered(SystemScope("test")):
        settlement.settle(receipt)


@pytest.mark.parametrize("surface", ["portal", "admin"])
def test_documents(live_db, buyer, clerk, another_visitor, queries_of, surface):
    make_ten(buyer)
    if surface == "portal":
        person = users.make_user()
        customers.make_member(buyer, person)
        reader, path = another_visitor().sign_in(person), f"/portal/{buyer.public_id}/documents"
    else:
        reader, path = clerk, "/admin/documents"

    at_ten = queries_of(reader, path)
    with live_db.as_owner() as connection:
        copy_rows(connection, "billing_document", 190, source_id=None, kind="proforma", state="open", series_id=None)
    assert "cursor=" in reader.get(path).body

    assert queries_of(reader, path) == at_ten <= BUDGETS[f"billing_{surface}.documents"] <= 12


def test_what_was_not_invoiced(live_db, buyer, clerk, queries_of):
    billing.make_proforma(buyer)
    with live_db.as_owner() as connection:
        held = "UPDATE billing_document SET state = 'paid', settled_minor = total_minor, refusal = 'Lipsește IBAN'"
        connection.execute(text(held))
        copy_rows(connection, "billing_document", 9)
    at_ten = queries_of(clerk, "/admin/documents/not-invoiced")
    with live_db.as_owner() as connection:
        copy_rows(connection, "billing_document", 190)

    assert queries_of(clerk, "/admin/documents/not-invoiced") == at_ten <= BUDGETS["billing_admin.not_invoiced"] <= 12


def test_payments(live_db, buyer, clerk, queries_of):
    make_ten(buyer)
    allocate = text(
        "INSERT INTO billing_payment_allocation"
        " (customer_id, payment_id, document_id, amount_minor, from_balance, counted_on, created_at)"
        " SELECT p.customer_id, p.id, a.document_id, a.amount_minor, false, a.counted_on, a.created_at"
        " FROM billing_payment p, (SELECT * FROM billing_payment_allocation ORDER BY id LIMIT 1) a"
        " WHERE NOT EXISTS (SELECT 1 FROM billing_payment_allocation x WHERE x.payment_id = p.id)"
    )
    counts = []
    for more in (9, 190):
        with live_db.as_owner() as connection:
            copy_rows(connection, "billing_payment", more)
            connection.execute(allocate)
        counts.append(queries_of(clerk, "/admin/payments"))

    assert counts[0] == counts[1] <= BUDGETS["payments_admin.payments"] <= 12


def test_parked_payments(live_db, clerk, queries_of):
    with entered(SystemScope("test")), unit_of_work():
        parking.park(parking.Facts(parking.Reason.AMOUNT, amount_minor=100, currency="RON", details={"proforma": "X"}))
    counts = []
    for more in (9, 190):
        with live_db.as_owner() as connection:
            copy_rows(connection, "billing_parked_payment", more)
        counts.append(queries_of(clerk, "/admin/payments/parked"))

    assert counts[0] == counts[1] <= BUDGETS["payments_admin.parked"] <= 12
