"""One action over many things: asked for once, done one by one, refusals listed, and nothing done twice by a cut."""

import pytest
from sqlalchemy import select, update

from praho.billing.events import MAKE_PDF, DocumentWork
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs.queueing import enqueue
from praho.core.jobs.table import Job, JobState
from praho.core.permissions import StaffRole
from praho.models.audit import AuditEvent
from praho.models.operations import BulkItem, BulkItemState, BulkRun
from praho.models.users import User
from praho.operations.services.bulk import running
from tests.factories import users


@pytest.fixture
def technician(app):
    return users.make_staff(StaffRole.TECHNICIAN)


@pytest.fixture
def staff(another_visitor, technician):
    return another_visitor().sign_in(technician)


def make_jobs(number, state=JobState.DEAD):
    with entered(SystemScope("test")), unit_of_work() as session:
        for name in range(number):
            enqueue(MAKE_PDF, DocumentWork(f"pro_{state}_{name}"), occasion=f"{state}-{name}")
        kind = Job.kind == MAKE_PDF.name
        session.execute(update(Job).where(kind, Job.key.contains(f":{state}-")).values(state=state))
        return [str(one) for one in session.scalars(select(Job.id).where(kind, Job.state == state).order_by(Job.id))]


def choose(staff, ids, page="/admin/jobs"):
    return staff.submit(staff.get(page), {"action": "operations.retry", "chosen": ids}, action="/admin/bulk")


def rows(model):
    with entered(SystemScope("test")) as session:
        return session.scalars(select(model).order_by(model.id)).all()


def test_what_can_be_done_is_done_and_what_cannot_is_listed(staff, technician, run_jobs):
    dead, done = make_jobs(3), make_jobs(1, JobState.DONE)
    page = choose(staff, [*dead, *done])
    assert page.tree.xpath("//*[@id='bulk-run']/@hx-trigger")
    run_jobs()

    page = staff.get(page.path)
    assert not page.tree.xpath("//*[@id='bulk-run']/@hx-trigger")
    states = {item.subject_id: item.state for item in rows(BulkItem)}
    assert states == {**dict.fromkeys(dead, BulkItemState.DONE), done[0]: BulkItemState.FAILED}
    assert "nu așteaptă" in page.text
    retried = [event for event in rows(AuditEvent) if event.action == "job.retried"]
    assert [(event.subject_id, event.actor_id) for event in retried] == [(one, technician.id) for one in dead]


def test_what_is_no_job_holds_no_other_up(staff):
    dead = make_jobs(1)
    choose(staff, ["abc", "9" * 60, *dead])
    [run] = rows(BulkRun)
    with entered(SystemScope("test")):
        assert running.go_on(run.public_id)
    assert [item.state for item in rows(BulkItem)] == [BulkItemState.FAILED] * 2 + [BulkItemState.DONE]


def test_a_form_sent_twice_is_one_run(staff):
    ids = make_jobs(2)
    page = staff.get("/admin/jobs")
    values = {"action": "operations.retry", "chosen": ids}
    first, second = (staff.submit(page, values, action="/admin/bulk") for _ in range(2))
    assert first.path == second.path
    assert len(rows(BulkRun)) == 1


def test_long_runs_go_on_where_they_were_cut(staff, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 2)
    ids = make_jobs(5)
    choose(staff, ids)
    [run] = rows(BulkRun)
    with entered(SystemScope("test")):
        assert not running.go_on(run.public_id)
    with entered(SystemScope("test")), unit_of_work() as session:
        session.execute(update(BulkItem).where(BulkItem.subject_id == ids[2]).values(state=BulkItemState.RUNNING))
    with entered(SystemScope("test")):
        assert not running.go_on(run.public_id)
        assert running.go_on(run.public_id)
        assert running.go_on(run.public_id)
    assert {item.state for item in rows(BulkItem)} == {BulkItemState.DONE}
    assert len([event for event in rows(AuditEvent) if event.action == "job.retried"]) == 5


def test_whoever_may_no_longer_does_nothing(staff, technician):
    choose(staff, make_jobs(1))
    with entered(SystemScope("test")), unit_of_work() as session:
        session.execute(update(User).where(User.id == technician.id).values(active=False))
    [run] = rows(BulkRun)
    with entered(SystemScope("test")):
        assert running.go_on(run.public_id)
    assert [item.state for item in rows(BulkItem)] == [BulkItemState.FAILED]
    assert {job.state for job in rows(Job) if job.kind == MAKE_PDF.name} == {JobState.DEAD}


@pytest.mark.parametrize(
    ("values", "answer"),
    [
        ({"chosen": []}, "Alegeți cel puțin un rând"),
        ({"action": "operations.unknown"}, "Nu există"),
        ({"action": "billing.remind"}, "Nu aveți voie"),
        ({"chosen": [str(one) for one in range(501)]}, "cel mult 500"),
        ({"chosen": ["1" * 61]}, "Nu există"),
        ({"chosen": ["1\0"]}, "Nu există"),
    ],
)
def test_what_is_refused_is_said_in_the_list(staff, values, answer):
    ids = make_jobs(1)
    chosen = {"action": "operations.retry", "chosen": ids, **values}
    page = staff.submit(staff.get("/admin/jobs"), chosen, action="/admin/bulk")
    assert page.path.startswith("/admin/jobs")
    assert answer in page.text
    assert rows(BulkRun) == []


def test_a_run_is_its_owners_and_a_list_offers_what_one_may(staff, another_visitor, run_jobs):
    path = choose(staff, make_jobs(1)).path
    assert another_visitor().sign_in(users.make_staff(StaffRole.BILLING)).get(path).status == 404
    auditor = another_visitor().sign_in(users.make_staff(StaffRole.AUDITOR))
    page = auditor.get("/admin/jobs")
    assert page.status == 200
    assert not page.tree.xpath("//input[@name='chosen']")


def test_an_action_that_asks_for_a_reason_gets_one(another_visitor, app):
    support = another_visitor().sign_in(users.make_staff(StaffRole.SUPPORT))
    page = support.post("/admin/bulk", {"action": "orders.cancel", "chosen": ["ord_x"], "form_token": "t", "note": " "})
    assert "motiv" in page.text
    assert rows(BulkRun) == []
