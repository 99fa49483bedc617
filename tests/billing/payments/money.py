"""Money in tests: transfers that arrive, and how the customer's account stands after them."""

from collections.abc import Sequence

from sqlalchemy import func, select

from praho.billing.payments.services import balances, placing, settlement
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.money import Money
from praho.models.billing.documents import Document, DocumentKind
from praho.models.billing.payments import LedgerEntry, LedgerKind, PaymentMethod
from praho.models.customers import Customer
from tests.factories import billing


def arrive(
    customer: Customer, minor: int, *shares: tuple[str, int], currency: str = "RON", reference: str = "OP 7"
) -> settlement.Settlement:
    """Have a transfer arrive, spread over proformas as `shares` say; without any it is the customer's balance."""
    with entered(SystemScope("test")):
        return settlement.settle(
            settlement.Receipt(
                None,
                PaymentMethod.BANK_TRANSFER,
                minor,
                currency,
                clock.today(),
                reference,
                shares=tuple(settlement.Share(*share) for share in shares),
                customer_id=customer.id,
            )
        )


def pay(proforma: str, minor: int, reference: str = "OP 1") -> settlement.Settlement:
    """Have a transfer for one proforma arrive."""
    with entered(SystemScope("test")):
        return settlement.settle(
            settlement.Receipt(proforma, PaymentMethod.BANK_TRANSFER, minor, "RON", clock.today(), reference)
        )


def balance(customer: Customer, currency: str = "RON") -> int:
    """Return what the customer may use, in minor units."""
    with entered(SystemScope("test")):
        return balances.in_currency(customer.id, currency).minor


def left(proforma: str) -> int:
    """Return what is left to pay of a document."""
    return placing.left_of(billing.document(proforma))


def booked(kind: LedgerKind | None = None) -> list[int]:
    """Return the amounts of the ledger, the oldest first."""
    statement = select(LedgerEntry.amount_minor).order_by(LedgerEntry.id)
    if kind is not None:
        statement = statement.where(LedgerEntry.kind == kind)
    with entered(SystemScope("test")) as session:
        return list(session.scalars(statement))


def owed(customer: Customer) -> int:
    """Return the ledger's balance in lei."""
    statement = select(func.coalesce(func.sum(LedgerEntry.amount_minor), 0)).where(
        LedgerEntry.customer_id == customer.id, LedgerEntry.currency == "RON"
    )
    with entered(SystemScope("test")) as session:
        return int(session.execute(statement).scalar_one())


def invoices() -> Sequence[Document]:
    """Return every invoice, in the order of the numbers."""
    return billing.documents(DocumentKind.INVOICE)


def lei(minor: int) -> Money:
    """Return bani as money."""
    return Money(minor, "RON")
