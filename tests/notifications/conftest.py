"""What the tests of notifications share."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from pydantic import SecretStr
from sqlalchemy import select, update

from praho.core import clock
from praho.core.contributions import Recipient
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs.table import Job, JobState
from praho.models.notifications import Message
from praho.notifications.services import sending
from tests.fakes import smtp_server
from tests.fakes.smtp_server import MailServer

ANA = Recipient("ana@client.example", "Ana Știrbei", "ro")


@pytest.fixture
def mail_server(app: Flask) -> Iterator[MailServer]:
    """The mail server that the application is told to use."""
    with smtp_server.running() as server:
        app.config["PRAHO"] = app.config["PRAHO"].model_copy(update={"smtp_url": SecretStr(server.url)})
        yield server


@pytest.fixture
def queue() -> Callable[..., str]:
    """Return a function that queues a mail and returns its id; each call is an occasion of its own."""
    occasions = iter(range(10_000))

    def send(template: str = "users/password_changed", recipient: Recipient = ANA, **values: Any) -> str:
        occasion = values.pop("occasion", f"test:{next(occasions)}")
        with entered(SystemScope("test")), unit_of_work():
            assert sending.send(template, occasion, recipient, values.pop("facts", {}), **values)
        return next(message.public_id for message in messages() if message.occasion == occasion)

    return send


def messages() -> list[Message]:
    """Return every message, the oldest first."""
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(Message).order_by(Message.id)))


def message(public_id: str) -> Message:
    """Return one message as it is now."""
    return next(found for found in messages() if found.public_id == public_id)


def let_retries_be_due() -> None:
    """Let the time pass that jobs wait before their next try."""
    with entered(SystemScope("test")), unit_of_work() as session:
        session.execute(update(Job).where(Job.state == JobState.RETRY).values(run_at=clock.machine_now()))
