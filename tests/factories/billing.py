"""Billing for tests: the company's settings, an invoice series, proformas through the service."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import select

from praho.billing.documents.sale import SaleLine
from praho.billing.documents.services import proformas
from praho.billing.payments.services import settlement
from praho.billing.tax.exchange import Rate
from praho.billing.tax.services import exchange_rates
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.models.billing.documents import Document, DocumentKind, NumberSeries
from praho.models.billing.payments import PaymentMethod
from praho.models.customers import Customer
from praho.models.settings import Setting

COMPANY: Mapping[str, object] = {
    "company.name": "Găzduire Exemplu S.R.L.",
    "company.cui": "14399840",
    "company.vat_payer": True,
    "company.reg_com": "J40/1234/2020",
    "company.share_capital": "200 RON",
    "company.street": "Strada Știrbei Vodă nr. 10",
    "company.city": "SECTOR1",
    "company.county": "RO-B",
    "company.post_code": "010101",
    "company.country": "RO",
    "company.iban": "RO49AAAA1B31007593840000",
    "company.bank": "Banca Exemplu",
    "company.email": "facturi@gazduire.example",
    "company.phone": "+40213100000",
}


def make_company(**values: object) -> None:
    """Set the company's data; `values` replace the defaults, None leaves a setting out."""
    named = {**COMPANY, **{f"company.{name}": value for name, value in values.items()}}
    with entered(SystemScope("factory")), unit_of_work() as session:
        session.add_all(
            Setting(key=key, value=value, updated_at=clock.now()) for key, value in named.items() if value is not None
        )


def make_series(prefix: str = "EXF", **values: object) -> NumberSeries:
    """Open the invoice series."""
    row = NumberSeries(**{"kind": DocumentKind.INVOICE, "prefix": prefix, "padding": 4, "next_number": 1, **values})
    with entered(SystemScope("factory")), unit_of_work() as session:
        session.add(row)
    return row


def set_setting(key: str, value: object) -> None:
    """Set one setting that nobody has set yet."""
    with entered(SystemScope("factory")), unit_of_work() as session:
        session.add(Setting(key=key, value=value, updated_at=clock.now()))


def sell_in_euro(lei: str = "5.0812", *, days_old: int = 1) -> None:
    """Have the shop sell in euro too, at a rate that the National Bank published some days ago."""
    set_setting("shop.sells_in_euro", True)
    set_setting("company.iban_eur", "RO09BCYP0000001234567890")
    keep_rate(lei, clock.today() - timedelta(days=days_old))


def keep_rate(lei: str, published_on: date) -> None:
    """Keep a rate of the euro."""
    with entered(SystemScope("factory")):
        exchange_rates.keep([Rate("EUR", Decimal(lei), published_on)])


def make_seller() -> None:
    """Set up everything that issuing needs."""
    make_company()
    make_series()


def make_proforma(customer: Customer, *prices: int, subject: tuple[str, str] | None = None) -> str:
    """Issue a proforma with one line for each net price (in bani; one of 100 RON by default); return its id."""
    lines = [SaleLine(f"Găzduire web {number}", price) for number, price in enumerate(prices or (10_000,), start=1)]
    with entered(SystemScope("factory")):
        issued = proformas.issue(
            customer.id, lines, currency="RON", locale="ro", due_date=clock.today(), subject=subject
        )
        return issued.public_id


def make_invoice(customer: Customer, *prices: int) -> str:
    """Issue a proforma and have it paid by transfer; return the public id of its invoice."""
    proforma = document(make_proforma(customer, *prices))
    settle(proforma.public_id)
    return next(row.public_id for row in documents(DocumentKind.INVOICE) if row.source_id == proforma.id)


def settle(proforma_id: str) -> None:
    """Have a proforma paid in full by transfer, today."""
    proforma = document(proforma_id)
    with entered(SystemScope("factory")):
        settlement.settle(
            settlement.Receipt(
                proforma_id,
                PaymentMethod.BANK_TRANSFER,
                proforma.total_minor,
                proforma.currency,
                clock.today(),
                "OP 1",
            )
        )


def document(public_id: str) -> Document:
    """Return a document as it is now."""
    with entered(SystemScope("test")) as session:
        return session.scalars(select(Document).where(Document.public_id == public_id)).one()


def documents(kind: DocumentKind) -> list[Document]:
    """Return all documents of a kind, in the order of their numbers."""
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(Document).where(Document.kind == kind).order_by(Document.number)))
