"""The record in the admin: filters, what changed, altered rows, and who may read it."""

import pytest
from sqlalchemy import text

from praho.audit.services import recording
from praho.audit.web.admin import QUERY_BUDGETS
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.permissions import StaffRole
from praho.core.principal import ActorKind, Principal, acting_as
from tests.factories import customers, users

LIST = "/admin/audit"


@pytest.fixture
def auditor(visitor, app):
    return visitor.sign_in(users.make_staff(StaffRole.AUDITOR, full_name="Auditor"))


def tell(action, subject=("x", "x_1"), actor=None, **values):
    principal = Principal.system("sweep") if actor is None else Principal(ActorKind.STAFF, actor.full_name, actor.id)
    with acting_as(principal), entered(SystemScope("test")), unit_of_work():
        recording.record(action, subject=subject, **values)


def actions(page):
    return page.tree.xpath("//main//tbody//td[contains(@class, 'cell-title')]/a/text()")


def test_the_list_is_filtered_by_action_actor_customer_and_subject(auditor):
    customer, ana = customers.make_customer(name="Țiglă S.R.L."), users.make_staff(email="ana@firma.example")
    tell("one.done", actor=ana)
    tell("two.done", customer_id=customer.id)
    tell("three.done", subject=("invoice", "inv_7"))
    assert actions(auditor.get(LIST)) == ["three.done", "two.done", "one.done"]
    assert actions(auditor.get(f"{LIST}?action=two.done")) == ["two.done"]
    assert actions(auditor.get(f"{LIST}?actor=ANA@firma.example")) == ["one.done"]
    assert actions(auditor.get(f"{LIST}?actor={ana.public_id}")) == ["one.done"]
    assert actions(auditor.get(f"{LIST}?customer={customer.public_id}")) == ["two.done"]
    assert actions(auditor.get(f"{LIST}?subject=invoice")) == ["three.done"]
    assert actions(auditor.get(f"{LIST}?subject=invoice:inv_7")) == ["three.done"]
    assert actions(auditor.get(f"{LIST}?actor=nobody@firma.example")) == []
    assert actions(auditor.get(f"{LIST}?customer=cus_unknown")) == []
    assert "Țiglă S.R.L." in auditor.get(LIST).text


def test_the_links_of_a_row_filter_the_list(auditor):
    ana = users.make_staff(full_name="Ana Pop")
    tell("one.done", actor=ana)
    tell("two.done")
    link = auditor.get(LIST).tree.xpath("//main//a[text()='Ana Pop']/@href")[0]
    assert actions(auditor.get(link)) == ["one.done"]


def test_an_event_shows_what_changed(auditor):
    customer = customers.make_customer(name="Țiglă S.R.L.")
    tell(
        "customer.changed",
        subject=("customer", customer.public_id),
        customer_id=customer.id,
        changes={"name": ["<b>Vechi</b>", "Nou"], "vat_payer": [False, True], "phone": [None, "+40721234567"]},
    )
    page = auditor.get(auditor.get(LIST).tree.xpath("//main//tbody//a/@href")[0])
    rows = {
        row.xpath("string(dt)"): row.xpath(".//del//text() | .//ins//text()")
        for row in page.tree.xpath("//dl[@class='diff']/div")
    }
    assert rows["name"] == ["<b>Vechi</b>", "Nou"]
    assert rows["phone"] == ["–", "+40721234567"]
    assert rows["vat_payer"][0] != rows["vat_payer"][1]
    assert page.leads_to(f"/admin/customers/{customer.public_id}")


def test_an_altered_event_is_marked(auditor, live_db):
    tell("one.done")
    tell("two.done")
    with live_db.as_owner() as connection:
        connection.execute(text("UPDATE audit_event SET actor_name = 'Somebody' WHERE action = 'one.done'"))
    page = auditor.get(LIST)
    marked = page.tree.xpath("//tbody/tr[.//*[contains(@class, 'tone-danger')]]//td[contains(@class, 'cell-title')]/a")
    assert [link.text for link in marked] == ["one.done"]
    assert auditor.get(marked[0].get("href")).tree.xpath("//main//*[@role='alert']")


def test_an_empty_record_and_an_unknown_event(auditor):
    assert auditor.get(LIST).status == 200
    assert auditor.get(f"{LIST}/evt_unknown").status == 404


@pytest.mark.parametrize("role", StaffRole)
def test_who_may_read_it(visitor, app, role):
    visitor.sign_in(users.make_staff(role))
    assert visitor.get(LIST).status == (200 if role in {StaffRole.ADMIN, StaffRole.AUDITOR} else 403)


def test_the_list_asks_as_much_for_many_as_for_few(auditor, count_queries):
    staff = users.make_staff()

    def cost(query):
        auditor.get(LIST)
        with count_queries() as counted:
            assert auditor.get(f"{LIST}{query}").status == 200
        return counted.count

    def fill(count):
        for _ in range(count):
            tell("one.done", actor=staff, customer_id=customers.make_customer().id)

    fill(10)
    query = f"?actor={staff.public_id}"
    few = cost(query)
    fill(40)
    assert cost(query) == few <= QUERY_BUDGETS["audit_admin.events"]


def test_pages_walk_every_event_once(auditor):
    for number in range(60):
        tell(f"event.{number:02}")
    seen, path = [], LIST
    while path is not None:
        page = auditor.get(path)
        seen += actions(page)
        path = next(iter(page.tree.xpath("//main//a[@rel='next']/@href")), None)
    assert seen == [f"event.{number:02}" for number in reversed(range(60))]
