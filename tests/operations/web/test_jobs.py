"""The jobs page: what waits, what failed and why, and another try by a person."""

import pytest
from sqlalchemy import select, update

from praho.billing.events import MAKE_PDF, DocumentWork
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs.queueing import enqueue
from praho.core.jobs.table import Job, JobState
from praho.core.permissions import StaffRole
from praho.models.audit import AuditEvent
from praho.operations.web import jobs as page_module
from tests.factories import billing, customers, users
from tests.factories.copies import copy_rows


@pytest.fixture
def staff(app, another_visitor):
    return lambda role=StaffRole.TECHNICIAN: another_visitor().sign_in(users.make_staff(role))


def make_job(document_id="pro_nothing", **values):
    with entered(SystemScope("test")), unit_of_work() as session:
        enqueue(MAKE_PDF, DocumentWork(document_id), occasion=document_id)
        if values:
            session.execute(update(Job).values(**values))
    return job()


def job():
    with entered(SystemScope("test")) as session:
        return session.scalars(select(Job).order_by(Job.id.desc())).first()


def test_it_starts_empty(staff):
    assert "Nicio sarcină" in staff().get("/admin/jobs").text


@pytest.mark.parametrize("state", list(JobState))
def test_jobs_are_listed_by_state(staff, state):
    row = make_job(state=state)
    technician = staff()
    assert MAKE_PDF.name in technician.get("/admin/jobs").text
    for asked in JobState:
        page = technician.get(f"/admin/jobs?state={asked}")
        assert page.leads_to(f"/admin/jobs/{row.id}") is (asked is state)
    page = technician.get(f"/admin/jobs/{row.id}")
    assert page.status == 200
    assert page.leads_to("/retry") is (state in (JobState.DEAD, JobState.RETRY))


def test_a_dead_job_tells_why_and_gets_another_chance(staff, run_jobs):
    billing.make_seller()
    proforma = billing.make_proforma(customers.make_customer())
    run_jobs()
    row = make_job()
    with entered(SystemScope("test")), unit_of_work() as session:
        session.execute(update(Job).where(Job.id == row.id).values(failures=11))
    run_jobs()
    assert job().state is JobState.DEAD
    technician = staff()
    page = technician.get(f"/admin/jobs/{row.id}")
    assert "NotFound" in page.text
    assert "12 / 12" in page.text

    with entered(SystemScope("test")), unit_of_work() as session:
        session.execute(update(Job).where(Job.id == row.id).values(payload={"document_id": proforma}))
    page = technician.submit(page, action="/retry")
    assert page.path == f"/admin/jobs/{row.id}"
    run_jobs()

    assert job().state is JobState.DONE
    with entered(SystemScope("test")) as session:
        [event] = session.scalars(select(AuditEvent).where(AuditEvent.action == "job.retried"))
    assert event.subject_id == str(row.id)


@pytest.mark.parametrize("state", [JobState.READY, JobState.RUNNING, JobState.DONE])
def test_a_job_that_waits_for_nobody_is_left_alone(staff, state):
    row = make_job(state=state)
    assert staff().post(f"/admin/jobs/{row.id}/retry").status == 409
    assert job().state is state


def test_a_job_that_is_not_there_is_not_found(staff):
    technician = staff()
    assert technician.get("/admin/jobs/4711").status == 404
    assert technician.post("/admin/jobs/4711/retry").status == 404


def test_it_keeps_its_budget(live_db, staff, queries_of):
    make_job()
    technician = staff()
    counts = []
    for more in (9, 190):
        with live_db.as_owner() as connection:
            copy_rows(connection, "core_job", more)
        counts.append(queries_of(technician, "/admin/jobs"))
    assert counts[0] == counts[1] <= page_module.QUERY_BUDGETS["jobs_admin.jobs"] <= 12
