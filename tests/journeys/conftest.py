"""What whole lives share: the application served to a real sandbox world, a shop, a buyer and a member of the staff."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask

from praho import app as application
from praho.core import crypto, domain
from praho.core.db import engine as engine_module
from praho.core.db import scope
from praho.integrations.services import loading
from praho.models.customers import Customer
from praho_sandbox.testing import SandboxWorld
from tests.factories import users
from tests.fixtures.database import LiveDatabase
from tests.fixtures.isolation import KEYS
from tests.fixtures.server import Server
from tests.journeys import outcomes, shop


@pytest.fixture(scope="session")
def template(server: Server, template: str, _sandbox_process: SandboxWorld) -> Iterator[str]:
    """The database that these lives begin with: the migrated one, with an open shop."""
    name = server.create("shop", template)
    engine = engine_module.connect(server.database_url(name))
    crypto.configure(KEYS)
    loading.load_plugins()
    domain.install(application.DOMAINS)
    shop.open_shop(_sandbox_process.url)
    domain.install(())
    engine.dispose()
    scope._make_session.configure(bind=None)
    yield name
    server.drop(name)


@pytest.fixture
def till(app: Flask, sandbox: SandboxWorld) -> Iterator[shop.Till]:
    """Card payments that are reported to the application."""
    with shop.serving(app) as opened:
        yield opened


@pytest.fixture
def buyer(app: Flask) -> Customer:
    return shop.new_buyer()


@pytest.fixture
def run_all(app: Flask, live_db: LiveDatabase) -> Callable[[], None]:
    """Run jobs until none is open, as if hours passed between the tries."""
    jobs = application.jobs(app)
    return lambda: shop.run_all(jobs, live_db)


@pytest.fixture
def assert_live_once(sandbox: SandboxWorld, tmp_path: Path) -> Callable[[], None]:
    """Fail unless there is one of everything, and the order is completed."""
    return lambda: outcomes.assert_live_once(sandbox, tmp_path / "mail", shop.DOMAIN)


@pytest.fixture
def pay_by_card(
    till: shop.Till, buyer: Customer, sandbox: SandboxWorld, run_all: Callable[[], None]
) -> Callable[[str], None]:
    """Pay an order on the bank's page, however long it takes to get there; returns once the bank has reported."""

    def pay(order_id: str) -> None:
        attempt = till.pay(buyer, order_id)
        if attempt.url is None:
            run_all()
            attempt = till.pay(buyer, order_id)
        assert attempt.url is not None, attempt
        sandbox.pay(attempt.public_id)
        till.reports.wait_for(len(sandbox.webhooks()))

    return pay


@pytest.fixture
def pay_by_transfer(sandbox: SandboxWorld) -> Callable[[str], None]:
    """Let a member of the staff record the transfer of an order, whose form the browser sends twice."""

    def pay(order_id: str) -> None:
        staff = users.make_staff()
        for _ in range(2):
            shop.transfer(order_id, staff.id)

    return pay
