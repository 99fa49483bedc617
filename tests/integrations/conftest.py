"""Plugins that are installed for single tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from praho.integrations.services import loading
from tests.integrations.installing import install


@pytest.fixture
def install_plugin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Install `tests.integrations.keyless:NAME` under a group, and load the plugins; undone after the test."""

    def add(group: str, attribute: str) -> None:
        target = f"tests.integrations.keyless:{attribute}"
        install(monkeypatch, tmp_path / attribute, group=group, target=target, name=attribute.lower())
        loading.load_plugins()

    yield add
    monkeypatch.undo()
    loading.load_plugins()
