"""The part of the contract that is the same for all kinds, and the fixtures that a suite needs.

A subclass, in a test module of the plugin, names its `plugin` and gives three fixtures:

- `world`: a running, empty fake provider (`praho.sdk.testing.worlds`);
- `settings`: the values of an account at that provider;
- `unreachable_settings`: the same, with an address at which nothing listens (`contexts.closed_address`).

Every operation of every declared capability is called under every fault, and the fake must confirm that the
call met it: an operation that is declared but does not reach the provider fails the suite.
"""

import logging
import re
from abc import abstractmethod
from collections.abc import Callable, Mapping
from importlib import metadata
from typing import Any, ClassVar

import pytest

from praho.sdk import settings as declaration
from praho.sdk import settings_values
from praho.sdk.adapter import Adapter
from praho.sdk.errors import NotSent, OutcomeUnknown, ProviderRefused, UnsupportedOperation
from praho.sdk.outcomes import Outcome, Rejected, Unknown
from praho.sdk.plugin import Plugin
from praho.sdk.testing.contexts import LOGGER_NAME, plugin_context
from praho.sdk.testing.faults import IMPATIENT_READ_SECONDS, Fault
from praho.sdk.testing.worlds import World

TEST_CONNECTION = "test_connection"
KEY = "contract-key-1"

Call = Callable[[Any], object]

_SOUNDS_SECRET = re.compile(r"passw|secret|token|(api|private)_?key", re.IGNORECASE)


def outcome_of(call: Callable[[], Outcome[Any]]) -> Outcome[Any]:
    """Return what a changing call came to, as PRAHO's call wrapper sees it; `NotSent` passes through."""
    try:
        return call()
    except OutcomeUnknown as error:
        return Unknown(str(error))
    except ProviderRefused as error:
        return Rejected(error.reason, error.staff_text, error.customer_text)


class AdapterContract:
    """What every plugin promises, whatever its kind."""

    plugin: ClassVar[Plugin[Any]]

    @abstractmethod
    def readings(self) -> Mapping[str, Call]:
        """Return the reading operations of the kind, each with a call that a healthy provider answers."""

    @abstractmethod
    def change(self) -> tuple[str, Callable[[Any, str], Outcome[Any]]]:
        """Return the changing operation of the kind, and a call of it under a key."""

    @abstractmethod
    def find(self, adapter: Any, key: str) -> object | None:
        """Settle by asking: return what the change under the key made, or None."""

    def build(self, settings: object, *, fault: Fault | None = None) -> Adapter[Any]:
        """Return an adapter, one that does not wait for long where the provider is about to be slow."""
        if fault is Fault.SLOW:
            return self._adapter(settings, plugin_context(settings, read_seconds=IMPATIENT_READ_SECONDS))
        return self._adapter(settings, plugin_context(settings))

    def test_the_plugin_is_installed_under_its_entry_point(self) -> None:
        """PRAHO finds the declaration where it looks for plugins of this kind."""
        found = metadata.entry_points(group=self.plugin.kind.entry_point_group)
        assert self.plugin in [entry.load() for entry in found]

    def test_every_declared_operation_is_in_this_suite(self) -> None:
        """A capability that nothing here calls would be a promise without a proof."""
        operations = {item for item in self.plugin.capabilities if hasattr(self.plugin.adapter, item)}
        assert operations <= {*self.readings(), self.change()[0], *self.local_operations()}

    def local_operations(self) -> frozenset[str]:
        """Return the operations that make no call and have tests of their own."""
        return frozenset()

    def test_settings_survive_being_kept(self, settings: object) -> None:
        """What is kept as strings gives the same account again."""
        kept = settings_values.to_stored(settings)
        assert settings_values.from_stored(type(settings), kept) == settings

    def test_what_sounds_secret_is_declared_so(self) -> None:
        """A token in a plain text field would be shown, kept in the clear and logged."""
        secrets = declaration.secret_names(self.plugin.settings)
        described = declaration.describe(self.plugin.settings)
        assert {field.name for field in described if _SOUNDS_SECRET.search(field.name)} <= secrets

    @pytest.mark.parametrize("fault", list(Fault))
    def test_the_connection_test_under_each_fault(
        self, fault: Fault, world: World, settings: object, unreachable_settings: object
    ) -> None:
        """ "Test connection" says what is wrong, and works again afterwards."""
        self._check_reading(
            TEST_CONNECTION, lambda adapter: adapter.test_connection(), fault, world, settings, unreachable_settings
        )

    @pytest.mark.parametrize("fault", list(Fault))
    def test_the_readings_under_each_fault(
        self, fault: Fault, world: World, settings: object, unreachable_settings: object
    ) -> None:
        """A reading operation raises the error that fits, and works again afterwards."""
        for operation, call in self.readings().items():
            if operation in self.plugin.capabilities:
                self._check_reading(operation, call, fault, world, settings, unreachable_settings)
            else:
                with pytest.raises(UnsupportedOperation):
                    call(self.build(settings))

    @pytest.mark.parametrize("fault", list(Fault))
    def test_the_change_under_each_fault(
        self, fault: Fault, world: World, settings: object, unreachable_settings: object
    ) -> None:
        """A changing operation never claims more than it knows, and what it left unknown can be settled."""
        operation, call = self.change()
        if fault is Fault.UNREACHABLE:
            with pytest.raises(NotSent):
                call(self.build(unreachable_settings), KEY)
            return
        world.arm(operation, fault)
        outcome = outcome_of(lambda: call(self.build(settings, fault=fault), KEY))
        assert world.fired(), f"{operation} did not reach the provider"
        assert isinstance(outcome, Rejected if fault is Fault.REFUSED else Unknown)
        self._check_settling(operation, fault, world, settings)
        self._check_repeat(operation, world, settings)

    def test_nothing_secret_is_logged(self, world: World, settings: object, caplog: pytest.LogCaptureFixture) -> None:
        """Even the most talkative log has stars where the account's secrets were."""
        with caplog.at_level(logging.DEBUG, logger=LOGGER_NAME):
            self.build(settings).test_connection()
            outcome_of(lambda: self.change()[1](self.build(settings), KEY))
        assert caplog.records
        for secret in settings_values.secret_values(settings) | self.secrets_of_the_change():
            assert secret not in caplog.text

    def secrets_of_the_change(self) -> frozenset[str]:
        """Return the secrets that the request of the changing operation carries."""
        return frozenset()

    def _adapter(self, settings: object, context: Any) -> Adapter[Any]:
        adapter: Adapter[Any] = self.plugin.build(settings, context)
        return adapter

    def _check_reading(
        self,
        operation: str,
        call: Call,
        fault: Fault,
        world: World,
        settings: object,
        unreachable_settings: object,
    ) -> None:
        if fault is Fault.UNREACHABLE:
            with pytest.raises(NotSent):
                call(self.build(unreachable_settings))
        else:
            world.arm(operation, fault)
            with pytest.raises(ProviderRefused if fault is Fault.REFUSED else OutcomeUnknown):
                call(self.build(settings, fault=fault))
            assert world.fired(), f"{operation} did not reach the provider"
        call(self.build(settings))

    def _check_settling(self, operation: str, fault: Fault, world: World, settings: object) -> None:
        made = world.count(operation, KEY)
        if fault is not Fault.ERROR_500:
            assert made == (0 if fault in (Fault.BEFORE_APPLY, Fault.REFUSED) else 1)
        found = self.find(self.build(settings), KEY)
        assert (found is not None) == (made == 1), "asking the provider does not settle what happened"

    def _check_repeat(self, operation: str, world: World, settings: object) -> None:
        if not any(item.startswith("idempotent_") for item in self.plugin.capabilities):
            return
        outcome = outcome_of(lambda: self.change()[1](self.build(settings), KEY))
        assert not isinstance(outcome, Rejected | Unknown), "the same call under the same key was not answered"
        assert world.count(operation, KEY) == 1
        assert self.find(self.build(settings), KEY) is not None
