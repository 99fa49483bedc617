"""The deploy settings: typed, frozen, complete, and strict in production."""

import stat
from datetime import UTC, datetime
from pathlib import Path

import pydantic
import pytest

from praho import config


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch, tmp_path: Path) -> None:
    for name in config.Config.model_fields:
        monkeypatch.delenv(config.variable(name), raising=False)
    monkeypatch.setenv("PRAHO_INSTANCE_DIR", str(tmp_path / "instance"))


def test_defaults_serve_this_machine_only():
    loaded = config.load(dotenv=None)
    assert loaded.base_url == "http://127.0.0.1:8000"
    assert loaded.on_loopback
    assert loaded.database_url is None


def test_it_is_frozen():
    with pytest.raises(pydantic.ValidationError):
        config.load(dotenv=None).port = 1


def test_the_environment_beats_the_file(monkeypatch, tmp_path: Path):
    (tmp_path / ".env").write_text("PRAHO_PORT=8100\nPRAHO_THREADS=3\n")
    monkeypatch.setenv("PRAHO_PORT", "8200")
    loaded = config.load(dotenv=tmp_path / ".env")
    assert (loaded.port, loaded.threads) == (8200, 3)


def test_an_empty_variable_is_no_value(monkeypatch):
    monkeypatch.setenv("PRAHO_REDIS_URL", "")
    monkeypatch.setenv("PRAHO_PORT", "")
    assert config.load(dotenv=None).redis_url is None
    assert config.load(dotenv=None).port == 8000


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PRAHO_PORT", "web", "PRAHO_PORT: Input should be a valid integer"),
        ("PRAHO_PORT", "0", "PRAHO_PORT: Input should be greater than or equal to 1"),
        ("PRAHO_CLOCK", "2026-01-31T09:00:00", "PRAHO_CLOCK: needs a time zone"),
        ("PRAHO_PUBLIC_URL", "praho.example.ro/shop", "PRAHO_PUBLIC_URL: "),
        ("PRAHO_CLOK", "2026-01-31T09:00:00Z", "PRAHO_CLOK is no setting: did you mean PRAHO_CLOCK?"),
    ],
)
def test_a_wrong_value_names_its_variable(monkeypatch, name, value, sentence):
    monkeypatch.setenv(name, value)
    with pytest.raises(config.ConfigError) as refusal:
        config.load(dotenv=None)
    assert str(refusal.value).startswith(sentence)


def test_a_misspelt_line_of_the_file_is_refused(tmp_path: Path):
    (tmp_path / ".env").write_text("PRAHO_PROT=8100\n")
    with pytest.raises(config.ConfigError, match=r"(?i)praho_prot"):
        config.load(dotenv=tmp_path / ".env")


def test_an_instant_with_its_zone(monkeypatch):
    monkeypatch.setenv("PRAHO_CLOCK", "2026-01-31T09:00:00+02:00")
    assert config.load(dotenv=None).clock == datetime(2026, 1, 31, 7, tzinfo=UTC)


def test_production_names_all_that_is_missing(monkeypatch):
    monkeypatch.setenv("PRAHO_ENVIRONMENT", "production")
    with pytest.raises(config.ConfigError) as refusal:
        config.load(dotenv=None)
    for name in ("SECRET_KEY", "ENCRYPTION_KEYS", "DATABASE_URL", "PUBLIC_URL"):
        assert f"PRAHO_{name}" in str(refusal.value)


@pytest.mark.parametrize(("name", "value"), [("PRAHO_CLOCK", "2026-01-31T09:00:00Z"), ("PRAHO_CRASH_AT", "1")])
def test_production_refuses_the_tools_of_tests(monkeypatch, name, value):
    monkeypatch.setenv("PRAHO_ENVIRONMENT", "production")
    monkeypatch.setenv("PRAHO_SECRET_KEY", "s")
    monkeypatch.setenv("PRAHO_ENCRYPTION_KEYS", config.new_encryption_key("first"))
    monkeypatch.setenv("PRAHO_DATABASE_URL", "postgresql://db/praho")
    monkeypatch.setenv("PRAHO_PUBLIC_URL", "https://praho.example.ro")
    assert config.load(dotenv=None).base_url == "https://praho.example.ro"
    monkeypatch.setenv(name, value)
    with pytest.raises(config.ConfigError, match=f"production refuses {name}"):
        config.load(dotenv=None)


def test_local_secrets_are_made_once_and_closed_to_others(tmp_path: Path):
    first, second = config.load(dotenv=None), config.load(dotenv=None)
    assert first.secret_key == second.secret_key is not None
    assert first.encryption_keys == second.encryption_keys is not None
    for name in ("secret_key", "encryption_keys"):
        assert stat.S_IMODE((tmp_path / "instance" / name).stat().st_mode) == 0o600


def test_secrets_do_not_print():
    loaded = config.load(dotenv=None)
    assert loaded.secret_key is not None
    assert loaded.secret_key.get_secret_value() not in repr(loaded)


@pytest.mark.parametrize(("host", "url"), [("localhost", "http://localhost:8000"), ("::1", "http://[::1]:8000")])
def test_address_of_the_first_page(monkeypatch, host, url):
    monkeypatch.setenv("PRAHO_HOST", host)
    assert config.load(dotenv=None).base_url == url
