"""Case I16: an erasure request with invoices of three years ago. What need not stay goes, and never comes back."""

import hashlib
import json
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from praho.audit.services import sealing
from praho.core import clock, i18n
from praho.core.db.scope import StaffScope, SystemScope, entered
from praho.core.domain import registry
from praho.core.errors import Conflict
from praho.core.personal_data import Treatment
from praho.core.principal import ActorKind, Principal, acting_as
from praho.customers.errors import StillOpen
from praho.customers.services import closing, erasing, erasure_requests, forgetting, notes
from praho.models.audit import AuditEvent
from praho.models.customers import Customer, CustomerState, ErasureChannel, ErasureRequest, ErasureState
from praho.models.notifications import Message, MessageState
from praho.models.users import User
from praho.notifications.services import forgetting as addresses
from praho.reports.services import journal, returns
from praho.reports.types import Period, Wanted
from tests.customers import life
from tests.factories import billing, customers, users
from tests.threads import SECONDS, other_threads, outcomes, wait_until_blocked


def asked(customer, desk) -> str:
    with acting_as(Principal(ActorKind.STAFF, desk.full_name, desk.id)), entered(StaffScope(desk.id)):
        return erasure_requests.record(
            customer.public_id, ErasureChannel.LETTER, clock.today(), form_token=f"token {customer.id}"
        )


def carried_out(request_id: str, desk) -> None:
    with acting_as(Principal(ActorKind.STAFF, desk.full_name, desk.id)), entered(StaffScope(desk.id)):
        erasing.carry_out(request_id)


def books() -> object:
    """Return what the reports say of the invoice's month and of this one."""
    found = []
    for day in (life.THREE_YEARS_AGO.date(), clock.today()):
        period = Period.month(day)
        with i18n.in_locale("ro"), entered(SystemScope("test")):
            found += [journal.page(Wanted(period), None).items, journal.totals(Wanted(period))]
            found += [returns.d390(period), returns.d394(period), returns.series(period)]
    return found


def everywhere(live_db) -> list[str]:
    """Return the pages in the admin of everything that is still there."""
    pages = {
        "audit_event": "audit", "billing_document": "documents", "domains_domain": "domains",
        "integrations_inbox": "inbox",
        "notifications_message": "messages", "orders_order": "orders", "provisioning_service": "services",
        "customers_customer": "customers", "customers_erasure_request": "erasure-requests",
    }  # fmt: skip
    with live_db.as_owner() as owner:
        return [
            f"/admin/{page}/{public_id}"
            for table, page in pages.items()
            for public_id in owner.execute(text(f"SELECT public_id FROM {table}")).scalars()
        ]


def files(live_db):
    with live_db.as_owner() as owner:
        rows = owner.execute(text("SELECT filename, sha256, content FROM billing_document_file ORDER BY id")).all()
    return [(row.filename, row.sha256, bytes(row.content)) for row in rows]


@pytest.fixture
def lived(app, live_db, run_jobs):
    return life.live(run_jobs)


def test_i16_erasure_with_invoices_of_three_years_ago(lived, live_db, run_jobs, mails, another_visitor):
    before, printed, booked = life.traces(live_db), files(live_db), books()
    kept = {rule.model.__tablename__ for rule in registry().personal_data if rule.treatment is Treatment.KEEP}
    forgettable = {
        rule.model.__tablename__ for rule in registry().personal_data
        if rule.treatment in (Treatment.DELETE, Treatment.PSEUDONYMISE)
    }  # fmt: skip
    # The life was full: what is asked for below is not empty from the start.
    assert len(set(before) & forgettable) >= 16, before
    request_id = asked(lived.customer, lived.desk)
    carried_out(request_id, lived.desk)

    assert life.traces(live_db).keys() - kept == {"notifications_message"}
    [answer] = mails(life.EMAIL)[-1:]
    body = answer.get_body(("plain",)).get_content()
    assert "82/1991" in body
    assert f"31 dec. {clock.today().year + 10}" in body
    assert life.traces(live_db).keys() <= kept
    assert "billing_document" in life.traces(live_db)

    assert files(live_db) == printed
    assert books() == booked
    assert all(hashlib.sha256(content).hexdigest() == sha for _name, sha, content in printed)
    staff = another_visitor().sign_in(lived.desk)
    for kind in ("pdf", "xml"):
        assert staff.client.get(f"/admin/documents/{lived.invoice}/{kind}").status_code == 200
    for address in everywhere(live_db):
        assert staff.client.get(address).status_code == 200, address
    told = staff.get(f"/admin/customers/{lived.customer.public_id}/timeline?only=audit").text
    assert "Persoană ștearsă" in told
    assert "[erased]" not in told
    page = staff.get("/admin/customers?q=nebunaru")
    assert "Nebunaru" not in page.tree.xpath("string(//tbody)")
    assert "Client șters" in staff.get(f"/admin/customers/{lived.customer.public_id}").text
    page = another_visitor().sign_in(lived.owner).get(f"/portal/{lived.customer.public_id}/")
    assert page.path == "/account/sign-in"


def test_i16_the_record_stays_intact_and_only_ever_loses(lived, live_db):
    carried_out(asked(lived.customer, lived.desk), lived.desk)
    with entered(SystemScope("test")) as session:
        events = list(session.scalars(select(AuditEvent)))
    assert all(sealing.is_intact(event) for event in events)
    wiped = next(event for event in events if event.action == "contact.added")
    assert wiped.changes["email"] == [None, "[erased]"]
    assert wiped.changes["billing"] == [None, True]
    assert (wiped.actor_name, wiped.ip) == ("[erased]", None)
    assert next(event for event in events if event.action == "customer.erased").actor_name == lived.desk.full_name
    said = {"id": wiped.id, "actor_name": wiped.actor_name, "ip": None, "mac": "", "changes": wiped.changes}
    for lie in ({"actor_name": "Altcineva"}, {"ip": "192.0.2.1"}, {"changes": {"email": [None, "alt@ceva"]}}):
        with live_db.as_staff() as staff, pytest.raises(DBAPIError, match="can lose what it says"):
            staff.execute(select(text("audit_wipe(CAST(:wiped AS jsonb))")).params(wiped=json.dumps([{**said, **lie}])))
    with live_db.as_portal(lived.customer.id) as portal, pytest.raises(DBAPIError, match="permission denied"):
        portal.execute(text("SELECT audit_wipe('[]')"))


def test_i16_of_two_who_press_at_once_one_erases(app, live_db):
    customer, desk = customers.make_person(), users.make_staff()
    request_id = asked(customer, desk)
    assert outcomes(lambda: carried_out(request_id, desk), 3, Conflict) == {"done": 1, "Conflict": 2}
    with entered(SystemScope("test")) as session:
        assert len(list(session.scalars(select(Message).where(Message.template == "customers/erased")))) == 1
        assert len(list(session.scalars(select(AuditEvent).where(AuditEvent.action == "customer.erased")))) == 1


def test_i16_what_lives_or_is_owed_stands_in_the_way(app, live_db):
    billing.make_seller()
    customer, desk = customers.make_person(), users.make_staff()
    billing.make_proforma(customer)
    request_id = asked(customer, desk)
    with pytest.raises(StillOpen):
        carried_out(request_id, desk)
    with entered(SystemScope("test")) as session:
        assert session.get_one(Customer, customer.id).state is CustomerState.ACTIVE
        assert session.scalars(select(ErasureRequest)).one().state is ErasureState.OPEN


def test_i16_an_erased_customer_stays_erased(app, live_db, run_jobs):
    customer, desk = customers.make_person(), users.make_staff()
    carried_out(asked(customer, desk), desk)
    with acting_as(Principal(ActorKind.STAFF, desk.full_name, desk.id)), entered(StaffScope(desk.id)):
        for act in (
            lambda: closing.reopen(customer.public_id, "Revine"),
            lambda: notes.write(customer.public_id, "Era domnul Popescu."),
            lambda: erasure_requests.record(
                customer.public_id, ErasureChannel.PHONE, clock.today(), form_token="again"
            ),
        ):
            with pytest.raises(Conflict):
                act()
    for audience in ("billing_contacts", "technical_contacts"):
        with entered(SystemScope("test")):
            assert registry().audience(audience, customer.id) == ()


def test_i16_people_who_serve_others_too_keep_their_accounts(app, live_db):
    customer, neighbour, desk = customers.make_person(), customers.make_customer(), users.make_staff()
    alone, both, helper = users.make_user(), users.make_user(), users.make_staff()
    for person in (alone, both, helper):
        customers.make_member(customer, person)
    customers.make_member(neighbour, both)
    carried_out(asked(customer, desk), desk)
    with entered(SystemScope("test")) as session:
        rows = {row.id: row for row in session.scalars(select(User))}
    assert not rows[alone.id].active
    assert rows[alone.id].email.endswith("@erased.invalid")
    assert [rows[person.id].email for person in (both, helper)] == [both.email, helper.email]
    assert all(rows[person.id].active for person in (both, helper))


def test_i16_the_answer_is_forgotten_even_where_nobody_takes_it(app, live_db, run_jobs):
    customer, desk = customers.make_person(email="plecat@client.example"), users.make_staff()
    carried_out(asked(customer, desk), desk)
    for days, known in ((29, "plecat@client.example"), (31, "")):
        with clock.moved_to(clock.now() + timedelta(days=days)), entered(SystemScope("test")):
            addresses.forget_undelivered()
        with entered(SystemScope("test")) as session:
            message = session.scalars(select(Message)).one()
        assert message.recipient == known
    assert message.state is MessageState.FAILED


def test_i16_killed_half_way_nothing_has_happened_and_the_next_press_does_it(app, live_db):
    customer, owner, desk = customers.make_person(), users.make_user(), users.make_staff()
    customers.make_member(customer, owner)
    request_id = asked(customer, desk)
    with live_db.engine.connect() as other, other_threads() as start:
        other.execute(text("SELECT 1 FROM users_user WHERE id = :id FOR UPDATE"), {"id": owner.id})
        pressed = start(lambda: carried_out(request_id, desk))
        wait_until_blocked(live_db)
        with live_db.as_owner() as killer:
            killer.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
                )
            )
        with pytest.raises(DBAPIError):
            pressed.result(SECONDS)
        other.rollback()
    with entered(SystemScope("test")) as session:
        row = session.get_one(Customer, customer.id)
        assert (row.state, row.name) == (CustomerState.ACTIVE, customer.name)
        assert session.scalars(select(ErasureRequest)).one().state is ErasureState.OPEN
    carried_out(request_id, desk)
    with entered(SystemScope("test")) as session:
        assert session.get_one(Customer, customer.id).state is CustomerState.ERASED
        assert not session.get_one(User, owner.id).active


def test_i16_what_somebody_else_shares_gives_nobody_away(app, live_db):
    one = customers.make_person(name="Ion Popescu", email="birou@comun.example", phone="+40722111222")
    customers.make_person(name="Ion POPESCU", email="altul@client.example", phone="+40722111222")
    customers.make_customer(email="birou@comun.example")
    with entered(SystemScope("test")):
        whom = forgetting.whom(one)
    assert (whom.addresses, whom.words) == ((), ())
