"""What `praho run` finds out before the slow parts: each refusal is one sentence."""

import contextlib
import errno
import fcntl
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

from praho.config import Config, variable

MINIMUM_FREE_BYTES = 300 * 1024 * 1024


class CannotRun(RuntimeError):
    """`praho run` cannot begin; the message is one sentence for the person at the terminal."""


def refuse_exposed_demo(config: Config) -> None:
    """Refuse demo logins, whose passwords everybody knows, where others could use them."""
    if not config.demo:
        return
    if config.in_production:
        raise CannotRun(f"Demo logins are refused in production: set {variable('demo')}=false.")
    if not config.on_loopback:
        raise CannotRun(
            f"Demo logins are refused on {config.public_url or config.host}, which other machines can reach: "
            f"set {variable('demo')}=false, or serve 127.0.0.1."
        )


def refuse_full_disk(folder: Path) -> None:
    """Refuse to begin where the database would soon stop for want of space."""
    free = shutil.disk_usage(folder).free
    if free < MINIMUM_FREE_BYTES:
        raise CannotRun(
            f"There is no space left in {folder}: {free // 1024**2} MB free, {MINIMUM_FREE_BYTES // 1024**2} MB needed."
        )


@contextlib.contextmanager
def only_one(config: Config) -> Iterator[None]:
    """Hold the instance folder for this process; the system frees it when the process ends, however it ends."""
    path = config.instance_dir / "run.lock"
    try:
        config.instance_dir.mkdir(parents=True, exist_ok=True)
        lock = path.open("a+")
    except OSError as error:
        raise CannotRun(f"The folder {config.instance_dir} cannot be written: {error.strerror}.") from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            where = lock.read().strip()
            raise CannotRun(f"PRAHO runs already from this folder{f', on {where}' if where else ''}.") from None
        lock.truncate(0)
        lock.write(config.base_url)
        lock.flush()
        yield


def listening_socket(config: Config) -> socket.socket:
    """Return a socket that holds the address from now on; who connects before we serve waits for the answer."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        bound.bind((config.host, config.port))
        bound.listen(128)
    except OSError as error:
        bound.close()
        if error.errno == errno.EADDRINUSE:
            raise CannotRun(
                f"Port {config.port} is taken by another program: choose one with {variable('port')}."
            ) from error
        raise CannotRun(f"{config.host}:{config.port} cannot be served: {error.strerror}.") from error
    return bound
