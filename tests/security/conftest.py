"""The furnished house, built once for each worker; every test finds it as it was built."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from jinja2 import StrictUndefined
from pydantic import SecretStr

from praho import app as application
from praho import config
from praho.core import domain
from praho.core.db import engine as engine_module
from praho.core.db import scope
from praho.integrations.services import loading
from praho_sandbox.testing import SandboxWorld
from tests.fixtures.browsing import Visitor
from tests.fixtures.database import LiveDatabase
from tests.fixtures.isolation import KEYS
from tests.fixtures.server import Server
from tests.security import house as building
from tests.security.house import House


@pytest.fixture(scope="session")
def _built(
    server: Server, template: str, tmp_path_factory: pytest.TempPathFactory, _sandbox_process: SandboxWorld
) -> Iterator[tuple[House, str]]:
    url = server.database_url(server.create("house", template))
    settings = config.Config(
        _env_file=None,
        database_url=SecretStr(url),
        secret_key=SecretStr("a key of tests only, long enough to sign"),
        encryption_keys=SecretStr(KEYS),
        instance_dir=tmp_path_factory.mktemp("house"),
        database_pool_size=4,
    )
    app: Flask = application.create_app(settings)
    app.testing = True
    # A value that a view forgot is an error here, and an empty place in life.
    app.jinja_env.undefined = StrictUndefined
    _sandbox_process.reset()
    engine = engine_module.connect(url)
    made = building.furnish(app, LiveDatabase(url, engine), _sandbox_process)
    engine.dispose()
    yield made, url
    server.drop(f"{server.prefix}_house")


@pytest.fixture
def house(_built: tuple[House, str]) -> Iterator[House]:
    """The house, with this process's scopes bound to it."""
    made, url = _built
    engine = engine_module.connect(url)
    loading.load_plugins()
    domain.install(application.DOMAINS)
    yield made
    domain.install(())
    engine.dispose()
    scope._make_session.configure(bind=None)


@pytest.fixture
def enter(house: House) -> Callable[..., Visitor]:
    """Return a function that opens a browser in the house, signed in as a user where one is given."""

    def open_browser(user: object = None, *, second_factor: bool | None = None) -> Visitor:
        visitor = Visitor(house.app)
        return visitor if user is None else visitor.sign_in(user, second_factor=second_factor)

    return open_browser
