"""The registry: which names are free, and until when they are registered.

A name whose first label begins with "taken" or "ocupat" is always taken, with "reserved" or "rezervat" never
allowed, and with "premium" free at a price of its own; every other one is free until somebody registers it.
"""

import json
import re
from datetime import datetime, timedelta
from sqlite3 import Connection, Row

from praho_sandbox.world import payloads
from praho_sandbox.world.errors import Refusal
from praho_sandbox.world.ids import new_id
from praho_sandbox.world.payloads import Payload

_NAME = re.compile(r"(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]")
_PREMIUM_PRICE = {"amount": 150_000, "currency": "EUR"}


def check(connection: Connection, payload: Payload) -> Payload:
    """Answer for each of up to 50 names, in the order asked."""
    names = payloads.texts(payload, "names", 1, 50)
    return {"domains": [_availability(connection, name) for name in names]}


def register(connection: Connection, payload: Payload, key: str, now: datetime) -> Payload:
    """Register a name and answer with the registration."""
    name = payloads.text(payload, "name")
    years = payloads.number(payload, "years", 1, 10)
    nameservers = payloads.texts(payload, "nameservers", 2, 13)
    registrant = payloads.child(payload, "registrant")
    for field in ("name", "email"):
        payloads.text(registrant, field)
    _check_free(connection, name)
    connection.execute(
        "INSERT INTO domains VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            name,
            new_id("dom"),
            key,
            years,
            json.dumps(registrant),
            json.dumps(nameservers),
            now.isoformat(),
            expiry(name, now, years).isoformat(),
        ),
    )
    return get(connection, name)


def get(connection: Connection, name: str) -> Payload:
    """Answer with a registration, or refuse with 404."""
    row = connection.execute("SELECT * FROM domains WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise Refusal(404, "not_found", f"{name} is not registered with this account")
    return {"domain": _domain(row)}


def expiry(name: str, start: datetime, years: int) -> datetime:
    """Return when a registration ends: a .ro year has 365 days, any other one is a calendar year."""
    if name.endswith(".ro"):
        return start + timedelta(days=365 * years)
    try:
        return start.replace(year=start.year + years)
    except ValueError:
        # 29 February in a year that has none.
        return start.replace(year=start.year + years, day=28)


def _availability(connection: Connection, name: str) -> Payload:
    label = name.partition(".")[0]
    answer: Payload = {"name": name, "status": "available", "premium": False, "price": None}
    if not _NAME.fullmatch(name) or label.startswith(("reserved", "rezervat")):
        return answer | {"status": "not_allowed"}
    held = connection.execute("SELECT 1 FROM domains WHERE name = ?", (name,)).fetchone()
    if held is not None or label.startswith(("taken", "ocupat")):
        return answer | {"status": "taken"}
    if label.startswith("premium"):
        return answer | {"premium": True, "price": _PREMIUM_PRICE}
    return answer


def _check_free(connection: Connection, name: str) -> None:
    found = _availability(connection, name)
    if found["status"] == "taken":
        raise Refusal(409, "taken", f"{name} is taken")
    if found["status"] == "not_allowed" or found["premium"]:
        raise Refusal(422, "not_allowed", f"{name} cannot be registered at the standard price")


def _domain(row: Row) -> Payload:
    return {
        "id": row["id"],
        "name": row["name"],
        "key": row["key"],
        "registered_at": row["registered_at"],
        "expires_at": row["expires_at"],
        "nameservers": json.loads(row["nameservers"]),
    }
