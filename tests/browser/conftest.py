"""A real Chromium before a real installation; whatever the browser complains about fails the test."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

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
    with houses.running(tmp_path_factory.mktemp("house"), server.database_url(name)) as running:
        yield running
    server.drop(name)


@pytest.fixture
def open_page(chrome: Browser, house: houses.House) -> Iterator[OpenPage]:
    """Return a function that opens a page in a browser of its own, in a language and a size.

    `signed_in` is a file of cookies that a browser left behind.
    At the end there must be no complaint: no violation of the security policy, no error or warning of a script, no
    answer of 400 or above but those that a test expects.
    """
    complaints: list[str] = []

    with ExitStack() as contexts:

        def opened(
            locale: str = "ro-RO",
            viewport: dict[str, int] | None = None,
            scheme: str = "light",
            signed_in: Path | None = None,
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
            )
            contexts.callback(context.close)
            context.set_default_timeout(PATIENCE_MS)
            page = context.new_page()
            _listen(page, complaints)
            return page

        yield opened
    assert complaints == []


def _listen(page: Page, complaints: list[str]) -> None:
    def said(message: ConsoleMessage) -> None:
        # Chromium repeats every answer of 400 and above here; they are judged where they arrive.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            complaints.append(f"{page.url}: {message.text}")

    def answered(response: Response) -> None:
        refused_form = response.status == 422 and response.request.method == "POST"
        if response.status >= 400 and not refused_form:
            complaints.append(f"{response.url} answered {response.status}")

    def failed(request: Request) -> None:
        # What is under way when the page is left is cut off, polls above all.
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"{request.url}: {request.failure}")

    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.on("response", answered)
    page.on("requestfailed", failed)
