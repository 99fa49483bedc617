"""ANAF's authorization on this machine: the page that sends a code back, and the exchange of codes and tokens."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlencode

from praho.core import clock

PAGE, EXCHANGE = "/anaf-oauth2/v1/authorize", "/anaf-oauth2/v1/token"
ACCESS_LASTS, REFRESH_LASTS = timedelta(days=90), timedelta(days=365)
Answer = tuple[int, dict[str, str], bytes]


def jwt(name: str, ends_at: datetime) -> str:
    """A token in ANAF's shape; nobody checks its signature."""
    claims = json.dumps({"exp": int(ends_at.timestamp()), "jti": name}).encode()
    return f"eyJhbGciOiJSUzUxMiJ9.{base64.urlsafe_b64encode(claims).decode().rstrip('=')}.x"


@dataclass
class Login:
    """What is registered at ANAF, and the tokens that are good now. `meanwhile` is called during each exchange."""

    client_id: str = "praho-client"
    client_secret: str = "praho-secret"
    access_tokens: set[str] = field(default_factory=set)
    refresh_tokens: set[str] = field(default_factory=set)
    codes: dict[str, str] = field(default_factory=dict)
    renewed: int = 0
    made: int = 0
    meanwhile: Callable[[], object] = bool

    def new_tokens(self, refresh_ends_at: datetime | None = None) -> tuple[str, str]:
        """Give out an access token and a refresh token that are good from now on."""
        now = clock.now().astimezone(UTC)
        self.made += 1
        access = jwt(f"access-{self.made}", now + ACCESS_LASTS)
        renewal = jwt(f"refresh-{self.made}", refresh_ends_at or now + REFRESH_LASTS)
        self.access_tokens.add(access)
        self.refresh_tokens.add(renewal)
        return access, renewal

    def page(self, query: dict[str, str]) -> Answer:
        """Let whoever opens the page in; the code goes back with the state that came."""
        if query["client_id"] != self.client_id or query["response_type"] != "code":
            return 400, {}, b"unknown application"
        self.made += 1
        code = f"code-{self.made}"
        self.codes[code] = query["redirect_uri"]
        address = f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"
        return 302, {"Location": address}, b""

    def exchange(self, authorization: str, body: bytes) -> Answer:
        """Exchange a code, once, or a refresh token, which is good no more after that."""
        self.meanwhile()
        form = dict(parse_qsl(body.decode()))
        pair = base64.b64encode(f"{self.client_id}:{self.client_secret}".encode()).decode()
        if authorization != f"Basic {pair}":
            return _json(401, {"error": "invalid_client", "error_description": "fictive"})
        if form.get("grant_type") == "authorization_code":
            expected = self.codes.pop(form.get("code", ""), None)
            good = expected is not None and expected == form.get("redirect_uri")
        else:
            good = form.get("refresh_token") in self.refresh_tokens
            self.refresh_tokens.discard(form.get("refresh_token", ""))
            self.renewed += good
        if not good or form.get("token_content_type") != "jwt":
            return _json(400, {"error": "invalid_grant", "error_description": "fictive"})
        access, renewal = self.new_tokens()
        lasts = int(ACCESS_LASTS.total_seconds())
        return _json(
            200, {"access_token": access, "refresh_token": renewal, "expires_in": lasts, "token_type": "Bearer"}
        )


def _json(status: int, value: dict[str, object]) -> Answer:
    return status, {"Content-Type": "application/json"}, json.dumps(value).encode()
