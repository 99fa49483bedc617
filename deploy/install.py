"""Make `.venv` from the lock file, with nothing but the Python that runs this file.

    python3 deploy/install.py          what `praho run` needs
    python3 deploy/install.py --dev    what the tests and checks need besides

A second call with nothing changed returns at once. Every failure is one sentence and exit code 1.
"""

import argparse
import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
STAMP = VENV / "praho-installed"
LOG = ROOT / "instance" / "install.log"
NEEDED_MEGABYTES = 1500


class InstallError(Exception):
    """The message is the sentence for the person at the terminal."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Install PRAHO into .venv.")
    parser.add_argument("--dev", action="store_true", help="what the tests and checks need besides")
    wants_dev: bool = parser.parse_args().dev
    try:
        install(wants_dev)
    except InstallError as error:
        print(f"PRAHO cannot be installed: {error}", file=sys.stderr)
        return 1
    return 0


def install(wants_dev: bool) -> None:
    """Bring `.venv` up to the lock file, one process at a time. Raises InstallError."""
    if sys.version_info < (3, 11):  # noqa: UP036  this file runs before anything is installed
        found = ".".join(map(str, sys.version_info[:3]))
        raise InstallError(f"it needs Python 3.11 or newer, and {sys.executable} is {found}.")
    with _locked():
        # Who has the larger set need not install the smaller one again.
        wanted = [_fingerprint(dev) for dev in ((True,) if wants_dev else (True, False))]
        if STAMP.exists() and STAMP.read_text() in wanted and (VENV / "bin" / "python").exists():
            return
        _check_space()
        with LOG.open("w") as log:
            _make_venv(log.fileno())
            _pip(log.fileno(), wants_dev)
        STAMP.write_text(_fingerprint(wants_dev))


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    try:
        LOG.parent.mkdir(exist_ok=True)
        lock = (LOG.parent / "install.lock").open("w")
    except OSError as error:
        raise InstallError(f"{LOG.parent} cannot be written: {error.strerror}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another installation runs in this folder; waiting for its end …", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _projects() -> list[Path]:
    return [ROOT, *sorted(path.parent for path in ROOT.glob("plugins/*/pyproject.toml"))]


def _fingerprint(dev: bool) -> str:
    """What the installation depends on, the place included: editable installs hold absolute paths."""
    digest = hashlib.sha256(f"{ROOT}\n{sys.version}\n{dev}\n".encode())
    names = ["requirements-dev.txt" if dev else "requirements.txt", "deploy/install.py"]
    for path in [*(ROOT / name for name in names), *(folder / "pyproject.toml" for folder in _projects())]:
        digest.update(f"{path}\n".encode() + path.read_bytes())
    return digest.hexdigest()


def _check_space() -> None:
    free = shutil.disk_usage(ROOT).free // 1024**2
    if free < NEEDED_MEGABYTES:
        raise InstallError(f"no space left in {ROOT}: {free} MB free, {NEEDED_MEGABYTES} MB needed.")


def _make_venv(log: int) -> None:
    python = VENV / "bin" / "python"
    if python.exists() and _call([str(python), "-m", "pip", "--version"], log) == 0:
        return
    shutil.rmtree(VENV, ignore_errors=True)
    print("Making .venv …", flush=True)
    if _call([sys.executable, "-m", "venv", str(VENV)], log) != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        raise InstallError(_reason(f"{sys.executable} -m venv failed; on Debian install `python3-venv`."))


def _pip(log: int, dev: bool) -> None:
    print("Installing the requirements into .venv (once; a minute or two) …", flush=True)
    pip = [str(VENV / "bin" / "python"), "-m", "pip", "--disable-pip-version-check", "install", "--no-input"]
    locked = ["--require-hashes", "-r", str(ROOT / ("requirements-dev.txt" if dev else "requirements.txt"))]
    editable = [f"--editable={folder}" for folder in _projects()]
    for arguments in (locked, ["--no-deps", "--no-build-isolation", *editable]):
        if _call([*pip, *arguments], log) != 0:
            raise InstallError(_reason("pip failed."))


def _call(command: list[str], log: int) -> int:
    environment = {**os.environ, "PIP_USER": "0", "PYTHONNOUSERSITE": "1"}
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=ROOT, env=environment, check=False
    ).returncode


def _reason(sentence: str) -> str:
    lines = LOG.read_text(errors="replace").splitlines()
    if any("No space left" in line for line in lines):
        return f"no space left on the disk of {ROOT}."
    telling = [line.strip() for line in lines if line.startswith("ERROR")]
    return f"{sentence} {telling[-1] if telling else ''} The whole story is in {LOG}."


if __name__ == "__main__":
    sys.exit(main())
