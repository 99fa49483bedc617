"""A reader of pages: one connection that stays open, its cookies, and signing in as people do."""

import http.client
import time
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode, urljoin, urlsplit

import pyotp
from lxml import html

from benchmarks.wsgi_names import QUERIES_HEADER


@dataclass(frozen=True)
class Answer:
    """What came back for an address, and how long that took."""

    path: str
    status: int
    mimetype: str
    body: bytes
    queries: int | None
    seconds: float

    @property
    def is_page(self) -> bool:
        """Whether this is something to look at, and not a file, a redirect or a refusal."""
        return self.status == 200 and self.mimetype == "text/html"

    @property
    def tree(self) -> html.HtmlElement:
        return html.fromstring(self.body)


class Reader:
    """A browser without JavaScript, images and patience."""

    def __init__(self, host: str, port: int) -> None:
        self._connection = http.client.HTTPConnection(host, port, timeout=60)
        self._cookies: dict[str, str] = {}

    def get(self, path: str) -> Answer:
        """Ask for an address, without following redirects."""
        return self._ask("GET", path)

    def sign_in(self, email: str, password: str, totp_secret: str | None = None) -> None:
        """Sign in by the forms; raises RuntimeError where they do not let us in."""
        answer = self._submit("/account/sign-in", {"email": email, "password": password})
        if totp_secret is not None:
            answer = self._submit("/account/second-factor", {"code": pyotp.TOTP(totp_secret).now()})
        if answer.status not in (302, 303):
            raise RuntimeError(f"{email} was not let in: {answer.status}")

    def _submit(self, path: str, values: dict[str, str]) -> Answer:
        form = self.get(path).tree.xpath("//main//form[@method='post']")[0]
        filled = {name: value for name, value in form.form_values() if value is not None}
        return self._ask("POST", urljoin(path, form.get("action") or ""), urlencode(filled | values))

    def _ask(self, method: str, path: str, body: str | None = None) -> Answer:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        begun = time.perf_counter()
        self._connection.request(method, path, body, headers)
        response = self._connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - begun
        for line in response.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: one.value for name, one in SimpleCookie(line).items()}
        counted = response.headers.get(QUERIES_HEADER)
        return Answer(
            path,
            response.status,
            response.headers.get_content_type(),
            content,
            None if counted is None else int(counted),
            seconds,
        )


def same_site(page: Answer, address: str) -> str | None:
    """Return the path and query that a link of a page leads to, or None where it leads off the site."""
    parts = urlsplit(urljoin(page.path, address))
    if parts.netloc or parts.scheme or not parts.path.startswith("/") or parts.path.startswith("/static/"):
        return None
    return parts.path + (f"?{parts.query}" if parts.query else "")
