"""ANAF's authorization (logincert): a person with a qualified certificate allows us to act for the company.

The page is opened in that person's browser, sends a code back, and the code is exchanged within a minute. The access
token lasts about 90 days. The refresh token, about a year, needs no certificate; each use of it gives new ones of both.
"""

import base64
import json
import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from praho.core import clock
from praho.core.db import uow
from praho.sdk.errors import NotSent, OutcomeUnknown
from praho.sdk.http_client import HttpClient, HttpResponse

AUTHORIZE_PATH = "/anaf-oauth2/v1/authorize"
EXCHANGE_PATH = "/anaf-oauth2/v1/token"
_KIND = {"token_content_type": "jwt"}
_MOST_TEXT = 200


class Refused(Exception):
    """A definite no, with the code of RFC 6749 (section 5.2) such as `invalid_grant`."""

    def __init__(self, code: str, description: str) -> None:
        super().__init__(": ".join(part for part in (code, description) if part))
        self.code = code


class NoAnswer(Exception):
    """Nothing came back that can be read. Tokens may have been made all the same."""


@dataclass(frozen=True, slots=True)
class Client:
    """The application as registered at ANAF, and the address of its page."""

    login_url: str
    client_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What ANAF gave, with the ends in UTC; None where it gives no new refresh token, or does not say its end."""

    access: str = field(repr=False)
    access_ends_at: datetime
    refresh: str | None = field(repr=False)
    refresh_ends_at: datetime | None


def page_address(client: Client, redirect_uri: str, state: str) -> str:
    """Return the address of ANAF's page for the person's browser; `state` comes back with the code."""
    query = {"response_type": "code", "client_id": client.client_id, "redirect_uri": redirect_uri, "state": state}
    return f"{client.login_url}{AUTHORIZE_PATH}?{urlencode(query | _KIND)}"


def exchange(client: Client, code: str, redirect_uri: str) -> Tokens:
    """Exchange the code that came back. Raises Refused and NoAnswer."""
    return _ask(client, {"grant_type": "authorization_code", "code": code, "redirect_uri": redirect_uri})


def refresh(client: Client, refresh_token: str) -> Tokens:
    """Ask for new tokens. Raises Refused and NoAnswer."""
    return _ask(client, {"grant_type": "refresh_token", "refresh_token": refresh_token})


def _ask(client: Client, form: dict[str, str]) -> Tokens:
    uow.end_reading()
    pair = base64.b64encode(f"{client.client_id}:{client.secret}".encode()).decode()
    secrets = frozenset({pair, client.secret, *(form[name] for name in ("code", "refresh_token") if name in form)})
    http = HttpClient(logging.getLogger(__name__), secrets=secrets)
    try:
        response = http.request(
            "POST", client.login_url + EXCHANGE_PATH, headers={"authorization": f"Basic {pair}"}, form=form | _KIND
        )
        return _tokens(response)
    except (NotSent, OutcomeUnknown) as error:
        raise NoAnswer(str(error)) from error


def _tokens(response: HttpResponse) -> Tokens:
    answer = response.answer()
    if not response.ok:
        code = answer.optional_text("error")
        if code is None:
            raise OutcomeUnknown(f"ANAF answered {response.status}")
        raise Refused(code[:_MOST_TEXT], (answer.optional_text("error_description") or "")[:_MOST_TEXT])
    access, renewal = answer.text("access_token"), answer.optional_text("refresh_token")
    ends_at = _end_of(access)
    if ends_at is None:
        ends_at = clock.machine_now() + timedelta(seconds=answer.integer("expires_in"))
    return Tokens(access, ends_at, renewal, None if renewal is None else _end_of(renewal))


def _end_of(token: str) -> datetime | None:
    """Return the `exp` of a JWT, which is read for planning and not trusted; None where it has none."""
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
        return datetime.fromtimestamp(claims["exp"], tz=UTC)
    except (IndexError, KeyError, TypeError, ValueError, OverflowError, OSError):
        return None
