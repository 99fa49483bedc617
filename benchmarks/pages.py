"""Which pages there are: found by following links, so that a new page is measured without anybody telling us.

Each endpoint counts once, at the first address that shows a page. What no link leads to is asked for directly where
its address has no varying part.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Flask
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, RequestRedirect

from benchmarks.reader import Answer, Reader, same_site
from praho.core.web.blueprints import Surface, SurfaceBlueprint

_TRIES = 3
# Signing in and out again would leave the reader outside.
_NOT_ASKED = frozenset({"account.sign_in", "account.language", "account_settings.enrol"})
_LINKS = "//a/@href | //*/@hx-get"


@dataclass(frozen=True)
class Page:
    """One page of the house, at the address where it is measured."""

    endpoint: str
    path: str


class Walk:
    """One person's way through the pages of some surfaces."""

    def __init__(self, app: Flask, reader: Reader, surfaces: frozenset[Surface], values: dict[str, str]) -> None:
        """`values` fill the varying parts of addresses that no link leads to, such as the customer of the portal."""
        self._app = app
        self._addresses: MapAdapter = app.url_map.bind("localhost")
        self._reader = reader
        self._surfaces = surfaces
        self._values = values
        self._tries: dict[str, set[str]] = {}
        self._found: dict[str, Page] = {}

    def pages(self, start: str) -> list[Page]:
        """Return every page that is found from an address, by endpoint."""
        waiting = deque([start, *self._direct()])
        while waiting:
            path = waiting.popleft()
            endpoint = self._endpoint(path)
            if endpoint is None or endpoint in self._found or not self._worth_a_try(endpoint, path):
                continue
            answer = self._reader.get(path)
            if answer.is_page:
                self._found[endpoint] = Page(endpoint, path)
                waiting.extend(self._links(answer))
        return [self._found[endpoint] for endpoint in sorted(self._found)]

    def missed(self) -> list[str]:
        """Return the endpoints of pages that no address was found for."""
        return sorted({endpoint for endpoint, _path in self._rules()} - self._found.keys() - _NOT_ASKED)

    def _worth_a_try(self, endpoint: str, path: str) -> bool:
        tried = self._tries.setdefault(endpoint, set())
        worth = path not in tried and len(tried) < _TRIES
        tried.add(path)
        return worth

    def _links(self, answer: Answer) -> Iterator[str]:
        if answer.body.strip():
            for address in answer.tree.xpath(_LINKS):
                path = same_site(answer, address)
                if path is not None:
                    yield path

    def _endpoint(self, path: str) -> str | None:
        try:
            endpoint, _values = self._addresses.match(path.partition("?")[0], method="GET")
        except (HTTPException, RequestRedirect):
            return None
        return str(endpoint) if self._of_ours(str(endpoint)) and endpoint not in _NOT_ASKED else None

    def _of_ours(self, endpoint: str) -> bool:
        blueprint = self._app.blueprints.get(endpoint.rpartition(".")[0])
        return isinstance(blueprint, SurfaceBlueprint) and blueprint.surface in self._surfaces

    def _rules(self) -> Iterator[tuple[str, str | None]]:
        """Yield the endpoints of our surfaces, with the address where nothing else is needed to make one."""
        for rule in self._app.url_map.iter_rules():
            if "GET" in (rule.methods or ()) and self._of_ours(rule.endpoint):
                complete = rule.arguments <= self._values.keys()
                built = rule.build({name: self._values[name] for name in rule.arguments}) if complete else None
                yield rule.endpoint, None if built is None else str(built[1])

    def _direct(self) -> Iterator[str]:
        return (path for _endpoint, path in self._rules() if path is not None)
