"""`/health/` over a real database, and over one that is gone."""

import socket

from pydantic import SecretStr

from praho import app as application
from praho.config import Config, new_encryption_key
from tests.fixtures.database import LiveDatabase


def made(url: str) -> Config:
    return Config(
        _env_file=None,
        database_url=SecretStr(url),
        secret_key=SecretStr("test"),
        encryption_keys=SecretStr(new_encryption_key("test")),
    )


def test_it_answers_anybody_with_json(live_db: LiveDatabase):
    client = application.create_app(made(live_db.url)).test_client()
    answer = client.get("/health/")
    assert answer.status_code == 200
    assert answer.json == {"status": "ok", "database": True}


def test_a_database_that_is_gone_is_503():
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        port = nobody.getsockname()[1]
        client = application.create_app(made(f"postgresql://praho@127.0.0.1:{port}/praho")).test_client()
        answer = client.get("/health/")
    assert answer.status_code == 503
    assert answer.json == {"status": "unavailable", "database": False}
