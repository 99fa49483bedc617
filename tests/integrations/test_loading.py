"""Installed plugins: found by entry points; one that is unusable stops the start with its name and reason."""

from pathlib import Path

import pytest

from praho.integrations.errors import PluginCannotLoad, UnknownPlugin
from praho.integrations.services import loading
from praho.models.integrations import ProviderKind
from praho.sdk.plugin import Kind
from tests.integrations.installing import install


@pytest.fixture(autouse=True)
def _loaded_again():
    yield
    loading.load_plugins()


def test_kinds_have_the_names_of_the_kit():
    assert {kind.value for kind in ProviderKind} == {kind.value for kind in Kind}


def test_every_installed_plugin_is_there():
    loading.load_plugins()
    names = [(plugin.kind.value, plugin.name) for plugin in loading.plugins()]
    assert names == [("payment_provider", "sandbox"), ("provisioner", "sandbox"), ("registrar", "sandbox")]
    assert loading.plugin(ProviderKind.REGISTRAR, "sandbox").name == "sandbox"


def test_an_unknown_plugin_is_told_from_the_others():
    loading.load_plugins()
    with pytest.raises(UnknownPlugin, match="'acme' is not installed"):
        loading.plugin(ProviderKind.REGISTRAR, "acme")


@pytest.mark.parametrize(
    ("module", "reason"),
    [
        ("import a_module_that_is_not_there", "ModuleNotFoundError: No module named 'a_module_that_is_not_there'"),
        ("REGISTRAR = 1 / 0", "ZeroDivisionError: division by zero"),
        ("REGISTRAR = 'not a plugin'", "acme_plugin:REGISTRAR is no Plugin"),
        ("something_else = 1", "AttributeError: module 'acme_plugin' has no attribute 'REGISTRAR'"),
        ("def broken(:", "SyntaxError"),
        ("from praho_sandbox.plugin import PROVISIONER as REGISTRAR", "it is a provisioner, not registrar"),
    ],
)
def test_what_cannot_load_stops_the_start(module: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    install(monkeypatch, tmp_path, group="praho.registrars", target="acme_plugin:REGISTRAR", module=module)
    with pytest.raises(PluginCannotLoad) as refusal:
        loading.load_plugins()
    assert "'acme' of praho-acme (praho.registrars)" in str(refusal.value)
    assert reason in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_two_plugins_of_one_name_stop_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    install(monkeypatch, tmp_path, group="praho.registrars", target="praho_sandbox.plugin:REGISTRAR")
    with pytest.raises(PluginCannotLoad, match="'sandbox' is there twice"):
        loading.load_plugins()


def test_a_plugin_of_an_invalid_declaration_stops_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    source = (
        "from praho.sdk.plugin import Plugin\n"
        "from praho_sandbox.plugin import REGISTRAR as GOOD\n"
        "REGISTRAR = Plugin('acme', '1', 'Acme', GOOD.adapter, GOOD.settings, frozenset())\n"
    )
    install(monkeypatch, tmp_path, group="praho.registrars", target="acme_plugin:REGISTRAR", module=source)
    with pytest.raises(PluginCannotLoad, match="a registrar must declare get_info, register"):
        loading.load_plugins()


def test_a_group_without_a_kind_is_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    install(monkeypatch, tmp_path, group="praho.notifiers", target="acme_plugin:NOTIFIER")
    with pytest.raises(PluginCannotLoad, match=r"this release has no praho\.notifiers"):
        loading.load_plugins()


def test_a_failed_load_leaves_the_loaded_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    loading.load_plugins()
    install(monkeypatch, tmp_path, group="praho.registrars", target="nowhere:REGISTRAR")
    with pytest.raises(PluginCannotLoad):
        loading.load_plugins()
    assert loading.plugin(ProviderKind.REGISTRAR, "sandbox")
