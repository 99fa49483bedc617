"""The data folder of the local PostgreSQL: where it lies, who owns it, how it is made.

The server's account must be able to enter it. Where a parent folder is closed to that account, the data lies
in a system folder of ours and the asked-for path becomes a link to it.
"""

import hashlib
import os
import shutil
import tempfile
from pathlib import Path

from praho.core.db import pg_binaries
from praho.core.db.pg_binaries import Account, EmbeddedDatabaseError

SUPERUSER = "postgres"
MINIMUM_FREE_BYTES = 200 * 1024 * 1024


def prepared(data_dir: Path, version: int, *, durable: bool) -> Path:
    """Return the real data folder, initialised at first need. Raises EmbeddedDatabaseError."""
    if data_dir.is_symlink() and not data_dir.exists():
        raise EmbeddedDatabaseError(
            f"{data_dir} points to {data_dir.readlink()}, which is gone: bring it back, "
            "or remove the link to begin with an empty database."
        )
    if data_dir.exists():
        real = data_dir.resolve()
        _check(real, version)
        return real
    _check_space(data_dir.parent)
    return _make(data_dir, version, durable)


def _check_space(folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < MINIMUM_FREE_BYTES:
        raise EmbeddedDatabaseError(
            f"There is no space left for a database in {folder}: {free // 1024**2} MB free, "
            f"{MINIMUM_FREE_BYTES // 1024**2} MB needed."
        )


def _check(real: Path, version: int) -> None:
    try:
        found = int((real / "PG_VERSION").read_text().strip())
        owner = real.stat().st_uid
    except (OSError, ValueError) as error:
        raise EmbeddedDatabaseError(f"{real} is no PostgreSQL data folder that this user can read.") from error
    account = pg_binaries.account_for(owner)
    if owner != account.uid:
        raise EmbeddedDatabaseError(f"{real} belongs to another user: run as that user, or as root.")
    if found != version:
        raise EmbeddedDatabaseError(f"{real} holds data of PostgreSQL {found}, but {version} is asked for.")
    if not pg_binaries.can_enter(account, real):
        raise EmbeddedDatabaseError(
            f"The database user {account.name} cannot enter {real}: one of the folders above it is closed."
        )


def _make(data_dir: Path, version: int, durable: bool) -> Path:
    """Initialise beside the final place and rename: a killed start leaves nothing half-made behind."""
    account = pg_binaries.account_for(None)
    fresh = data_dir.with_name(f"{data_dir.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    _make_own(fresh, account)
    if not pg_binaries.can_enter(account, fresh):
        fresh.rmdir()
        return _make_in_system_folder(data_dir, account, version, durable)
    _initdb(fresh, account, version, durable)
    fresh.rename(data_dir)
    return data_dir


def _make_in_system_folder(data_dir: Path, account: Account, version: int, durable: bool) -> Path:
    name = hashlib.sha256(str(data_dir).encode()).hexdigest()[:12]
    home = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=pg_binaries.system_folder()))
    home.chmod(0o711)
    real = home / "postgres"
    _make_own(real, account)
    if not pg_binaries.can_enter(account, real):
        shutil.rmtree(home)
        raise EmbeddedDatabaseError(
            f"The database user {account.name} can enter neither {data_dir.parent} nor {home.parent}."
        )
    _initdb(real, account, version, durable)
    data_dir.symlink_to(real)
    return real


def _make_own(folder: Path, account: Account) -> None:
    try:
        folder.mkdir(mode=0o700)
        if account.switch:
            os.chown(folder, account.uid, account.gid)
    except OSError as error:
        raise EmbeddedDatabaseError(f"The folder {folder} cannot be made: {error.strerror}.") from error


def _initdb(folder: Path, account: Account, version: int, durable: bool) -> None:
    """`--no-locale`: sorting goes by keys normalised in Python, and the programs bring no ICU."""
    command = [
        str(pg_binaries.bin_dir(version, account) / "initdb"),
        f"--pgdata={folder}",
        f"--username={SUPERUSER}",
        "--encoding=UTF8",
        "--no-locale",
        "--auth=trust",  # the socket's folder is closed to everybody else
        *([] if durable else ["--no-sync"]),
    ]
    done = pg_binaries.run(account, command)
    if done.returncode != 0:
        shutil.rmtree(folder, ignore_errors=True)
        raise EmbeddedDatabaseError(f"The database cannot be made in {folder}: {pg_binaries.reason(done.stdout)}")
