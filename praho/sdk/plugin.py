"""What a plugin says of itself: one `Plugin` object for each kind that it serves.

An entry point of the kind's group names it, in the plugin's `pyproject.toml`:

    [project.entry-points."praho.registrars"]
    acme = "praho_acme.plugin:REGISTRAR"

PRAHO loads every installed one at start, and does not start with one that cannot be loaded.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

from praho.sdk import payments, provisioners, registrars, settings
from praho.sdk.adapter import Adapter
from praho.sdk.context import PluginContext
from praho.sdk.errors import InvalidPlugin
from praho.sdk.texts import Message

A = TypeVar("A", bound=Adapter[Any])

_NAME = re.compile(r"[a-z][a-z0-9-]{1,39}")


class Kind(StrEnum):
    """The trades a plugin can ply."""

    REGISTRAR = "registrar"
    PROVISIONER = "provisioner"
    PAYMENT_PROVIDER = "payment_provider"

    @property
    def entry_point_group(self) -> str:
        """The group in which plugins of this kind are declared."""
        return f"praho.{self.value}s"


@dataclass(frozen=True, slots=True)
class _Rules:
    # An abstract class, of which mypy says that it is no type[Adapter].
    adapter: Any
    capabilities: type[StrEnum]
    required: frozenset[StrEnum]


_RULES: dict[Kind, _Rules] = {
    Kind.REGISTRAR: _Rules(registrars.Registrar, registrars.Capability, registrars.REQUIRED),
    Kind.PROVISIONER: _Rules(provisioners.Provisioner, provisioners.Capability, provisioners.REQUIRED),
    Kind.PAYMENT_PROVIDER: _Rules(payments.PaymentProvider, payments.Capability, payments.REQUIRED),
}


@dataclass(frozen=True, slots=True)
class Plugin(Generic[A]):
    """The declaration of a plugin; one that contradicts itself is an `InvalidPlugin` as soon as it is made.

    `name` is kept with every account, so it never changes; it is unique within its kind. `settings` is a
    dataclass declared by the functions of `praho.sdk.settings`.
    """

    name: str
    version: str
    title: Message
    adapter: type[A]
    settings: type[Any]
    capabilities: frozenset[StrEnum]

    def __post_init__(self) -> None:
        if not _NAME.fullmatch(self.name):
            raise InvalidPlugin(f"{self.name!r}: a name is made of small letters, digits and hyphens")
        rules = _RULES[self.kind]
        self._check_capabilities(rules)
        try:
            settings.describe(self.settings)
        except TypeError as error:
            raise InvalidPlugin(f"{self.name}: the settings class is not usable: {error}") from error

    @property
    def kind(self) -> Kind:
        """The trade, by the class that the adapter derives from."""
        for kind, rules in _RULES.items():
            if issubclass(self.adapter, rules.adapter):
                return kind
        raise InvalidPlugin(f"{self.name}: {self.adapter.__name__} derives from none of the adapter classes")

    def build(self, settings_values: object, context: PluginContext) -> A:
        """Return an adapter for one account; the values are an instance of the settings class."""
        if not isinstance(settings_values, self.settings):
            raise TypeError(f"{self.name} takes {self.settings.__name__}")
        return self.adapter(settings_values, context)

    def _check_capabilities(self, rules: _Rules) -> None:
        foreign = [str(item) for item in self.capabilities if not isinstance(item, rules.capabilities)]
        if foreign:
            names = ", ".join(sorted(foreign))
            raise InvalidPlugin(f"{self.name}: not capabilities of a {self.kind}: {names}")
        missing = rules.required - self.capabilities
        if missing:
            raise InvalidPlugin(f"{self.name}: a {self.kind} must declare {', '.join(sorted(missing))}")
        for capability in self.capabilities:
            inherited = getattr(rules.adapter, capability, None)
            if inherited is not None and getattr(self.adapter, capability) is inherited:
                raise InvalidPlugin(f"{self.name}: {capability} is declared but not implemented")
