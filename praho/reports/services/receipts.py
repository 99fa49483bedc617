"""The journal of receipts: every payment of a period, and the documents that it went to."""

from collections.abc import Iterator
from dataclasses import dataclass

from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.core.web.paging import PAGE_SIZE, Page
from praho.models.billing.payments import PaymentMethod
from praho.reports.repos import receipts as repos
from praho.reports.services import words
from praho.reports.types import Cell, Period, Receipt, Sheet

_FILE_NAME = "receipts"
_MOST_PAGES = 100_000


@dataclass(frozen=True, slots=True)
class MethodTotal:
    """What came in by one method in one currency."""

    method: PaymentMethod
    receipts: int
    amount: Money


def totals(period: Period) -> list[MethodTotal]:
    """Return what came in, by method and currency. One query."""
    return [MethodTotal(method, count, amount) for method, count, amount in repos.summed(period)]


def page(period: Period, cursor: str | None) -> Page[Receipt]:
    """Return a page of the receipts, in the order of the days. One query; a damaged cursor gives the first page."""
    number = int(cursor) if cursor and cursor.isascii() and cursor.isdecimal() and len(cursor) <= 6 else 0
    number = min(number, _MOST_PAGES)
    found = repos.some(period, number * PAGE_SIZE, PAGE_SIZE + 1)
    return Page(
        found[:PAGE_SIZE],
        str(number - 1) if number > 0 else None,
        str(number + 1) if len(found) > PAGE_SIZE else None,
    )


def sheet(period: Period) -> Sheet:
    """Return the receipts as a table: a row for each document that a payment went to, and one for what is left of it.

    Its rows are read from the database while they are taken.
    """
    return Sheet(
        f"{_FILE_NAME}-{period.code}",
        (
            _("Received on"), _("How"), _("Provider"), _("Reference"), _("Customer"), _("Payment"), _("Document"),
            _("Invoice"), _("Amount"), _("Currency"),
        ),
        _rows(period, words.Plain.now(), _("sent back")),
    )  # fmt: skip


def _rows(period: Period, plain: words.Plain, sent_back: str) -> Iterator[tuple[Cell, ...]]:
    sums: dict[str, int] = {}
    for receipt in repos.streamed(period):
        head = (
            receipt.received_on,
            plain.methods[receipt.method],
            receipt.provider,
            receipt.reference,
            receipt.customer,
            receipt.public_id,
        )
        currency = receipt.amount.currency
        for part in receipt.allocated:
            number = part.number if part.refunded_on is None else sent_back
            yield (*head, number, part.invoice, part.amount.decimal, currency)
        if not receipt.rest.is_zero:
            yield (*head, None, None, receipt.rest.decimal, currency)
        sums[currency] = sums.get(currency, 0) + receipt.amount.minor
    for currency, minor in sorted(sums.items()):
        yield (plain.total, *(None,) * 7, Money(minor, currency).decimal, currency)
