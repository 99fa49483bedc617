"""The cases I of the reference, and what the law asks of dates and data, told by the issuing itself."""

import threading
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from praho.billing import errors
from praho.billing.documents import snapshot_json
from praho.billing.documents.pdf import content as printed
from praho.billing.documents.services import numbering, proformas, series_check
from praho.billing.efactura import builder
from praho.core import clock, i18n
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.models.billing.documents import Document, DocumentKind, DocumentLine, DocumentState, NumberSeries
from praho.models.customers import Customer, CustomerAddress
from tests.factories import billing, customers

pytestmark = pytest.mark.usefixtures("domains")
INVOICE = DocumentKind.INVOICE


@pytest.fixture
def buyer(db):
    billing.make_seller()
    return customers.make_customer(name="Cumpărătorul Inițial S.R.L.")


def snapshot_of(row):
    return snapshot_json.from_json(row.snapshot)


def test_i1_two_invoices_at_once_follow_each_other(live_db):
    billing.make_seller()
    asked = [billing.make_proforma(customers.make_customer()) for _number in range(4)]
    threads = [threading.Thread(target=billing.settle, args=(public_id,)) for public_id in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [row.number for row in billing.documents(INVOICE)] == [1, 2, 3, 4]


def test_i2_a_number_that_was_rolled_back_is_given_to_the_next(buyer):
    with pytest.raises(ZeroDivisionError), entered(SystemScope("test")), unit_of_work():
        assert numbering.take(INVOICE, clock.today()).number == 1
        raise ZeroDivisionError
    assert billing.document(billing.make_invoice(buyer)).number == 1


def test_i5_an_issued_invoice_is_not_deleted(buyer):
    invoice = billing.make_invoice(buyer)
    with pytest.raises(DBAPIError), entered(SystemScope("test")), unit_of_work() as session:
        session.execute(delete(Document).where(Document.public_id == invoice))
    assert billing.document(invoice).state is DocumentState.ISSUED


@pytest.mark.parametrize("days", [1, 2, 400])
def test_i6_a_date_before_the_last_ones_is_refused(buyer, move_clock, days):
    with entered(SystemScope("test")), unit_of_work():
        numbering.take(INVOICE, clock.today())
        with pytest.raises(errors.InvoicingRefused):
            numbering.take(INVOICE, date.fromordinal(clock.today().toordinal() - days))


def test_i6_the_money_stays_and_the_invoice_waits(buyer, move_clock):
    today = clock.now()
    move_clock(datetime(2031, 3, 3, 9, tzinfo=UTC))
    billing.make_invoice(buyer)
    move_clock(today)
    asked = billing.make_proforma(buyer)
    billing.settle(asked)
    held = billing.document(asked)
    assert (held.state, "03" in (held.refusal or "")) == (DocumentState.PAID, True)


def test_i7_the_invoice_has_the_next_fiscal_number_and_the_proforma_keeps_its_own(buyer):
    asked = billing.make_proforma(buyer)
    before = billing.document(asked).number_text
    billing.settle(asked)
    [invoice] = billing.documents(INVOICE)
    assert (invoice.number_text, billing.document(asked).number_text) == ("EXF0001", before)
    with pytest.raises(errors.UnsupportedDocument):
        builder.build(snapshot_of(billing.document(asked)))


def test_i8_a_cancelled_proforma_leaves_nothing_fiscal(buyer):
    asked = billing.make_proforma(buyer)
    with entered(SystemScope("test")) as session:
        proformas.cancel(asked, "Renunțare")
        assert session.scalars(select(NumberSeries.next_number)).one() == 1
    assert billing.documents(INVOICE) == []
    with entered(SystemScope("test")):
        assert series_check.check() == []


def test_i15_later_changes_of_the_buyer_leave_its_documents_alone(buyer):
    invoice = billing.make_invoice(buyer)
    before = snapshot_of(billing.document(invoice))
    xml = builder.build(before)
    with entered(SystemScope("test")), unit_of_work() as session:
        session.execute(update(Customer).where(Customer.id == buyer.id).values(name="Alt Nume S.R.L."))
        session.execute(update(CustomerAddress).where(CustomerAddress.customer_id == buyer.id).values(street="Alta 2"))
    after = snapshot_of(billing.document(invoice))
    assert after.buyer.name == "Cumpărătorul Inițial S.R.L."
    assert builder.build(after) == xml
    with i18n.in_locale("ro"):
        assert printed.of(after, "ro") == printed.of(before, "ro")


DAYS = [
    ("31 December, night", "2026-12-31T22:30:00+00:00", date(2027, 1, 1)),
    ("31 December, evening", "2026-12-31T21:59:59+00:00", date(2026, 12, 31)),
    ("summer, night", "2026-07-15T21:30:00+00:00", date(2026, 7, 16)),
    ("winter, evening", "2026-01-15T21:30:00+00:00", date(2026, 1, 15)),
    ("clocks go forward", "2026-03-29T00:30:00+00:00", date(2026, 3, 29)),
    ("the night before", "2026-03-28T22:00:00+00:00", date(2026, 3, 29)),
    ("the evening after", "2026-03-29T21:00:00+00:00", date(2026, 3, 30)),
    ("clocks go back", "2026-10-25T00:30:00+00:00", date(2026, 10, 25)),
    ("the night before it", "2026-10-24T21:00:00+00:00", date(2026, 10, 25)),
    ("the evening after it", "2026-10-25T21:30:00+00:00", date(2026, 10, 25)),
    ("the night after it", "2026-10-25T22:00:00+00:00", date(2026, 10, 26)),
    ("the case of the deadlines", "2026-10-04T23:30:00+00:00", date(2026, 10, 5)),
]


@pytest.mark.parametrize(("instant", "day"), [case[1:] for case in DAYS], ids=[case[0] for case in DAYS])
def test_every_date_of_a_document_is_bucharests(buyer, move_clock, instant, day):
    move_clock(instant)
    row = billing.document(billing.make_invoice(buyer))
    found = snapshot_of(row)
    assert {row.issue_date, row.tax_point, found.issue_date, found.tax_point, found.payments[0].paid_on} == {day}
    assert f"<cbc:IssueDate>{day.isoformat()}</cbc:IssueDate>" in builder.build(found).decode()
    with i18n.in_locale("ro"):
        assert printed.of(found, "ro")["facts"][0]["value"] == day.strftime("%d.%m.%Y")


NEEDED = ["name", "cui", "reg_com", "street", "city", "county", "iban", "bank", "email"]


@pytest.mark.parametrize("name", NEEDED)
def test_without_a_part_of_the_companys_data_nothing_is_issued(db, name):
    billing.make_company(**{name: ""})
    billing.make_series()
    with pytest.raises(errors.InvoicingRefused) as refusal:
        billing.make_proforma(customers.make_customer())
    assert str(refusal.value).count(",") == (1 if name == "county" else 0)
    assert billing.documents(DocumentKind.PROFORMA) == []


def test_all_that_is_missing_is_listed_at_once(db):
    with i18n.in_locale("en"), pytest.raises(errors.InvoicingRefused) as refusal:
        billing.make_proforma(customers.make_customer())
    assert "Legal name, CUI, Reg. Com., Street and number" in str(refusal.value)


CHANGES = {
    "ORM": lambda session, row: setattr(session.get_one(Document, row.id), "total_minor", 1),
    "bulk": lambda session, row: session.execute(
        update(Document).where(Document.id == row.id).values(net_minor=1, total_minor=1, vat_minor=0)
    ),
    "line": lambda session, row: session.execute(
        update(DocumentLine).where(DocumentLine.document_id == row.id).values(description="altceva")
    ),
    "raw SQL": lambda session, row: session.execute(
        text("UPDATE billing_document SET snapshot = snapshot || '{\"notes\": [1]}' WHERE id = :id").bindparams(
            id=row.id
        )
    ),
    "raw SQL on tax": lambda session, row: session.execute(
        text("DELETE FROM billing_document_tax WHERE document_id = :id").bindparams(id=row.id)
    ),
}


@pytest.mark.parametrize("way", CHANGES)
def test_an_issued_document_cannot_be_changed_by_the_application(buyer, way):
    row = billing.document(billing.make_invoice(buyer))
    before = (row.total_minor, row.snapshot)
    with pytest.raises(SQLAlchemyError), entered(SystemScope("test")), unit_of_work() as session:
        CHANGES[way](session, row)
        session.flush()
    after = billing.document(row.public_id)
    assert (after.total_minor, after.snapshot) == before
