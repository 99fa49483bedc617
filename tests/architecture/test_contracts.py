"""The import contracts speak of every package that there is; lint-imports itself runs in `make check`."""

import tomllib
from pathlib import Path

from tests.architecture import sources

IMPORTLINTER = tomllib.loads(sources.text(Path("pyproject.toml")))["tool"]["importlinter"]
CONTRACTS = {contract["name"]: contract for contract in IMPORTLINTER["contracts"]}


def test_plugins_are_kept_from_every_package_but_the_kit():
    children = {path.stem if path.suffix else path.name for path in (sources.ROOT / "praho").iterdir()}
    modules = {
        name
        for name in children
        if (sources.ROOT / "praho" / name / "__init__.py").exists() or (sources.ROOT / "praho" / f"{name}.py").exists()
    }
    forbidden = CONTRACTS["Plugins see the plugin kit alone"]["forbidden_modules"]
    assert {f"praho.{name}" for name in modules - {"__init__", "sdk"}} == set(forbidden)


def test_every_plugin_is_under_the_contract():
    packages = {path.parent.name for path in sources.ROOT.glob("plugins/*/src/*/__init__.py")}
    assert set(CONTRACTS["Plugins see the plugin kit alone"]["source_modules"]) == packages
    assert set(IMPORTLINTER["root_packages"]) == {"praho"} | packages


def test_no_contract_has_exceptions():
    assert [name for name, contract in CONTRACTS.items() if contract.get("ignore_imports")] == []


def test_every_domain_is_ordered_inside():
    layered = {
        container
        for contract in CONTRACTS.values()
        if contract["type"] == "layers"
        for container in contract.get("containers", ())
    }
    domains = {f"praho.{path.parent.name}" for path in (sources.ROOT / "praho").glob("*/module.py")}
    floors = {f"praho.billing.{path.parent.name}" for path in (sources.ROOT / "praho/billing").glob("*/services")}
    assert domains | floors <= layered
