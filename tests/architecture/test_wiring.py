"""What the domains plug into the application fits together: kinds and handlers, schedules, names, permissions."""

import dataclasses
import importlib
import pkgutil
import re
import tomllib
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

import pytest

import praho
from praho import app as application
from praho.billing.documents.services import announcing
from praho.core.domain import Registry
from praho.core.jobs.kinds import JobKind, Tick
from praho.core.permissions import Permission
from tests.architecture import sources

T = TypeVar("T")
_PROGRAMS = ("praho.__main__", "praho.worker")
REGISTRY = Registry(application.DOMAINS)


def modules() -> list[ModuleType]:
    """Return every module of the house but those that run something when they are imported."""
    names = [info.name for info in pkgutil.walk_packages(praho.__path__, "praho.")]
    return [importlib.import_module(name) for name in names if name not in _PROGRAMS]


def made(kind: type[T]) -> dict[int, T]:
    """Return every object of a class that some module holds by a name, by identity."""
    return {id(value): value for module in modules() for value in vars(module).values() if isinstance(value, kind)}


def declared_kinds() -> list[JobKind[Any]]:
    return [kind for domain in REGISTRY.domains for kind in domain.job_kinds]


def repeated(names: list[Any]) -> list[Any]:
    return [name for name, count in Counter(names).items() if count > 1]


def test_every_kind_of_job_is_declared_by_one_domain():
    declared = [kind.name for kind in declared_kinds()]
    assert repeated(declared) == []
    assert {kind.name for kind in made(JobKind).values()} == set(declared)


def test_every_kind_of_job_has_one_handler():
    handled = [handler.kind.name for domain in REGISTRY.domains for handler in domain.job_handlers]
    assert repeated(handled) == []
    assert set(handled) == {kind.name for kind in declared_kinds()}
    assert set(REGISTRY.job_handlers) == set(handled)


def test_every_kind_is_named_after_a_domain_and_carries_plain_values():
    domains = {domain.name for domain in REGISTRY.domains}
    for kind in declared_kinds():
        assert kind.name.partition(".")[0] in domains, kind.name
        assert dataclasses.is_dataclass(kind.payload), kind.name
        assert kind.payload.__dataclass_params__.frozen, kind.name
        types = {field.type for field in dataclasses.fields(kind.payload)}
        assert types <= {int, str, bool, "int", "str", "bool", "str | None", "int | None"}, (kind.name, types)


def test_every_schedule_is_of_a_handled_kind_that_takes_a_tick():
    scheduled = [entry.kind.name for entry in REGISTRY.schedule]
    assert len(scheduled) > 6
    assert repeated(scheduled) == []
    for entry in REGISTRY.schedule:
        assert entry.kind.payload is Tick, entry.kind.name
        assert entry.kind.name in REGISTRY.job_handlers, entry.kind.name


def test_every_tick_is_scheduled():
    ticking = {kind.name for kind in declared_kinds() if kind.payload is Tick}
    assert ticking == {entry.kind.name for entry in REGISTRY.schedule}


def test_handlers_live_in_the_jobs_of_their_domains_and_subscribers_in_theirs():
    for domain in REGISTRY.domains:
        for handler in domain.job_handlers:
            assert handler.run.__module__.endswith(".jobs"), handler
        for subscriber in domain.subscribers:
            assert subscriber.run.__module__.endswith(".subscribers"), subscriber


@pytest.mark.parametrize("slot", ["search", "cards", "customer_panels", "attachments", "audiences", "timelines"])
def test_what_domains_contribute_is_told_apart_by_name(slot):
    items = list(REGISTRY.contributed(slot))
    names = [getattr(item, "name", None) or item.kind for item in items]
    assert names
    assert repeated(names) == []


def test_documents_find_their_readers_and_their_files():
    assert announcing.BILLING_CONTACTS in {audience.name for audience in REGISTRY.contributed("audiences")}
    assert announcing.ATTACHMENT in {source.kind for source in REGISTRY.contributed("attachments")}


def test_a_permission_has_a_name_of_its_own():
    names = [permission.name for permission in made(Permission).values()]
    assert repeated(names) == []


def test_domains_stand_in_the_order_of_the_floors():
    contracts = tomllib.loads(sources.text(Path("pyproject.toml")))["tool"]["importlinter"]["contracts"]
    [floors] = [
        contract["layers"] for contract in contracts if contract["type"] == "layers" and "app" in contract["layers"]
    ]
    heights = {name: height for height, floor in enumerate(floors) for name in re.split("[ |:]+", floor)}
    positions = [heights[domain.name] for domain in REGISTRY.domains]
    assert positions == sorted(positions, reverse=True)


def test_settings_have_keys_of_their_own():
    keys = [field.key for domain in REGISTRY.domains for field in domain.settings]
    assert keys
    assert repeated(keys) == []
