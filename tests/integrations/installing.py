"""Installs a plugin for the length of a test: a distribution's metadata on the path, as pip would leave it."""

import sys
from pathlib import Path

import pytest


def install(
    monkeypatch: pytest.MonkeyPatch, folder: Path, *, group: str, target: str, module: str = "", name: str = "acme"
) -> None:
    """Declare the entry point `name = target` of `group`; `module` is the source of the module `acme_plugin`."""
    metadata = folder / "praho_acme-1.0.dist-info"
    metadata.mkdir(parents=True)
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: praho-acme\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(f"[{group}]\n{name} = {target}\n")
    monkeypatch.delitem(sys.modules, "acme_plugin", raising=False)
    if module:
        (folder / "acme_plugin.py").write_text(module)
    monkeypatch.syspath_prepend(str(folder))
