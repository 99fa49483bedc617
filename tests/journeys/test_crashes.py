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
from tests.crash import harness
from tests.fixtures.database import LiveDatabase
from tests.fixtures.isolation import KEYS
from tests.fixtures.server import Server
from tests.journeys import paid_life, shop

pytestmark = pytest.mark.slow

SCENARIO = "tests.journeys.paid_life"
FEWEST_PLACES = 150
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


@pytest.fixture
def world(sandbox: SandboxWorld, mails_before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> harness.World:
    """An empty world for each run, and an instance folder with the mails of before."""
    numbers = itertools.count()

    @contextmanager
    def another() -> Iterator[Mapping[str, str]]:
        sandbox.reset()
        folder = tmp_path / str(next(numbers))
        shutil.copytree(mails_before, folder)
        known = {"PRAHO_INSTANCE_DIR": str(folder), "PRAHO_ENCRYPTION_KEYS": KEYS, paid_life.WORLD: sandbox.url}
        for name, value in known.items():
            monkeypatch.setenv(name, value)
        yield known

    return another


@pytest.mark.parametrize("first", [1, 2])
def test_at_every_place_under_the_local_runner(databases, world, first):
    assert harness.kill_everywhere_locally(SCENARIO, databases, world, first=first, step=2) > FEWEST_PLACES


@pytest.mark.redis
def test_again_and_again_under_celery(databases, world, redis_broker):
    assert harness.kill_again_and_again(SCENARIO, databases, redis_broker.url, world, every=20) > FEWEST_PLACES
