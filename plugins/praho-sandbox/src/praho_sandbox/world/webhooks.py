"""What the bank reports to PRAHO: which reports there are, and what the armed misbehaviour makes of them."""

import json
import time
from dataclasses import dataclass, replace
from datetime import datetime
from sqlite3 import Connection, Row

from praho_sandbox.world import payments
from praho_sandbox.world.faults import WebhookFault
from praho_sandbox.world.ids import new_id
from praho_sandbox.world.payloads import Payload

_DUPLICATES = 5


@dataclass(frozen=True, slots=True)
class Report:
    """One webhook to send: a signed body, `delay` seconds from now, or when released where that is None."""

    event_id: str
    body: Payload
    delay: float | None = 0.0
    forged: bool = False


def reports(payment: Payload, now: datetime, *, answers: int = 1) -> list[Report]:
    """Return the reports of a finished payment: that it is being processed, then how it ended.

    `answers` is how often the end is reported, each time as an event of its own.
    """
    processing = payment | {"state": payments.OPEN, "failure": None}
    return [_report(processing, now)] + [_report(payment, now) for _ in range(answers)]


def misbehave(planned: list[Report], fault: Row | None) -> list[Report]:
    """Return the reports as the fault lets them out."""
    if fault is None:
        return planned
    mode = WebhookFault(fault["mode"])
    if mode is WebhookFault.NEVER:
        return []
    if mode is WebhookFault.DUPLICATE:
        return [report for report in planned for _ in range(_DUPLICATES)]
    if mode is WebhookFault.REORDER:
        return planned[::-1]
    if mode is WebhookFault.DELAY:
        return [replace(report, delay=fault["delay"]) for report in planned]
    if mode is WebhookFault.FORGE:
        return [replace(report, forged=True) for report in planned]
    return [_falsified(report, mode) for report in planned]


def enqueue(connection: Connection, payment: Row, planned: list[Report]) -> None:
    """Keep the reports until they are delivered."""
    for report in planned:
        due = None if report.delay is None else time.time() + report.delay
        connection.execute(
            "INSERT INTO deliveries (event_id, payment_id, url, body, forged, due_at) VALUES (?, ?, ?, ?, ?, ?)",
            (
                report.event_id,
                payment["id"],
                payment["webhook_url"],
                json.dumps(report.body),
                report.forged,
                due,
            ),
        )


def _report(payment: Payload, now: datetime) -> Report:
    event_id = new_id("evt")
    body = {"id": event_id, "type": "payment.updated", "created_at": now.isoformat(), "payment": payment}
    return Report(event_id, body)


def _falsified(report: Report, mode: WebhookFault) -> Report:
    payment = report.body["payment"]
    falsified = {
        WebhookFault.WRONG_AMOUNT: {"amount": payment["amount"] + 1},
        WebhookFault.WRONG_CURRENCY: {"currency": "USD" if payment["currency"] == "EUR" else "EUR"},
        WebhookFault.WRONG_ACCOUNT: {"merchant": f"not-{payment['merchant']}"},
    }[mode]
    return replace(report, body=report.body | {"payment": payment | falsified})
