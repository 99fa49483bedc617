"""The local PostgreSQL with real servers: first start, second start, and every way a start can be in trouble."""

import os
import shutil
import signal
import socket
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from praho.core.db import embedded, pg_binaries, pg_data, pg_process

AS_ROOT = os.geteuid() == 0


@pytest.fixture
def folder() -> Iterator[Path]:
    """An open folder; pytest's own is closed to other users, the server's account among them."""
    path = Path(tempfile.mkdtemp(prefix="praho-test-", dir="/tmp"))
    path.chmod(0o755)
    yield path
    for data in path.rglob("postgres"):
        remove(data)
    shutil.rmtree(path)


def remove(data: Path) -> None:
    server = embedded.running(data)
    if server is not None:
        server.stop()
    if data.is_symlink():
        shutil.rmtree(data.resolve().parent)


def lives(pid: int) -> bool:
    """A process that ended but was not waited for by its parent lives no more."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def one(url: str, query: str) -> object:
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        row = connection.execute(query).fetchone()
    assert row is not None
    return row[0]


def execute(url: str, statement: str) -> None:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement)


@pytest.mark.parametrize("version", [16, 18])
def test_throwaway_server_of_both_versions(version):
    with embedded.throwaway(version=version) as server:
        assert str(one(server.url, "SHOW server_version")).startswith(f"{version}.")
        assert one(server.url, "SHOW fsync") == "off"
        assert one(server.url, "SELECT current_user::text") == "praho"
        assert one(server.url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False
        assert one(server.superuser_url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is True
        home = server.data_dir.parent
    assert not home.exists()
    assert not server.socket_dir.exists()
    assert not lives(server.pid)


def test_the_server_listens_on_no_network_address_and_its_socket_is_private():
    with embedded.throwaway() as server:
        listening = psutil.Process(server.pid).net_connections(kind="inet")
        assert listening == []
        assert stat.S_IMODE(server.socket_dir.stat().st_mode) == 0o700
        assert stat.S_IMODE(server.data_dir.stat().st_mode) == 0o700


def test_the_owner_may_make_databases_and_roles():
    with embedded.throwaway() as server:
        execute(server.url, "CREATE DATABASE copy")
        execute(server.url, "CREATE ROLE reader NOLOGIN")


def test_data_survives_a_stop_and_a_second_start_adopts_what_runs(folder):
    data = folder / "postgres"
    first = embedded.start(data)
    execute(first.url, "CREATE TABLE kept (id int)")
    assert embedded.start(data) == first
    first.stop()
    first.stop()
    assert embedded.running(data) is None
    second = embedded.start(data)
    assert one(second.url, "SELECT count(*) FROM kept") == 0
    assert one(second.url, "SHOW fsync") == "on"


def test_a_killed_server_recovers(folder):
    data = folder / "postgres"
    first = embedded.start(data)
    execute(first.url, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)")
    os.kill(first.pid, signal.SIGKILL)
    while lives(first.pid):
        pass
    second = embedded.start(data)
    assert one(second.url, "SELECT id FROM kept") == 7
    assert second.socket_dir == first.socket_dir or not first.socket_dir.exists()


def test_a_pid_file_whose_number_lives_on_as_something_else(folder):
    data = folder / "postgres"
    server = embedded.start(data)
    lines = (server.data_dir / "postmaster.pid").read_text().splitlines()
    server.stop()
    (server.data_dir / "postmaster.pid").write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert embedded.running(data) is None
    assert embedded.start(data).pid != os.getpid()


def test_a_folder_copied_while_its_server_ran_is_a_server_of_its_own(folder):
    original = embedded.start(folder / "one" / "postgres")
    copied = folder / "two" / "postgres"
    copied.parent.mkdir()
    shutil.copytree(original.data_dir, copied, ignore=shutil.ignore_patterns("postmaster.opts"))
    os.chown(copied, *((original.data_dir.stat().st_uid, original.data_dir.stat().st_gid)))
    assert embedded.running(copied) is None
    assert embedded.running(folder / "one" / "postgres") == original


def test_a_half_made_folder_of_a_killed_start_is_made_anew(folder):
    half = folder / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("16\n")
    assert one(embedded.start(folder / "postgres").url, "SELECT 1") == 1
    assert not half.exists()


def test_a_path_longer_than_a_socket_may_be(folder):
    long = folder / ("a" * 60) / ("b" * 60)
    long.mkdir(parents=True)
    data = long / "postgres"
    assert len(str(data)) > 120
    server = embedded.start(data)
    assert len(str(server.socket_dir / ".s.PGSQL.5432")) <= 107
    assert one(server.url, "SELECT 1") == 1


def test_a_closed_folder_keeps_its_mode_and_gets_its_database(folder):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    modes = {path: path.stat().st_mode for path in (closed, folder, folder.parent)}
    data = closed / "instance" / "postgres"
    first = embedded.start(data)
    execute(first.url, "CREATE TABLE kept (id int)")
    first.stop()
    assert one(embedded.start(data).url, "SELECT count(*) FROM kept") == 0
    assert data.is_symlink() is AS_ROOT
    assert {path: path.stat().st_mode for path in modes} == modes


def test_no_room_for_the_database_user(folder, monkeypatch):
    """As root, with the system folder closed as well; a plain user has no second account to keep out."""
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setattr(pg_binaries, "SYSTEM_HOME", closed)
    if not AS_ROOT:
        closed.chmod(0o500)
    with pytest.raises(embedded.EmbeddedDatabaseError, match=r"can enter neither|cannot be"):
        embedded.start(closed / "instance" / "postgres")


def test_a_folder_closed_after_the_first_start(folder):
    parent = folder / "parent"
    parent.mkdir(mode=0o755)
    embedded.start(parent / "postgres").stop()
    parent.chmod(0o700 if AS_ROOT else 0o000)
    with pytest.raises(embedded.EmbeddedDatabaseError, match=r"cannot enter|cannot be"):
        embedded.start(parent / "postgres")
    parent.chmod(0o755)


def test_data_of_another_version_is_refused(folder):
    embedded.start(folder / "postgres", version=16).stop()
    with pytest.raises(embedded.EmbeddedDatabaseError, match="PostgreSQL 16, but 18"):
        embedded.start(folder / "postgres", version=18)


def test_a_folder_that_holds_something_else_is_refused(folder):
    (folder / "postgres").mkdir()
    with pytest.raises(embedded.EmbeddedDatabaseError, match="no PostgreSQL data folder"):
        embedded.start(folder / "postgres")


def test_a_link_to_nowhere_is_not_an_empty_database(folder):
    (folder / "postgres").symlink_to(folder / "gone")
    with pytest.raises(embedded.EmbeddedDatabaseError, match="which is gone"):
        embedded.start(folder / "postgres")
    (folder / "postgres").unlink()


def test_a_full_disk_is_said_before_anything_is_made(folder, monkeypatch):
    monkeypatch.setattr(pg_data, "MINIMUM_FREE_BYTES", 10**18)
    with pytest.raises(embedded.EmbeddedDatabaseError, match="no space left"):
        embedded.start(folder / "postgres")
    assert not (folder / "postgres").exists()


def test_a_parent_that_is_a_file_is_one_sentence(folder):
    (folder / "instance").write_text("")
    with pytest.raises(embedded.EmbeddedDatabaseError, match="cannot be written"):
        embedded.start(folder / "instance" / "postgres")


def test_leftovers_of_a_killed_test_run_are_swept(folder):
    dead = Path(tempfile.mkdtemp(prefix="praho-pg-4194304-", dir=pg_process.SHORT_FOLDER))
    dead.chmod(0o711)
    orphan = embedded.start(dead / "data", durable=False)
    with embedded.throwaway():
        pass
    assert not dead.exists()
    assert not lives(orphan.pid)


def test_a_socket_folder_of_somebody_else_is_left_alone(folder):
    with socket.socket(socket.AF_UNIX) as other:
        other.bind(str(folder / "s"))
    pg_process.remove_socket_dir(folder)
    assert folder.exists()


def test_programs_copied_under_a_strict_umask_can_be_run(folder, monkeypatch):
    """The copy is made where the installation itself lies in a closed folder."""
    monkeypatch.setattr(pg_binaries, "SYSTEM_HOME", folder / "system")
    before = os.umask(0o077)
    try:
        copied = pg_binaries._copy_to_system_folder(pg_binaries._package_dir(), pg_binaries.VERSIONS[16])
    finally:
        os.umask(before)
    assert pg_binaries._copy_to_system_folder(pg_binaries._package_dir(), pg_binaries.VERSIONS[16]) == copied
    account = pg_binaries.account_for(None)
    initdb = [str(copied / pg_binaries.VERSIONS[16] / "bin" / "initdb"), "--version"]
    assert pg_binaries.run(account, initdb).stdout.startswith("initdb (PostgreSQL) 16")
