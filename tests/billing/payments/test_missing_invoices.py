"""What was paid and not invoiced is tried again, each by itself, and says why it still waits."""

import pytest
from sqlalchemy import select, update

from praho.billing.events import ISSUE_INVOICE, DocumentWork
from praho.billing.payments import jobs
from praho.billing.payments.services import missing_invoices, settlement
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs.kinds import Tick
from praho.core.jobs.table import Job
from praho.models.billing.documents import DocumentKind, NumberSeries
from praho.models.billing.payments import PaymentMethod
from praho.models.settings import Setting
from tests.factories import billing, customers

pytestmark = pytest.mark.usefixtures("domains", "db")


@pytest.fixture
def held():
    """Three proformas, paid while no series was in use."""
    billing.make_seller()
    use_series(False)
    proformas = [billing.make_proforma(customers.make_customer()) for _ in range(3)]
    for proforma in proformas:
        receipt = settlement.Receipt(proforma, PaymentMethod.CASH, 12_100, "RON", clock.today(), "chitanța 1")
        with entered(SystemScope("test")):
            settlement.settle(receipt)
    return proformas


def use_series(active):
    with entered(SystemScope("test")), unit_of_work() as session:
        session.execute(update(NumberSeries).values(active=active))


def forget(key):
    with entered(SystemScope("test")), unit_of_work() as session:
        session.get_one(Setting, key).value = ""


def tick(occasion="12:00"):
    with entered(SystemScope("test")):
        jobs.issue_missing_invoices(Tick(occasion))


def try_again(proforma):
    with entered(SystemScope("test")):
        jobs.issue_invoice(DocumentWork(proforma))


def questions():
    with entered(SystemScope("test")) as session:
        return [
            job.payload["document_id"] for job in session.scalars(select(Job).where(Job.kind == ISSUE_INVOICE.name))
        ]


def test_each_gets_a_job_of_its_own_once_for_each_tick(held):
    tick()
    tick()
    assert questions() == held
    tick("13:00")
    assert questions() == held * 2


def test_each_is_invoiced_once(held):
    use_series(True)
    for proforma in held * 2:
        try_again(proforma)

    assert len(billing.documents(DocumentKind.INVOICE)) == 3
    assert {billing.document(one).refusal for one in held} == {None}
    tick("14:00")
    assert questions() == []


def test_what_still_waits_says_why_now(held):
    before = billing.document(held[0]).refusal
    use_series(True)
    forget("company.iban")

    try_again(held[0])

    after = billing.document(held[0]).refusal
    assert "IBAN" in after
    assert after != before
    assert billing.documents(DocumentKind.INVOICE) == []


def test_by_hand_it_is_issued_or_refused_aloud(held):
    from praho.billing.errors import InvoicingRefused
    from praho.core.errors import PrahoError

    with entered(SystemScope("test")), pytest.raises(PrahoError):
        missing_invoices.issue(held[0])
    use_series(True)
    with entered(SystemScope("test")):
        issued = missing_invoices.issue(held[0])
        assert missing_invoices.issue(held[0]) == issued
        unpaid = billing.make_proforma(customers.make_customer())
        with pytest.raises(InvoicingRefused):
            missing_invoices.issue(unpaid)
