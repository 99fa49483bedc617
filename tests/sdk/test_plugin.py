"""A declaration that contradicts itself does not come into being."""

from dataclasses import dataclass

import pytest

from praho.sdk import payments, provisioners, registrars, settings
from praho.sdk.dto import ConnectionReport
from praho.sdk.errors import InvalidPlugin, UnsupportedOperation
from praho.sdk.outcomes import Reason, Rejected
from praho.sdk.plugin import Kind, Plugin
from praho.sdk.registrars import Registrar
from praho.sdk.testing.contexts import plugin_context


@dataclass(frozen=True)
class Nothing:
    user: str = settings.text(label="User", default="ana")


class PlainRegistrar(Registrar[Nothing]):
    def test_connection(self):
        return ConnectionReport("fine", "ana", False)

    def register(self, request, idempotency_key):
        return Rejected(Reason.OTHER, "no")

    def get_info(self, name):
        return None


GOOD = {
    "name": "plain",
    "version": "1.0",
    "title": "Plain",
    "adapter": PlainRegistrar,
    "settings": Nothing,
    "capabilities": registrars.REQUIRED,
}


def test_a_good_declaration():
    plugin = Plugin(**GOOD)
    assert plugin.kind is Kind.REGISTRAR
    adapter = plugin.build(Nothing(), plugin_context(Nothing()))
    assert adapter.settings.user == "ana"
    assert adapter.get_info("a.ro") is None


def test_the_groups_of_the_kinds():
    assert [kind.entry_point_group for kind in Kind] == [
        "praho.registrars",
        "praho.provisioners",
        "praho.payment_providers",
    ]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"name": "Plain"}, "small letters"),
        ({"name": ""}, "small letters"),
        ({"adapter": dict}, "none of the adapter classes"),
        ({"settings": str}, "settings class"),
        ({"capabilities": frozenset({registrars.Capability.REGISTER})}, "must declare get_info"),
        ({"capabilities": registrars.REQUIRED | {provisioners.Capability.FIND_ACCOUNT}}, "not capabilities"),
        ({"capabilities": frozenset(["register", "get_info"])}, "not capabilities"),
        ({"capabilities": frozenset(registrars.Capability)}, "check_availability is declared but not implemented"),
    ],
)
def test_a_bad_one_says_which_plugin_and_why(wrong, reason):
    with pytest.raises(InvalidPlugin, match=reason):
        Plugin(**GOOD | wrong)


def test_settings_of_another_plugin_are_refused():
    with pytest.raises(TypeError):
        Plugin(**GOOD).build(object(), plugin_context(Nothing()))


def test_what_is_not_declared_is_not_supported():
    adapter = PlainRegistrar(Nothing(), plugin_context(Nothing()))
    with pytest.raises(UnsupportedOperation):
        adapter.check_availability(["a.ro"])


@pytest.mark.parametrize("module", [registrars, provisioners, payments])
def test_required_operations_belong_to_their_kind(module):
    assert set(module.Capability) > module.REQUIRED
