"""The process of the local PostgreSQL: finding the one that runs over a folder, starting and stopping it."""

import os
import shlex
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import psutil

from praho.core.db import pg_binaries
from praho.core.db.pg_binaries import Account, EmbeddedDatabaseError

START_SECONDS = 60
# Sockets live here and not beside the data: their path has at most 107 bytes, a checkout's path any number.
SHORT_FOLDER = Path("/tmp")  # noqa: S108  the folders made in it are private and have random names
_SOCKET_PREFIX = "praho-sock-"
_STOP_SECONDS = 60
_LOG_LIMIT_BYTES = 10 * 1024 * 1024
_SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Containers often have 64 MB of shared memory, too little for parallel queries.
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
}
# A worker of autovacuum, the superuser's, would keep the owner from dropping a database.
# The log of changes stays small, for it may lie in memory.
_VOLATILE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_wal_size": "256MB",
}


@dataclass(frozen=True)
class Postmaster:
    """A live server: its process, the folder of its data and the folder of its socket."""

    pid: int
    real: Path
    socket_dir: Path


def find(real: Path) -> Postmaster | None:
    """Return the live server of the folder's pid file; None for a file that is stale or copied."""
    lines = _pid_lines(real)
    if len(lines) < 5 or not lines[0].isdecimal() or Path(lines[1]).resolve() != real.resolve():
        return None
    try:
        process = psutil.Process(int(lines[0]))
        alive = process.status() != psutil.STATUS_ZOMBIE and "postgres" in process.name()
    except psutil.Error:
        return None
    return Postmaster(process.pid, real, Path(lines[4])) if alive else None


def launch(real: Path, version: int, *, durable: bool) -> Postmaster:
    """Start a server over an initialised folder and wait until it answers. Raises EmbeddedDatabaseError."""
    account = pg_binaries.account_for(real.stat().st_uid)
    _clear_left_behind(real)
    log = real / "server.log"
    if log.exists() and log.stat().st_size > _LOG_LIMIT_BYTES:
        log.replace(real / "server.log.1")
    socket_dir = _make_socket_dir(account)
    settings = {**_SETTINGS, "unix_socket_directories": str(socket_dir), **({} if durable else _VOLATILE)}
    options = " ".join(f"-c {shlex.quote(f'{name}={value}')}" for name, value in settings.items())
    command = [
        str(pg_binaries.bin_dir(version, account) / "pg_ctl"),
        *("start", "--wait", f"--timeout={START_SECONDS}"),
        *(f"--pgdata={real}", f"--log={log}", f"--options={options}"),
    ]
    done = pg_binaries.run(account, command, timeout=START_SECONDS + 10)
    found = find(real)
    if done.returncode != 0 or found is None:
        remove_socket_dir(socket_dir)
        why = pg_binaries.reason(_tail(log) or done.stdout)
        raise EmbeddedDatabaseError(f"PostgreSQL does not start over {real}: {why}")
    return found


def stop(server: Postmaster) -> None:
    """Stop a server, ending its connections. Raises EmbeddedDatabaseError when it stays."""
    account = pg_binaries.account_for(server.real.stat().st_uid)
    version = int((server.real / "PG_VERSION").read_text().strip())
    pg_ctl = str(pg_binaries.bin_dir(version, account) / "pg_ctl")
    for mode in ("fast", "immediate"):
        options = ["--wait", f"--timeout={_STOP_SECONDS}", f"--mode={mode}", f"--pgdata={server.real}"]
        done = pg_binaries.run(account, [pg_ctl, "stop", *options], timeout=_STOP_SECONDS + 10)
        if done.returncode == 0 or find(server.real) is None:
            return
    raise EmbeddedDatabaseError(f"PostgreSQL over {server.real} does not stop: {pg_binaries.reason(done.stdout)}")


def remove_socket_dir(folder: Path) -> None:
    """Remove a socket folder that we made; any other path is left alone."""
    if folder.parent == SHORT_FOLDER and folder.name.startswith(_SOCKET_PREFIX):
        shutil.rmtree(folder, ignore_errors=True)


def _make_socket_dir(account: Account) -> Path:
    try:
        folder = Path(tempfile.mkdtemp(prefix=_SOCKET_PREFIX, dir=SHORT_FOLDER))
        if account.switch:
            os.chown(folder, account.uid, account.gid)
    except OSError as error:
        raise EmbeddedDatabaseError(
            f"No folder for the database's socket can be made in {SHORT_FOLDER}: {error.strerror}."
        ) from error
    return folder


def _clear_left_behind(real: Path) -> None:
    """After a kill: the dead server's socket folder, and a pid file whose number is something else now.

    PostgreSQL copes with the pid file of a process that is gone, and checks shared memory too. It refuses
    when the number is in use again (as it often is in a restarted container) or belongs to a zombie.
    """
    lines = _pid_lines(real)
    if len(lines) >= 5:
        remove_socket_dir(Path(lines[4]))
    if lines and (not lines[0].isdecimal() or psutil.pid_exists(int(lines[0]))):
        (real / "postmaster.pid").unlink()


def _pid_lines(real: Path) -> list[str]:
    try:
        return (real / "postmaster.pid").read_text().splitlines()
    except OSError:
        return []


def _tail(log: Path) -> str:
    try:
        return log.read_text(errors="replace")[-4000:]
    except OSError:
        return ""
