"""The hosting panel: accounts, one for each domain."""

import re
from datetime import datetime
from sqlite3 import Connection, Row

from praho_sandbox.world import payloads
from praho_sandbox.world.errors import Refusal
from praho_sandbox.world.ids import new_id
from praho_sandbox.world.payloads import Payload


def create(connection: Connection, payload: Payload, key: str, now: datetime, public_url: str) -> Payload:
    """Create an account and answer with it. The password is checked and not kept: nobody signs in here."""
    domain = payloads.text(payload, "domain").lower()
    package = payloads.text(payload, "package")
    email = payloads.text(payload, "contact_email")
    if len(payloads.text(payload, "password")) < 8:
        raise Refusal(422, "invalid", "the password must have 8 characters or more")
    if connection.execute("SELECT 1 FROM accounts WHERE domain = ?", (domain,)).fetchone() is not None:
        raise Refusal(409, "taken", f"{domain} is hosted here already")
    account_id = new_id("acc")
    connection.execute(
        "INSERT INTO accounts VALUES (?, ?, ?, ?, ?, ?, ?)",
        (account_id, key, _username(connection, domain), domain, package, email, now.isoformat()),
    )
    row = connection.execute("SELECT * FROM accounts WHERE id = ?", (account_id,)).fetchone()
    return {"account": _account(row, public_url)}


def find(connection: Connection, key: str, public_url: str) -> Payload:
    """Answer with the account that was created under a key, or with null."""
    row = connection.execute("SELECT * FROM accounts WHERE key = ?", (key,)).fetchone()
    return {"account": None if row is None else _account(row, public_url)}


def _username(connection: Connection, domain: str) -> str:
    stem = re.sub(r"[^a-z0-9]", "", domain.partition(".")[0])[:8] or "cont"
    if not stem[0].isalpha():
        stem = f"u{stem}"
    name, number = stem, 1
    while connection.execute("SELECT 1 FROM accounts WHERE username = ?", (name,)).fetchone() is not None:
        number += 1
        name = f"{stem}{number}"
    return name


def _account(row: Row, public_url: str) -> Payload:
    return {
        "id": row["id"],
        "key": row["key"],
        "username": row["username"],
        "domain": row["domain"],
        "package": row["package"],
        "login_url": f"{public_url}/panel/{row['username']}",
        "created_at": row["created_at"],
    }
