"""The worlds of sandboxes: processes that end with us, outlive our death, and come back on their port."""

import os
import urllib.request
from pathlib import Path

import psutil
import pytest

from praho.config import Config
from praho.operations.local import world


def made(folder: Path) -> Config:
    return Config(_env_file=None, instance_dir=folder)


def answers(address: str) -> bool:
    with urllib.request.urlopen(f"{address}/health", timeout=10) as answer:
        return bool(answer.status == 200)


def test_a_world_runs_for_the_block_and_comes_back_on_its_port(tmp_path: Path):
    with world.running(made(tmp_path)) as worlds:
        first = worlds["sandbox"]
        assert answers(first)
        process = psutil.Process(int((tmp_path / "sandbox" / "pid").read_text()))
    assert not process.is_running()
    with world.running(made(tmp_path)) as worlds:
        assert worlds["sandbox"] == first


def test_the_world_of_a_killed_run_is_ended(tmp_path: Path):
    orphan, address = world._start(made(tmp_path), prepared(tmp_path), "praho_sandbox.world")
    (tmp_path / "sandbox" / "pid").write_text(f"{orphan.pid}\n")
    with world.running(made(tmp_path)) as worlds:
        assert answers(worlds["sandbox"])
        assert orphan.wait(10) is not None
    assert address.startswith("http://127.0.0.1:")


def test_a_number_that_is_something_else_by_now_is_left_alone(tmp_path: Path):
    (prepared(tmp_path) / "pid").write_text(f"{os.getpid()}\n")
    with world.running(made(tmp_path)) as worlds:
        assert answers(worlds["sandbox"])


def test_a_world_that_cannot_start_is_one_sentence(tmp_path: Path):
    (prepared(tmp_path) / "world.sqlite3").mkdir()
    with pytest.raises(world.CannotRun, match="does not start"), world.running(made(tmp_path)):
        pass


def prepared(folder: Path) -> Path:
    (folder / "sandbox").mkdir()
    return folder / "sandbox"
