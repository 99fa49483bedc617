"""The levers for tests and demonstrations: arm faults, look at what was asked, move the clock, forget everything.

They need no key: the world holds nothing real and listens on the local machine.
"""

import json
from datetime import datetime
from sqlite3 import Connection, Row
from typing import Any

from flask import Blueprint, Response, request

from praho_sandbox.world import payloads, payments, settling
from praho_sandbox.world.errors import Refusal
from praho_sandbox.world.outside import here
from praho_sandbox.world.payloads import Payload

bp = Blueprint("admin", __name__)

_LONGEST_WAIT = 30.0
_LONGEST_DELAY = 3600


@bp.get("/health")
def health() -> Response:
    """Say that the world serves and its file can be written."""
    with here().storage.transaction() as connection:
        connection.execute("SELECT count(*) FROM domains").fetchone()
    return _json({"status": "ok"})


@bp.post("/__faults__")
def arm_fault() -> Response:
    """Arm a fault: `operation`, `mode`, `times` (1) and, for the slow ones, `delay` in seconds."""
    payload = _payload()
    number = here().faults.arm(
        payloads.text(payload, "operation"),
        payloads.text(payload, "mode"),
        payloads.number({"times": 1} | payload, "times", 1, 1000),
        _delay(payload),
    )
    return _json({"fault": number}, 201)


@bp.get("/__faults__")
def show_faults() -> Response:
    """List the faults, armed or spent."""
    return _rows("faults")


@bp.get("/__faults__/<int:number>/fired")
def fault_fired(number: int) -> Response:
    """Say whether a fault has met a call and done what it does; `wait` seconds for it."""
    seconds = min(request.args.get("wait", 0.0, type=float), _LONGEST_WAIT)
    return _json({"fired": here().faults.wait_until_fired(number, seconds)})


@bp.get("/__state__")
def show_state() -> Response:
    """List everything that exists: domains, accounts and payments, oldest first."""
    with here().storage.transaction() as connection:
        return _json({table: _all(connection, table) for table in ("domains", "accounts", "payments")})


@bp.get("/__requests__")
def show_requests() -> Response:
    """List what the API was asked, oldest first."""
    return _rows("requests")


@bp.get("/__webhooks__")
def show_webhooks() -> Response:
    """List the webhooks, sent or to be sent."""
    return _rows("deliveries")


@bp.post("/__webhooks__/release")
def release_webhooks() -> Response:
    """Send what an endless delay holds back."""
    with here().storage.transaction() as connection:
        connection.execute("UPDATE deliveries SET due_at = 0 WHERE due_at IS NULL")
    here().delivery.wake()
    return _json({})


@bp.post("/__webhooks__/send")
def send_webhooks() -> Response:
    """Report a payment, by its `key`, once more and as it stands; an armed fault applies."""
    with here().storage.transaction() as connection:
        settling.report(connection, _payment(connection))
    here().delivery.wake()
    return _json({}, 201)


@bp.post("/__pay__")
def pay() -> Response:
    """Do what a customer would on the pay page, for a payment's `key`: approve, or decline with a `failure`."""
    failure = payloads.text(_payload(), "failure", required=False) or None
    with here().storage.transaction() as connection:
        settling.finish(connection, _payment(connection)["id"], failure)
    here().delivery.wake()
    return _json({})


@bp.post("/__clock__")
def move_clock() -> Response:
    """Let business time tick on from `now`, an ISO instant with an offset, or from the machine's time when null."""
    given = _payload().get("now")
    try:
        instant = None if given is None else datetime.fromisoformat(str(given))
    except ValueError:
        raise Refusal(422, "invalid", "now must be an ISO instant") from None
    if instant is not None and instant.tzinfo is None:
        raise Refusal(422, "invalid", "now must carry an offset")
    here().clock.move_to(instant)
    return _json({"now": here().clock.now().isoformat()})


@bp.post("/__reset__")
def reset() -> Response:
    """Forget everything but the time."""
    here().storage.reset()
    return _json({})


@bp.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """Word a refusal."""
    return _json({"error": {"code": refusal.code, "message": refusal.message}}, refusal.status)


def _payload() -> Payload:
    payload = request.get_json(force=True, silent=True)
    if not isinstance(payload, dict):
        raise Refusal(422, "invalid", "the body must be a JSON object")
    return payload


def _delay(payload: Payload) -> float | None:
    value = payload.get("delay")
    if value is None:
        return None
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= _LONGEST_DELAY:
        raise Refusal(422, "invalid", f"delay must be seconds, up to {_LONGEST_DELAY}")
    return float(value)


def _payment(connection: Connection) -> Row:
    payment = payments.by_key(connection, payloads.text(_payload(), "key"))
    if payment is None:
        raise Refusal(404, "not_found", "no payment was started under this key")
    return payment


def _rows(table: str) -> Response:
    with here().storage.transaction() as connection:
        return _json({table: _all(connection, table)})


def _all(connection: Connection, table: str) -> list[dict[str, Any]]:
    rows = connection.execute(f"SELECT * FROM {table} ORDER BY rowid")  # noqa: S608
    return [dict(row) for row in rows]


def _json(body: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(body), status, mimetype="application/json")
