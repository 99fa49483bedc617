"""Kill the process anywhere between pay and live: one payment, one invoice, one number, one account, one domain, one
Message-ID for each occasion, no gap.
"""

import itertools
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from praho import app as application
from praho.core import crypto, domain
from praho.core.db import engine as engine_module
from praho.core.db import scope
from praho_sandbox.testing import SandboxWorld
from tests.crash import checking, harness
from tests.fixtures.database import LiveDatabase
from tests.fixtures.isolation import KEYS
from tests.fixtures.server import Server
from tests.journeys import paid_life, shop

pytestmark = pytest.mark.slow

SCENARIO = "tests.journeys.paid_life"
FEWEST_PLACES = 140
FEWEST_OF_A_REQUEST = 8
# Each share is a test, so that several workers of the test run can do them at once.
SHARES = (1, 2)
Databases = Callable[[], AbstractContextManager[LiveDatabase]]


@pytest.fixture(scope="module")
def mails_before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The mails that were handed over before the payment."""
    return tmp_path_factory.mktemp("before")


@pytest.fixture(scope="module")
def databases(server: Server, template: str, mails_before: Path) -> Iterator[Databases]:
    """Copies of a shop in which an order waits for its payment, and its buyer was told of it."""
    placed = server.create("placed", template)
    url, numbers = server.database_url(placed), itertools.count()
    app = application.create_app(paid_life.config_of(url, mails_before))
    crypto.configure(KEYS)
    engine = engine_module.connect(url)
    shop.order(shop.new_buyer())
    shop.run_all(application.jobs(app), LiveDatabase(url, engine))
    domain.install(())
    engine.dispose()

    @contextmanager
    def another() -> Iterator[LiveDatabase]:
        name = server.create(f"crash_{next(numbers)}", placed)
        connected = engine_module.connect(server.database_url(name))
        try:
            yield LiveDatabase(server.database_url(name), connected)
        finally:
            connected.dispose()
            scope._make_session.configure(bind=None)
            server.drop(name)

    yield another
    server.drop(placed)


@pytest.fixture(scope="module")
def check() -> Iterator[str]:
    """The address of the e-Factura check."""
    with checking.serving() as address:
        yield address


@pytest.fixture
def world(
    sandbox: SandboxWorld, mails_before: Path, check: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> harness.World:
    """An empty world for each run, and an instance folder with the mails of before."""
    numbers = itertools.count()

    @contextmanager
    def another() -> Iterator[Mapping[str, str]]:
        sandbox.reset()
        folder = tmp_path / str(next(numbers))
        shutil.copytree(mails_before, folder)
        known = {"PRAHO_INSTANCE_DIR": str(folder), "PRAHO_ENCRYPTION_KEYS": KEYS, paid_life.WORLD: sandbox.url}
        known[paid_life.CHECK] = check
        for name, value in known.items():
            monkeypatch.setenv(name, value)
        yield known

    return another


@pytest.fixture
def forgetful_world(world: harness.World, sandbox: SandboxWorld) -> harness.World:
    """A world whose providers do what they are asked and lose their first answer, so that each of them is asked."""

    @contextmanager
    def another() -> Iterator[Mapping[str, str]]:
        with world() as known:
            for operation in ("payments.start", "domains.register", "accounts.create"):
                sandbox.arm(operation, "after_apply")
            yield known

    return another


@pytest.mark.parametrize("first", SHARES)
def test_everywhere_under_the_local_runner(databases, forgetful_world, first):
    passed = harness.kill_everywhere_locally(SCENARIO, databases, forgetful_world, first=first, step=len(SHARES))
    assert len(passed) > FEWEST_PLACES


@pytest.mark.redis
def test_everywhere_in_a_request_under_celery(databases, world, redis_broker):
    passed = harness.kill_requests_everywhere(SCENARIO, databases, redis_broker.url, world)
    assert len(passed) >= FEWEST_OF_A_REQUEST


@pytest.mark.redis
@pytest.mark.parametrize("first", SHARES)
def test_everywhere_in_a_worker_under_celery(databases, world, redis_broker, first):
    passed = harness.kill_workers_everywhere(
        SCENARIO, databases, redis_broker.url, world, first=first, step=len(SHARES)
    )
    assert len(passed) > FEWEST_PLACES
