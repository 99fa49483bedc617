"""Where providers report, over HTTP: signed is 204, new or not; anything else leaves no trace."""

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.models.integrations import InboxMessage, ProviderAccount
from praho_sandbox.testing import SandboxWorld
from praho_sandbox.world import signing
from tests.factories import providers
from tests.integrations.test_inbox import body


@pytest.fixture
def account(live_db, sandbox: SandboxWorld) -> ProviderAccount:
    return providers.make_payment_account(sandbox)


def send(client: FlaskClient, account_id: str, raw: bytes, secret: str = "sandbox-webhook-secret") -> int:
    headers = signing.signed_headers(secret, raw, clock.machine_now())
    return client.post(f"/webhooks/payments/{account_id}", data=raw, headers=headers).status_code


def kept() -> int:
    with entered(SystemScope("test")) as session:
        return len(session.scalars(select(InboxMessage.id)).all())


def test_five_times_is_five_answers_and_one_row(client: FlaskClient, account: ProviderAccount):
    assert [send(client, account.public_id, body()) for _ in range(5)] == [204] * 5
    assert kept() == 1


def test_a_forged_one_gets_no_row_and_no_hint(client: FlaskClient, account: ProviderAccount):
    send(client, account.public_id, body())
    answers = [
        client.post(
            f"/webhooks/payments/{account.public_id}",
            data=raw,
            headers=signing.signed_headers("a guess", raw, clock.machine_now()),
        )
        for raw in (body(), body("evt_2"), b"")
    ]
    assert {answer.status_code for answer in answers} == {400}
    assert len({answer.get_json()["message"] for answer in answers}) == 1
    assert kept() == 1


def test_an_unsigned_one_is_refused(client: FlaskClient, account: ProviderAccount):
    assert client.post(f"/webhooks/payments/{account.public_id}", data=body()).status_code == 400


def test_an_unknown_account_takes_nothing(client: FlaskClient, account: ProviderAccount, sandbox: SandboxWorld):
    assert send(client, "acc_nothing", body()) == 404
    assert send(client, providers.make_registrar(sandbox).public_id, body()) == 404
    assert client.get(f"/webhooks/payments/{account.public_id}").status_code == 405
