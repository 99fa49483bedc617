"""A real Chromium before a real installation; whatever the browser complains about fails the test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import checks
from tests.browser import house as houses
from tests.fixtures.chrome import PATIENCE_MS
from tests.fixtures.server import Server

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}

OpenPage = Callable[..., Page]


@pytest.fixture(scope="session")
def house(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[houses.House]:
    """An installation with its demonstration, one for the run of a worker."""
    name = server.create("browser_house")
    folder = tmp_path_factory.mktemp("house")
    with houses.running(folder, database_url=server.database_url(name), demo_size="3") as running:
        yield running
    server.drop(name)


@pytest.fixture
def open_page(chrome: Browser, house: houses.House) -> Iterator[OpenPage]:
    """Return a function that opens a page in a browser of its own, in a language and a size.

    `signed_in` is the cookies that a browser left behind.
    At the end there must be no complaint (`checks.listen`).
    """
    complaints: list[str] = []

    with ExitStack() as contexts:

        def opened(
            locale: str = "ro-RO",
            viewport: dict[str, int] | None = None,
            scheme: str = "light",
            signed_in: dict[str, Any] | None = None,
            phone: bool = False,
        ) -> Page:
            context = chrome.new_context(
                base_url=house.address,
                viewport=viewport or DESK,
                color_scheme=scheme,
                locale=locale,
                storage_state=signed_in,
                is_mobile=phone,
                has_touch=phone,
                reduced_motion="reduce",
            )
            contexts.callback(context.close)
            context.set_default_timeout(PATIENCE_MS)
            checks.listen(context, complaints)
            return context.new_page()

        yield opened
    assert complaints == []
