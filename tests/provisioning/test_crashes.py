"""Killed at any crash point between the order's job and the running account: one domain, one account."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import pytest

from praho_sandbox.testing import SandboxWorld
from tests.crash import harness
from tests.fixtures.isolation import KEYS
from tests.provisioning import delivery_scenario


@pytest.mark.slow
def test_one_domain_and_one_account_whatever_is_killed(
    live_databases, sandbox: SandboxWorld, monkeypatch: pytest.MonkeyPatch
):
    """Both providers do what they are asked and lose their first answer, so that every kill meets a question too."""
    monkeypatch.setenv(delivery_scenario.WORLD, sandbox.url)
    seen: list[tuple[int, int]] = []

    @contextmanager
    def world() -> Iterator[Mapping[str, str]]:
        sandbox.reset()
        sandbox.arm("domains.register", "after_apply")
        sandbox.arm("accounts.create", "after_apply")
        yield {delivery_scenario.WORLD: sandbox.url, "PRAHO_ENCRYPTION_KEYS": KEYS}
        seen.append((len(sandbox.domains()), len(sandbox.accounts())))

    places = harness.kill_everywhere_locally("tests.provisioning.delivery_scenario", live_databases, world)
    assert places > 40
    assert set(seen) == {(1, 1)}
