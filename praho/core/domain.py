"""The registration object of a domain, and the registry that the application is made of."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar

from praho.core import events
from praho.core.contributions import Contributions, Recipient
from praho.core.events import Subscriber
from praho.core.jobs.kinds import JobHandler, JobKind, Scheduled
from praho.core.personal_data import TableRule
from praho.core.settings_catalogue import SettingField
from praho.core.web.blueprints import SurfaceBlueprint


@dataclass(frozen=True, slots=True)
class Domain:
    """All that one domain plugs into the application; `module.py` of the domain makes exactly one."""

    name: str
    blueprints: tuple[SurfaceBlueprint, ...] = ()
    subscribers: tuple[Subscriber, ...] = ()
    job_kinds: tuple[JobKind[Any], ...] = ()
    job_handlers: tuple[JobHandler[Any], ...] = ()
    schedule: tuple[Scheduled, ...] = ()
    settings: tuple[SettingField, ...] = ()
    contributions: Contributions = field(default_factory=Contributions)
    personal_data: tuple[TableRule, ...] = ()
    """A rule for each table of the domain; children before what they refer to."""


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Registry:
    """Every domain, lowest first."""

    domains: tuple[Domain, ...]

    @property
    def job_handlers(self) -> dict[str, JobHandler[Any]]:
        """Handlers by kind; two for one kind is a ValueError."""
        found: dict[str, JobHandler[Any]] = {}
        for domain in self.domains:
            for handler in domain.job_handlers:
                if handler.kind.name in found:
                    raise ValueError(f"two handlers for {handler.kind.name}")
                found[handler.kind.name] = handler
        return found

    @property
    def schedule(self) -> tuple[Scheduled, ...]:
        """Every recurring job."""
        return tuple(entry for domain in self.domains for entry in domain.schedule)

    @property
    def personal_data(self) -> tuple[TableRule, ...]:
        """The rule of every table, the highest domain's first, for its rows refer downwards."""
        return tuple(rule for domain in reversed(self.domains) for rule in domain.personal_data)

    def audience(self, name: str, customer_id: int) -> tuple[Recipient, ...]:
        """Return who belongs to a named audience of a customer; an unknown name is nobody."""
        for audience in self.contributed("audiences"):
            if audience.name == name:
                return tuple(audience.resolve(customer_id))
        return ()

    def contributed(self, slot: str) -> Iterator[Any]:
        """Yield what all domains contribute to one slot of `Contributions`, ordered where it has an order."""
        found = [item for domain in self.domains for item in getattr(domain.contributions, slot)]
        return iter(sorted(found, key=lambda item: getattr(item, "order", 100)))


_registry = Registry(())


def install(domains: Iterable[Domain]) -> Registry:
    """Make these the application's domains, lowest first, and subscribe them to each other's events."""
    global _registry
    _registry = Registry(tuple(domains))
    events.install(tuple(subscriber for domain in _registry.domains for subscriber in domain.subscribers))
    return _registry


def registry() -> Registry:
    """Return the application's domains."""
    return _registry
