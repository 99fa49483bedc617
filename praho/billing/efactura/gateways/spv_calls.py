"""Calling ANAF's e-Factura service: the token, the limits, and what a refusal in words means."""

import logging
import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from praho.billing.efactura.gateways import spv_answers
from praho.billing.efactura.gateways.spv_types import Access, AccessDenied, Later, TryLater
from praho.core import clock
from praho.core.db import uow
from praho.core.errors import TooManyRequests
from praho.core.web import rate_limits
from praho.sdk import errors as sdk_errors
from praho.sdk.http_client import HttpClient, HttpResponse, Timeouts

CALLS_A_MINUTE = 900
"""ANAF allows a thousand; what other programs call with the same certificate counts too."""
_DAY = 86_400
_MOST_ANSWER_BYTES = 32 * 1024 * 1024
_TIMEOUTS = Timeouts(connect=5.0, read=60.0, total=180.0)
# Of what ANAF writes only the families of sentences are stable: the numbers in them are not.
_NO_RIGHTS = re.compile(r"nu aveti drept in spv|sa aveti drept", re.IGNORECASE)
_DAILY_LIMIT = re.compile(r"s-au (facut|incarcat) deja", re.IGNORECASE)


def call(
    access: Access,
    method: str,
    path: str,
    query: Mapping[str, str],
    later: type[Later],
    *,
    content: bytes | None = None,
) -> HttpResponse:
    """Make one call and return its answer, which may be a refusal by status.

    What the caller's scope was reading ends: no transaction waits for the network. Raises `later` where nothing reached
    ANAF, AccessDenied where it does not take the token, and the sdk's OutcomeUnknown where something was sent and no
    answer came back.
    """
    uow.end_reading()
    spend("anaf.calls", access.cif, CALLS_A_MINUTE, 60, later)
    client = HttpClient(
        logging.getLogger(__name__),
        secrets=frozenset({access.token}),
        timeouts=_TIMEOUTS,
        max_response_bytes=_MOST_ANSWER_BYTES,
    )
    headers = {"authorization": f"Bearer {access.token}"} | ({"content-type": "text/plain"} if content else {})
    try:
        response = client.request(method, access.base_url + path, headers=headers, query=query, content=content)
    except sdk_errors.NotSent as error:
        raise later(str(error)) from error
    if response.status in (401, 403):
        raise AccessDenied(f"ANAF answered {response.status}", 3600)
    if response.status == 429:
        raise later("ANAF answered 429: too many calls")
    return response


def asked(access: Access, path: str, query: Mapping[str, str]) -> bytes:
    """Return the body of an answer to a question; raises TryLater where there is none, and AccessDenied."""
    try:
        response = call(access, "GET", path, query, TryLater)
    except sdk_errors.OutcomeUnknown as error:
        raise TryLater(str(error)) from error
    if not response.ok:
        raise TryLater(f"ANAF answered {response.status}", 300)
    return response.body


def spend_daily(name: str, who: str, limit: int) -> None:
    """Count one more of a call of which there are so many a day (UTC); raises TryLater beyond."""
    spend(name, who, limit, _DAY, TryLater)


def spend(name: str, who: str, limit: int, seconds: int, later: type[Later]) -> None:
    """Count one more call, for all processes; raises `later` beyond the limit of the window."""
    try:
        rate_limits.hit(name, who, limit=limit, seconds=seconds)
    except TooManyRequests as refusal:
        raise later(f"{limit} calls in {seconds} seconds are enough", refusal.retry_after) from refusal


def fields(body: bytes) -> dict[str, Any]:
    """Return the JSON object of an answer; raises TryLater for anything else."""
    try:
        return spv_answers.fields(body)
    except spv_answers.Unreadable as error:
        raise TryLater(str(error), 900) from error


def refusal_in(answer: Mapping[str, Any]) -> str | None:
    """Return the sentence with which ANAF refuses, though the status is 200; None where it does not."""
    message = answer.get("eroare")
    return message if isinstance(message, str) and message else None


def reason(message: str, later: type[Later]) -> Later | None:
    """Return the error for a refusal that is not about the call itself: no right to the CIF, or a daily limit."""
    if _NO_RIGHTS.search(message):
        return AccessDenied(message, 3600)
    if _DAILY_LIMIT.search(message):
        return later(message, _until_tomorrow())
    return None


def _until_tomorrow() -> int:
    now = clock.machine_now().astimezone(clock.BUCHAREST)
    midnight = datetime.combine(now.date() + timedelta(days=1), datetime.min.time(), clock.BUCHAREST)
    return int((midnight.astimezone(UTC) - now).total_seconds()) + 300
