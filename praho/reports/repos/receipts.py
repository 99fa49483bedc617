"""The money that came in, and what it paid."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Row, text

from praho.core.db.scope import session
from praho.core.money import Money
from praho.models.billing.payments import PaymentMethod
from praho.reports.types import Allocated, Period, Receipt

_BATCH = 500
# What was given to a proforma that has ended unpaid is free again.
_RECEIPTS = """
    SELECT
        p.id, p.public_id, p.received_on, p.method, p.reference, p.amount_minor, p.currency,
        account.label AS provider, customer.name AS customer,
        d.public_id AS document_id, d.number_text AS number, invoice.number_text AS invoice,
        a.amount_minor AS part, refund.refunded_on
    FROM {payments} p
    JOIN customers_customer customer ON customer.id = p.customer_id
    LEFT JOIN integrations_provider_account account ON account.id = p.account_id
    LEFT JOIN billing_payment_allocation a ON a.payment_id = p.id AND NOT EXISTS (
        SELECT FROM billing_document ended WHERE ended.id = a.document_id
            AND ended.kind = 'proforma' AND ended.state IN ('cancelled', 'lapsed')
    )
    LEFT JOIN billing_document d ON d.id = a.document_id
    LEFT JOIN billing_refund refund ON refund.id = a.refund_id
    LEFT JOIN billing_document invoice
        ON invoice.source_id = d.id AND invoice.kind = 'invoice' AND d.kind = 'proforma'
    ORDER BY p.received_on, p.id, a.id
"""
_PERIOD = "(SELECT * FROM billing_payment WHERE received_on BETWEEN :since AND :until)"
_PAGE = """(
    SELECT * FROM billing_payment
    WHERE received_on BETWEEN :since AND :until ORDER BY received_on, id LIMIT :limit OFFSET :offset
)"""


def streamed(period: Period) -> Iterator[Receipt]:
    """Yield the receipts of a period by a cursor of the server's, in the order of their days."""
    statement = text(_RECEIPTS.format(payments=_PERIOD))
    days = {"since": period.since, "until": period.until}
    rows = session().execute(statement, days, execution_options={"yield_per": _BATCH})
    return (_receipt(list(parts)) for _id, parts in groupby(rows, key=lambda row: row.id))


def some(period: Period, offset: int, limit: int) -> list[Receipt]:
    """Return `limit` receipts of a period from the `offset`-th on."""
    days = {"since": period.since, "until": period.until, "limit": limit, "offset": offset}
    rows = session().execute(text(_RECEIPTS.format(payments=_PAGE)), days).all()
    return [_receipt(list(parts)) for _id, parts in groupby(rows, key=lambda row: row.id)]


def summed(period: Period) -> list[tuple[PaymentMethod, int, Money]]:
    """Return how many receipts each method has, and how much, by method and currency."""
    statement = text("""
        SELECT method, currency, count(*), sum(amount_minor) FROM billing_payment
        WHERE received_on BETWEEN :since AND :until GROUP BY 1, 2 ORDER BY 2 DESC, 4 DESC
    """)
    found = session().execute(statement, {"since": period.since, "until": period.until})
    return [(PaymentMethod(method), count, Money(int(sum_), currency)) for method, currency, count, sum_ in found]


def _receipt(parts: Sequence[Row[Any]]) -> Receipt:
    head = parts[0]
    return Receipt(
        public_id=head.public_id,
        received_on=head.received_on,
        method=PaymentMethod(head.method),
        provider=head.provider,
        reference=head.reference,
        customer=head.customer,
        amount=Money(head.amount_minor, head.currency),
        allocated=tuple(
            Allocated(Money(part.part, head.currency), part.document_id, part.number, part.invoice, part.refunded_on)
            for part in parts
            if part.part is not None
        ),
    )
