"""Dockerfile, docker-compose.yml and the systemd units, as far as they can be checked without an engine."""

import importlib.metadata
import importlib.util
import re
import shlex
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from celery.bin import beat, worker
from gunicorn.config import Config as GunicornConfig

from praho import cli, config
from praho.core.jobs.table import Queue
from tests.architecture import sources

COMPOSE: dict[str, Any] = yaml.safe_load(sources.text(Path("docker-compose.yml")))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service.get("build") == "."}
DOCKERFILE = sources.text(Path("Dockerfile"))
UNITS = sources.files(".service", "deploy")


def docker_command() -> list[str]:
    found = re.search(r"^CMD \[(?P<words>.*)\]$", DOCKERFILE, re.MULTILINE)
    assert found is not None
    return [word.strip('"') for word in re.findall(r'"[^"]*"', found["words"])]


def commands() -> list[list[str]]:
    """Every command that a deployment starts of ours, as a list of words."""
    composed = [service["command"] for service in OURS.values() if "command" in service]
    lines = [line for path in UNITS for line in sources.text(path).splitlines()]
    started = [shlex.split(line.partition("=")[2]) for line in lines if re.match(r"ExecStart(Pre)?=", line)]
    return [docker_command(), *composed, *([Path(words[0]).name, *words[1:]] for words in started)]


def test_the_services_of_an_installation():
    assert set(SERVICES) == {"migrate", "web", "worker", "beat", "postgres", "redis"}
    assert set(OURS) == {"migrate", "web", "worker", "beat"}


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_a_service_refers_to_what_is_there(name):
    service = SERVICES[name]
    assert set(service.get("depends_on", {})) <= set(SERVICES)
    volumes = {volume.partition(":")[0] for volume in service.get("volumes", [])}
    assert volumes <= set(COMPOSE["volumes"])
    for needed, condition in service.get("depends_on", {}).items():
        if condition["condition"] == "service_healthy":
            assert "test" in SERVICES[needed]["healthcheck"]


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"migrate"}))
def test_what_runs_on_has_a_health_check(name):
    assert "test" in SERVICES[name].get("healthcheck", {}) or (name == "web" and "HEALTHCHECK" in DOCKERFILE)


@pytest.mark.parametrize("name", sorted(OURS))
def test_variables_are_deploy_settings(name):
    known = {config.variable(field) for field in config.Config.model_fields}
    assert set(OURS[name]["environment"]) <= known
    baked = set(re.findall(r"(PRAHO_\w+)=", DOCKERFILE))
    assert baked <= known


def test_the_composed_settings_are_a_valid_production(monkeypatch):
    """Placeholders are filled as compose would fill them from `.env`."""
    given = {
        "POSTGRES_PASSWORD": "secret",
        "PRAHO_SECRET_KEY": "long",
        "PRAHO_ENCRYPTION_KEYS": config.new_encryption_key("first"),
        "PRAHO_PUBLIC_URL": "https://praho.example.ro",
    }
    for field in config.Config.model_fields:
        monkeypatch.delenv(config.variable(field), raising=False)
    for variable, value in OURS["web"]["environment"].items():
        filled = re.sub(r"\$\{(\w+)(?::-(.*?))?(?::\?.*?)?\}", lambda match: given.get(match[1], match[2] or ""), value)
        monkeypatch.setenv(variable, filled)
    loaded = config.load(dotenv=None)
    assert loaded.in_production
    assert not loaded.demo
    assert loaded.database_url is not None
    assert loaded.database_url.get_secret_value() == "postgresql://praho:secret@postgres/praho"


@pytest.mark.parametrize("words", commands(), ids=lambda words: " ".join(words[:4]))
def test_commands_exist(words):
    scripts = {script.name for script in importlib.metadata.entry_points(group="console_scripts")}
    assert words[0] in scripts
    checks = {"praho": check_praho, "celery": check_celery, "gunicorn": check_gunicorn}
    checks[words[0]](words[1:])


def check_praho(words: list[str]) -> None:
    command: click.Command = cli.main
    for word in words:
        assert isinstance(command, click.Group)
        command = command.commands[word]


def check_celery(words: list[str]) -> None:
    assert words[0] == "-A"
    assert importlib.util.find_spec(words[1]) is not None
    command = {"worker": worker.worker, "beat": beat.beat}[words[2]]
    options = {name for parameter in command.params for name in parameter.opts}
    given = [word for word in words[3:] if word.startswith("--")]
    assert set(given) <= options
    if "--queues" in given:
        assert set(words[words.index("--queues") + 1].split(",")) == {queue.value for queue in Queue}


def check_gunicorn(words: list[str]) -> None:
    parsed = GunicornConfig().parser().parse_args(words)
    assert parsed.args == ["wsgi:app"]
    assert parsed.worker_class == "gthread"
    assert "app =" in sources.text(Path("wsgi.py"))


def test_the_image_is_small_and_runs_as_nobody_special():
    stages = re.findall(r"^FROM (\S+)", DOCKERFILE, re.MULTILINE)
    assert len(stages) == 2
    assert all(image.endswith("-slim") for image in stages)
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    user = re.search(r"^USER (\w+)$", last, re.MULTILINE)
    assert user is not None
    assert f"{user[1]} " in last.partition("USER")[0]
    assert last.index("USER ") < last.index("\nCMD ")


def test_the_image_copies_what_exists_and_leaves_the_rest_out():
    allowed = [line[1:] for line in sources.text(Path(".dockerignore")).splitlines() if line.startswith("!")]
    assert [name for name in allowed if not (sources.ROOT / name).exists()] == []
    for needed in ("praho", "plugins", "migrations", "translations", "wsgi.py", "requirements.txt"):
        assert needed in allowed
    assert "tests" not in allowed
    assert ".env" not in allowed


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_units_are_complete(path):
    text = sources.text(path)
    for line in ("[Unit]", "[Service]", "[Install]", "User=praho", "NoNewPrivileges=yes"):
        assert line in text.splitlines()
