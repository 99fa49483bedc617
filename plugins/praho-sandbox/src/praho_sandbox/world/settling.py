"""How a payment ends, and that PRAHO hears of it."""

from sqlite3 import Connection, Row

from praho_sandbox.world import payments, webhooks
from praho_sandbox.world.faults import WEBHOOK
from praho_sandbox.world.outside import here


def finish(
    connection: Connection, payment_id: str, failure: str | None, *, answers: int = 1, silent: bool = False
) -> Row:
    """Close a payment, report it and return it as it stands now; one that was closed before stays as it is.

    `failure` is why the bank declined, None where it paid. The end is reported `answers` times, or never where
    the bank is `silent`.
    """
    if payments.finish(connection, payment_id, failure, here().clock.now()) and not silent:
        report(connection, payments.by_id(connection, payment_id), answers=answers)
    return payments.by_id(connection, payment_id)


def report(connection: Connection, payment: Row, *, answers: int = 1) -> None:
    """Queue the reports of a payment, under the webhook fault that is armed, if any."""
    outside = here()
    described = payments.describe(payment, outside.config.public_url)
    planned = webhooks.reports(described, outside.clock.now(), answers=answers)
    fault = outside.faults.take(connection, WEBHOOK)
    webhooks.enqueue(connection, payment, webhooks.misbehave(planned, fault))
