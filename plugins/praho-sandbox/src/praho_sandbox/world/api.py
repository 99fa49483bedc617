"""The HTTP API that the plugins use: bearer key, JSON in and out, idempotency keys on everything that changes."""

import hashlib
import hmac
import json
import threading
from collections.abc import Callable
from sqlite3 import Connection, Row

from flask import Blueprint, Response, g, request

from praho_sandbox.world import hosting, payments, registry
from praho_sandbox.world.errors import Refusal
from praho_sandbox.world.faults import ApiFault
from praho_sandbox.world.outside import here
from praho_sandbox.world.payloads import Payload

bp = Blueprint("api", __name__, url_prefix="/v1")

DROP_CONNECTION = "praho_sandbox.drop_connection"

_MAX_KEY_LENGTH = 200
_DEFAULT_DELAY = 5.0

Work = Callable[[Connection], Payload]


@bp.get("/account")
def test_connection() -> Response:
    """Say whose key this is."""
    return _answer("connection.test", lambda _connection: {"merchant": here().config.merchant, "test_mode": True})


@bp.post("/domains/check")
def check_domains() -> Response:
    """Say which names are free."""
    return _answer("domains.check", lambda connection: registry.check(connection, _payload()))


@bp.post("/domains")
def register_domain() -> Response:
    """Register a name, once for each key."""
    now = here().clock.now()
    return _change("domains.register", lambda connection, key: registry.register(connection, _payload(), key, now))


@bp.get("/domains/<name>")
def get_domain(name: str) -> Response:
    """Show a registration."""
    return _answer("domains.get", lambda connection: registry.get(connection, name))


@bp.post("/hosting/accounts")
def create_account() -> Response:
    """Create a hosting account, once for each key."""
    now, public_url = here().clock.now(), here().config.public_url
    return _change(
        "accounts.create",
        lambda connection, key: hosting.create(connection, _payload(), key, now, public_url),
    )


@bp.get("/hosting/accounts")
def find_account() -> Response:
    """Show the account that was created under a key."""
    public_url = here().config.public_url
    return _answer("accounts.find", lambda connection: hosting.find(connection, _query_key(), public_url))


@bp.post("/payments")
def start_payment() -> Response:
    """Open a payment, once for each key."""
    outside = here()

    def start(connection: Connection, key: str) -> Payload:
        merchant = outside.config.merchant
        payment_id = payments.start(connection, _payload(), key, merchant, outside.clock.now())
        return {"payment": _payment(payments.by_id(connection, payment_id))}

    return _change("payments.start", start)


@bp.get("/payments")
def look_up_payment() -> Response:
    """Show the payment that was started under a key."""

    def find(connection: Connection) -> Payload:
        row = payments.by_key(connection, _query_key())
        return {"payment": None if row is None else _payment(row)}

    return _answer("payments.lookup", find)


@bp.errorhandler(Refusal)
def refused(refusal: Refusal) -> Response:
    """Word a refusal."""
    return _json(*_worded(refusal))


@bp.after_request
def remember(response: Response) -> Response:
    """Keep what was asked and what was answered, without the content."""
    with here().storage.transaction() as connection:
        connection.execute(
            "INSERT INTO requests (at, operation, key, fault, status) VALUES (?, ?, ?, ?, ?)",
            (
                here().clock.machine_now().isoformat(timespec="seconds"),
                g.get("operation", "?"),
                request.headers.get("Idempotency-Key", ""),
                g.get("fault", ""),
                response.status_code,
            ),
        )
    return response


def _answer(operation: str, work: Work) -> Response:
    """Do the work of an operation unless a fault forbids it, and answer unless a fault spoils it."""
    g.operation = operation
    _check_credentials()
    outside = here()
    with outside.storage.transaction() as connection:
        fault = outside.faults.take(connection, operation)
    if fault is None:
        return _json(*_done(work))
    g.fault = fault["mode"]
    mode = ApiFault(fault["mode"])
    if mode is ApiFault.BEFORE_APPLY:
        outside.faults.mark_fired(fault)
        return _dropped()
    if mode is ApiFault.REFUSE:
        outside.faults.mark_fired(fault)
        raise Refusal(403, "not_allowed", "refused on demand")
    body, status = _done(work)
    outside.faults.mark_fired(fault)
    return _spoiled(mode, fault["delay"], body, status)


def _done(work: Work) -> tuple[Payload, int]:
    try:
        with here().storage.transaction() as connection:
            return work(connection), 200
    except Refusal as refusal:
        return _worded(refusal)


def _worded(refusal: Refusal) -> tuple[Payload, int]:
    return {"error": {"code": refusal.code, "message": refusal.message}}, refusal.status


def _change(operation: str, work: Callable[[Connection, str], Payload]) -> Response:
    """Like `_answer`, with the work done once for each idempotency key; a refusal is not remembered."""
    fingerprint = hashlib.sha256(request.get_data()).hexdigest()

    def once(connection: Connection) -> Payload:
        key = request.headers.get("Idempotency-Key", "")
        if not 1 <= len(key) <= _MAX_KEY_LENGTH:
            raise Refusal(422, "invalid", "an Idempotency-Key header is needed")
        row = connection.execute("SELECT * FROM answers WHERE operation = ? AND key = ?", (operation, key)).fetchone()
        if row is None:
            body = work(connection, key)
            values = (operation, key, fingerprint, json.dumps(body))
            connection.execute("INSERT INTO answers VALUES (?, ?, ?, ?)", values)
            return body
        if row["fingerprint"] != fingerprint:
            raise Refusal(409, "key_reused", "the key was used before for a different request")
        first: Payload = json.loads(row["body"])
        return first

    return _answer(operation, once)


def _spoiled(mode: ApiFault, delay: float | None, body: Payload, status: int) -> Response:
    if mode is ApiFault.AFTER_APPLY:
        return _dropped()
    if mode is ApiFault.ERROR_500:
        return Response("<h1>Internal Server Error</h1>", 500, mimetype="text/html")
    if mode is ApiFault.NONSENSE:
        return _json({"result": "ok"})
    text = json.dumps(body)
    if mode is ApiFault.MALFORMED:
        return Response(text[: len(text) // 2], status, mimetype="application/json")
    threading.Event().wait(_DEFAULT_DELAY if delay is None else delay)
    return _json(body, status)


def _dropped() -> Response:
    request.environ[DROP_CONNECTION] = True
    return Response(status=503)


def _check_credentials() -> None:
    given = request.headers.get("Authorization", "")
    if not hmac.compare_digest(given.encode(), f"Bearer {here().config.api_key}".encode()):
        raise Refusal(401, "authentication", "the API key is not valid")


def _payload() -> Payload:
    payload = request.get_json(force=True, silent=True)
    if not isinstance(payload, dict):
        raise Refusal(422, "invalid", "the body must be a JSON object")
    return payload


def _query_key() -> str:
    key = request.args.get("key", "")
    if not key:
        raise Refusal(422, "invalid", "a key is needed")
    return key


def _payment(row: Row) -> Payload:
    return payments.describe(row, here().config.public_url)


def _json(body: Payload, status: int = 200) -> Response:
    return Response(json.dumps(body), status, mimetype="application/json")
