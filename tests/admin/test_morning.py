"""The dashboard in the morning: the money of all documents and payments, what waits, and who sees what."""

from datetime import date

import pytest
from sqlalchemy import func, select, update

from praho.admin import morning, pages
from praho.billing.types import INVOICED, RECEIVED
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs.table import Job, JobState
from praho.core.permissions import StaffRole
from praho.core.tallies import keeping, reading
from praho.core.tallies.reading import Sum
from praho.models.billing.documents import Document, DocumentKind
from praho.models.billing.payments import Payment
from praho.orders.types import PLACED
from tests.factories import billing, customers, users
from tests.factories.copies import copy_rows


@pytest.fixture
def staff(app, another_visitor):
    return lambda role=StaffRole.ADMIN: another_visitor().sign_in(users.make_staff(role))


def add(measure, day, amount, count=1):
    with entered(SystemScope("test")), unit_of_work():
        keeping.add(measure, day, amount, "RON", count=count)


def month_before(today):
    return (today.replace(day=1) - morning.timedelta(days=1)).replace(day=1)


def test_the_sums_are_those_of_the_documents_and_payments(app):
    billing.make_seller()
    billing.make_invoice(customers.make_customer(), 10_000, 5_050)
    today = clock.today()
    with entered(SystemScope("test")) as session:
        invoiced = session.scalar(select(func.sum(Document.total_minor)).where(Document.kind == DocumentKind.INVOICE))
        received = session.scalar(select(func.sum(Payment.amount_minor))) or 0
        sums = reading.sums([INVOICED, RECEIVED], days_since=today, months_since=today.replace(day=1))
    assert sums.on(INVOICED, "RON", today) == Sum(int(invoiced), 1)
    assert sums.on(RECEIVED, "RON", today).amount == received


def test_this_month_stands_against_the_same_days_of_the_last(staff):
    today = clock.today()
    add(RECEIVED, today, 150_00)
    add(RECEIVED, month_before(today), 100_00)
    page = staff().get("/admin/")
    [figure] = page.tree.xpath("//main//a[@class='stat'][contains(@href, '/admin/payments')]")
    text = " ".join(figure.text_content().split())
    assert "150,00" in text
    assert "+50%" in text


def test_orders_are_counted_whatever_their_currency(staff):
    today = clock.today()
    add(PLACED, today, 150_00)
    with entered(SystemScope("test")), unit_of_work():
        keeping.add(PLACED, today, 30_00, "EUR", count=2)
    page = staff().get("/admin/")
    [value] = page.tree.xpath("//main//a[@class='stat'][contains(@href, '/admin/orders')]//*[@class='stat-value']")
    assert value.text_content().strip() == "3"


def test_months_are_not_compared_beyond_their_end(monkeypatch):
    monkeypatch.setattr(morning, "_MONTHS", 3)
    assert morning._months(date(2026, 3, 31)) == [date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1)]
    assert morning._month_before(date(2026, 1, 31)) == date(2025, 12, 1)
    assert morning._next_month(date(2026, 12, 1)) == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("now", "then", "written"),
    [(150, 100, "+50%"), (50, 100, "-50%"), (100, 100, "0%"), (100, 0, ""), (0, 100, "-100%")],
)
def test_a_change_is_written_in_percent(now, then, written):
    assert morning._change(now, then) == written


def test_what_waits_is_counted_and_leads_there(staff):
    billing.make_seller()
    billing.make_proforma(customers.make_customer())
    with entered(SystemScope("test")), unit_of_work() as session:
        session.execute(update(Job).values(state=JobState.DEAD))
        session.execute(update(Document).values(refusal="Lipsește IBAN"))
        dead = session.scalar(select(func.count()).select_from(Job))
    page = staff().get("/admin/")
    [jobs] = page.tree.xpath("//main//a[@class='desk-item'][@href='/admin/jobs?state=dead']")
    assert jobs[-1].text_content() == str(dead)
    [held] = page.tree.xpath("//main//a[@class='desk-item'][@href='/admin/documents/not-invoiced']")
    assert held[-1].text_content() == "1"


def test_an_empty_house_is_calm(staff):
    page = staff().get("/admin/")
    assert page.status == 200
    assert not page.tree.xpath("//main//a[@class='desk-item']")
    assert page.tree.xpath("//main//details[@class='desk-calm']//a[@href='/admin/payments/parked']")


@pytest.mark.parametrize("role", list(StaffRole))
def test_each_role_sees_its_own(staff, role):
    page = staff(role).get("/admin/")
    assert page.status == 200
    money = page.tree.xpath("//main//a[@class='stat'][contains(@href, '/admin/payments')]")
    assert bool(money) is (role is not StaffRole.TECHNICIAN)
    assert bool(page.tree.xpath("//main//a[contains(@href, '/payments/parked')]")) is (role is not StaffRole.TECHNICIAN)


def test_alarms_come_by_themselves(staff):
    admin = staff()
    assert admin.get("/admin/").tree.xpath("//main//*[@hx-get='/admin/alarms']")
    fragment = admin.client.get("/admin/alarms", headers={"HX-Request": "true"})
    assert fragment.status_code == 200
    assert "<html" not in fragment.text


def test_it_keeps_its_budget(live_db, staff, queries_of):
    billing.make_seller()
    billing.make_proforma(customers.make_customer())
    admin = staff()
    few = queries_of(admin, "/admin/")
    with live_db.as_owner() as connection:
        copy_rows(connection, "core_job", 200)
        copy_rows(connection, "billing_document", 200, source_id=None, series_id=None, kind="proforma")
    assert queries_of(admin, "/admin/") == few <= pages.QUERY_BUDGETS["admin.dashboard"] <= 8
