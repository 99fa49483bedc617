"""Keeping secrets out of logs: by the name of a field, and by the value of a known secret."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

MASK = "***"
MAX_LOGGED_CHARACTERS = 2000

_SENSITIVE = re.compile(
    r"pass|pwd|secret|token|authoriz|api[-_]?key|auth[-_]?(code|key)|epp|cookie|signature|credential|card|cvv|cvc|iban"
    r"|cnp|identifier|private",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Masker:
    """Replaces secrets by stars. `secrets` are values that may stand anywhere, such as the account's API
    key.
    """

    secrets: frozenset[str] = frozenset()

    def text(self, value: str) -> str:
        """Return `value` without any of the known secrets, also where it quotes them percent-encoded."""
        # The longest first: a secret may contain another one.
        for secret in sorted(self.secrets, key=len, reverse=True):
            if secret:
                value = value.replace(secret, MASK).replace(quote(secret, safe=""), MASK)
        return value

    def url(self, url: str) -> str:
        """Return an address without user, password and the values of sensitive parameters."""
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
        query = urlencode(self._pairs(parse_qsl(parts.query, keep_blank_values=True)), safe="*")
        return self.text(urlunsplit((parts.scheme, host, parts.path, query, "")))

    def headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        """Return headers in lower case, the sensitive ones starred."""
        return dict(self._pairs((name.lower(), value) for name, value in headers.items()))

    def body(self, body: bytes, content_type: str) -> str:
        """Return a JSON or form body with sensitive fields starred, shortened; of anything else only its
        size.
        """
        if not body:
            return ""
        shown = self._structured(body, content_type)
        return f"({len(body)} bytes)" if shown is None else self.text(shown)[:MAX_LOGGED_CHARACTERS]

    def _structured(self, body: bytes, content_type: str) -> str | None:
        try:
            text = body.decode()
            if "json" in content_type:
                return json.dumps(self._json(json.loads(text)), ensure_ascii=False)
        except ValueError:
            return None
        if "form-urlencoded" in content_type:
            return urlencode(self._pairs(parse_qsl(text, keep_blank_values=True)), safe="*")
        return None

    def _json(self, value: object) -> object:
        if isinstance(value, dict):
            return {name: MASK if _SENSITIVE.search(str(name)) else self._json(item) for name, item in value.items()}
        if isinstance(value, list):
            return [self._json(item) for item in value]
        return value

    def _pairs(self, pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
        return [(name, MASK if _SENSITIVE.search(name) else self.text(value)) for name, value in pairs]
