"""The past of the demonstration, played through the services and once cut short."""

from collections import Counter
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.jobs.table import Job, JobState
from praho.models.billing.documents import Document, DocumentKind, DocumentState
from praho.models.customers import Customer, CustomerContact, CustomerNote
from praho.models.integrations import OperationState, ProviderOperation
from praho.models.notifications import Message, MessageState
from praho.models.orders import Order, OrderItem
from praho.operations.services.demo import acting, loading, playing, steps, story

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
INVENTED = 4


@pytest.fixture
def load(app, sandbox):
    def loaded(progress=lambda _done, _all: None):
        with app.app_context(), clock.moved_to(NOW):
            return loading.load({"sandbox": sandbox.url}, INVENTED, progress)

    return loaded


def rows(*columns):
    with entered(SystemScope("look")) as looking:
        return looking.execute(select(*columns)).all()


class Killed(BaseException):
    pass


def test_a_past_that_was_cut_short_goes_on_and_is_there_once(load, monkeypatch, sandbox):
    told = story.plan(INVENTED, story.period(NOW))
    middle = len(told) // 2

    def die(*_arguments):
        raise Killed

    def until_the_middle(done, _all):
        if done == middle:
            monkeypatch.setattr(acting.placing, "place_now", die)

    with pytest.raises(Killed):
        load(until_the_middle)
    monkeypatch.undo()
    bars = []
    assert load(lambda *at: bars.append(at))
    assert bars[-1] == (len(told), len(told))

    bought = sum(isinstance(step.action, steps.Buy | steps.MailOutage | steps.LostAnswer) for step in told)
    assert rows(func.count(Order.id)) == [(bought + 4,)]
    assert rows(func.count(Customer.id)) == [(INVENTED + 3 + 3,)]
    joined = [step.action.who for step in told if isinstance(step.action, steps.Join)]
    expected = [contact.email for who in joined for contact in who.contacts]
    assert sorted(email for (email,) in rows(CustomerContact.email)) == sorted(expected)
    assert rows(func.count(CustomerNote.id)) == [(sum(isinstance(step.action, steps.Note) for step in told),)]
    look_at_the_documents()
    look_at_the_troubles()
    registered = {domain["name"]: domain["registered_at"] for domain in sandbox.domains()}
    assert registered["cofetaria-ciresilor.ro"].startswith("2025-10")
    before = rows(func.count(Document.id))
    assert load()
    assert rows(func.count(Document.id)) == before


def look_at_the_documents():
    documents = rows(
        Document.kind, Document.state, Document.number, Document.issue_date, Document.refusal, Document.currency
    )
    invoices = sorted((row.number, row.issue_date) for row in documents if row.kind is DocumentKind.INVOICE)
    assert [number for number, _day in invoices] == list(range(1, len(invoices) + 1))
    assert [day for _number, day in invoices] == sorted(day for _number, day in invoices)
    assert Counter(row.currency for row in documents if row.kind is DocumentKind.INVOICE)["EUR"] == 3
    held = [row for row in documents if row.refusal]
    assert [row.state for row in held] == [DocumentState.PAID] * 2
    assert all("21" in row.refusal for row in held)


def look_at_the_troubles():
    assert Counter(state for (state,) in rows(Job.state))[JobState.DEAD] == 1
    assert Counter(state for (state,) in rows(ProviderOperation.state))[OperationState.UNKNOWN] == 1
    assert Counter(state for (state,) in rows(Message.state))[MessageState.QUEUED] == 1
    assert any("targul-de-toamna.ro" in failure for (failure,) in rows(OrderItem.failure) if failure)


def test_every_kind_of_step_can_be_played():
    assert set(playing._IN_SCOPE) | set(playing._OUTSIDE) == set(steps.Action.__args__)
