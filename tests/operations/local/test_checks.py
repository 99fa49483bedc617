"""What stops `praho run` before the slow parts."""

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from praho.config import Config
from praho.operations.local import checks

PRODUCTION = {
    "environment": "production",
    "secret_key": "s",
    "encryption_keys": "k",
    "database_url": "postgresql://db/praho",
    "public_url": "https://praho.example.ro",
}


def made(**values: object) -> Config:
    return Config(_env_file=None, **values)


def test_demo_logins_are_refused_in_production():
    with pytest.raises(checks.CannotRun, match="refused in production: set PRAHO_DEMO=false"):
        checks.refuse_exposed_demo(made(**PRODUCTION))
    checks.refuse_exposed_demo(made(**PRODUCTION, demo=False))


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "praho.example.ro"])
def test_demo_logins_are_refused_where_others_reach_them(host):
    with pytest.raises(checks.CannotRun, match="which other machines can reach"):
        checks.refuse_exposed_demo(made(host=host))
    checks.refuse_exposed_demo(made(host=host, demo=False))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.9", "::1", "localhost"])
def test_demo_logins_are_allowed_on_this_machine(host):
    checks.refuse_exposed_demo(made(host=host))


def test_a_taken_port_is_one_sentence():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(checks.CannotRun, match=f"Port {port} is taken .* choose one with PRAHO_PORT"):
            checks.listening_socket(made(port=port))


def test_an_address_of_another_machine_is_one_sentence():
    with pytest.raises(checks.CannotRun, match=r"192\.0\.2\.1:8000 cannot be served"):
        checks.listening_socket(made(host="192.0.2.1"))


def test_a_full_disk_is_one_sentence(tmp_path, monkeypatch):
    checks.refuse_full_disk(tmp_path)
    monkeypatch.setattr(checks, "MINIMUM_FREE_BYTES", 10**18)
    with pytest.raises(checks.CannotRun, match="no space left"):
        checks.refuse_full_disk(tmp_path)


HOLDER = """
import sys
from pathlib import Path
from praho.config import Config
from praho.operations.local import checks
with checks.only_one(Config(_env_file=None, instance_dir=Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_one_run_a_folder_until_the_process_is_gone(tmp_path: Path):
    config = made(instance_dir=tmp_path)
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(checks.CannotRun, match=r"runs already from this folder, on http://127\.0\.0\.1:8000"),
            checks.only_one(config),
        ):
            pass
        holder.kill()
        holder.wait()
    with checks.only_one(config):
        pass


def test_an_instance_folder_that_cannot_be_written_is_one_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(checks.CannotRun, match="cannot be written"),
        checks.only_one(made(instance_dir=tmp_path / "file")),
    ):
        pass
