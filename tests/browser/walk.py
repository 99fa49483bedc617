"""Which pages an installation has, for whom: the walk from the addresses without arguments along every link."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from bs4 import BeautifulSoup
from playwright.sync_api import APIRequestContext
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Map, RequestRedirect


class Reader(Enum):
    """Who reads the pages; each has a browser of their own."""

    VISITOR = "shop"
    MEMBER = "portal"
    STAFF = "admin"


@dataclass(frozen=True)
class Place:
    """A page to look at: the endpoint that shows it and one address of it. `kind` is the address without its ids."""

    reader: Reader
    endpoint: str
    path: str

    @property
    def kind(self) -> str:
        """Return the address without what differs between two of a kind; the prefix of an id stays."""
        return kind_of(self.path)


def reader_of(rule: str, endpoint: str) -> Reader:
    """Return who reads what a rule of the URL map shows."""
    if rule.startswith("/admin"):
        return Reader.STAFF
    own = rule.startswith("/account/") and not endpoint.startswith("account.")
    return Reader.MEMBER if own or rule.startswith("/portal/") else Reader.VISITOR


def places(
    request: APIRequestContext, urls: Map, reader: Reader, home: str, further: Iterable[str] = ()
) -> list[Place]:
    """Walk all pages of a reader who is signed in, without a browser, and return one of each kind.

    `home` is where the reader arrives; a portal's home tells which customer's portal it is.
    """
    waiting = [*further, *_starts(urls, reader, home)]
    found: dict[str, Place] = {}
    asked: set[str] = set()
    while waiting:
        path = waiting.pop(0)
        if kind_of(path) in asked:
            continue
        asked.add(kind_of(path))
        answer = request.get(path)
        assert answer.status < 400, f"{path} answered {answer.status}"
        text = answer.text() if "text/html" in answer.headers.get("content-type", "") else ""
        if "<html" not in text[:300]:
            continue
        arrived = _path(answer.url)
        asked.add(kind_of(arrived))
        endpoint = endpoint_of(urls, arrived)
        if endpoint is None or reader_of(arrived, endpoint) is not reader:
            continue
        found.setdefault(kind_of(arrived), Place(reader, endpoint, arrived))
        waiting += [link for link in _links(text) if _belongs(urls, link, reader)]
    return list(found.values())


def endpoint_of(urls: Map, path: str) -> str | None:
    """Return what shows an address, or None where nothing does."""
    try:
        endpoint, _ = urls.bind("").match(path.partition("?")[0])
    except (HTTPException, RequestRedirect):
        return None
    return str(endpoint)


def kind_of(path: str) -> str:
    """Return an address without its ids and its query."""
    return "/".join(_part(part) for part in path.partition("?")[0].split("/"))


def _part(part: str) -> str:
    if not any(letter.isdigit() or letter == "_" for letter in part):
        return part
    return f"{part.partition('_')[0]}_" if "_" in part else "0"


def _starts(urls: Map, reader: Reader, home: str) -> Iterator[str]:
    yield home
    customer = re.match("/portal/([^/]+)/", home)
    for rule in urls.iter_rules():
        if "GET" in (rule.methods or ()) and reader_of(rule.rule, rule.endpoint) is reader:
            path = rule.rule.replace("<customer_ref>", customer[1]) if customer else rule.rule
            if "<" not in path:
                yield path


def _links(text: str) -> list[str]:
    """Return where a page leads to, by links and by what it loads later."""
    page = BeautifulSoup(text, "lxml")
    found = [str(link["href"]) for link in page.select("a[href^='/']")]
    return [link.partition("#")[0] for link in found]


def _belongs(urls: Map, link: str, reader: Reader) -> bool:
    if link.startswith(("//", "/account/language/")):
        return False
    endpoint = endpoint_of(urls, link)
    return endpoint is not None and reader_of(link, endpoint) is reader


def _path(url: str) -> str:
    return "/" + url.split("/", 3)[3].partition("#")[0]
