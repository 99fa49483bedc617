"""Provider accounts for tests: plain rows at a sandbox world, each made in a unit of work of its own."""

import itertools
import json
from typing import Any

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.ids import new_public_id
from praho.models.integrations import ProviderAccount, ProviderKind
from praho_sandbox.testing import SandboxWorld
from praho_sandbox.world.config import DEFAULT_API_KEY

_numbers = itertools.count(1)


def make_account(kind: ProviderKind, world: SandboxWorld, *, plugin: str = "sandbox", **values: Any) -> ProviderAccount:
    """Insert an account at a running world; `values` replace the defaults."""
    secrets = {"api_key": DEFAULT_API_KEY}
    settings = {"base_url": world.url, "test_mode": "true"}
    if kind is ProviderKind.PAYMENT:
        secrets["webhook_secret"] = world.webhook_secret
        settings["merchant"] = "praho-demo"
    row = ProviderAccount(
        **{
            "public_id": new_public_id("acc"),
            "plugin": plugin,
            "kind": kind,
            "label": f"Cont {next(_numbers)}",
            "settings": settings,
            "secrets": json.dumps(secrets),
            "created_at": clock.now(),
            **values,
        }
    )
    with entered(SystemScope("factory")), unit_of_work() as session:
        session.add(row)
    return row


def make_registrar(world: SandboxWorld, **values: Any) -> ProviderAccount:
    """Insert a registrar account."""
    return make_account(ProviderKind.REGISTRAR, world, **values)


def make_provisioner(world: SandboxWorld, **values: Any) -> ProviderAccount:
    """Insert a hosting account at a provider."""
    return make_account(ProviderKind.PROVISIONER, world, **values)


def make_payment_account(world: SandboxWorld, **values: Any) -> ProviderAccount:
    """Insert a payment account."""
    return make_account(ProviderKind.PAYMENT, world, **values)


def elsewhere(address: str) -> dict[str, str]:
    """Return the settings of an account whose provider is at another address."""
    return {"base_url": address, "test_mode": "true"}
