"""Ready documents for the tests of billing: a hosting company in Bucharest and its customers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from praho.billing import types
from praho.billing.documents import pricing, snapshot
from praho.models.billing.documents import DocumentKind

SELLER = snapshot.Party(
    kind=types.PartyKind.COMPANY,
    name="EXEMPLU HOSTING S.R.L.",
    address=snapshot.Address(
        country="RO",
        county="RO-B",
        city="SECTOR3",
        street="Strada Exemplului nr. 10",
        postal_code="030167",
    ),
    tax_number="12345674",
    vat_payer=True,
    vat_id="RO12345674",
    registration_number="J40/1234/2020",
    share_capital="200 RON",
    contact_name="Facturare",
    email="facturare@exemplu.example",
    phone="+40 310 000 000",
    bank_accounts=(snapshot.BankAccount("RO49AAAA1B31007593840000", "Banca Exemplu"),),
)

COMPANY = snapshot.Party(
    kind=types.PartyKind.COMPANY,
    name="CLIENT TEST S.R.L.",
    address=snapshot.Address(
        country="RO",
        county="RO-CJ",
        city="Cluj-Napoca",
        street="Bulevardul Eroilor nr. 1",
        postal_code="400129",
    ),
    tax_number="87654329",
    vat_payer=True,
    vat_id="RO87654329",
    registration_number="J12/5678/2019",
    email="contabilitate@client-test.example",
)

COMPANY_WITHOUT_VAT = replace(COMPANY, vat_payer=False, vat_id=None)

PERSON = snapshot.Party(
    kind=types.PartyKind.PERSON,
    name="Măriuța Ionescu-Țepeș",
    address=snapshot.Address(country="RO", county="RO-B", city="SECTOR2", street="Strada Florilor nr. 5"),
)


def draft(description, price, quantity="1", **changes):
    """A line draft; the price is in major units."""
    values = {
        "unit_code": "H87",
        "category": types.TaxCategory.STANDARD,
        "rate": Decimal(21),
        **changes,
    }
    return pricing.LineDraft(
        description=description, quantity=Decimal(quantity), unit_price_minor=Decimal(price) * 100, **values
    )


DRAFTS = (
    draft(
        "Găzduire web Standard - client-test.ro",
        "239.88",
        unit_code="ANN",
        period_start=date(2026, 10, 5),
        period_end=date(2027, 10, 4),
    ),
    draft("Domeniu client-test.ro, 1 an", "49.90"),
    draft("Trafic suplimentar", "0.37", "13.5", unit_code="E34"),
)


def document(drafts=DRAFTS, *, discount_minor=0, **changes):
    """An unpaid invoice to a company; `changes` replace fields."""
    currency = changes.get("currency", "RON")
    priced = pricing.price(currency, drafts, discount_minor=discount_minor)
    values = {
        "kind": DocumentKind.INVOICE,
        "series": "EXH",
        "number": "EXH-000001",
        "issue_date": date(2026, 10, 5),
        "tax_point": date(2026, 10, 5),
        "due_date": date(2026, 10, 20),
        "currency": currency,
        "locale": "ro",
        "seller": SELLER,
        "buyer": COMPANY,
        **changes,
    }
    return snapshot.DocumentSnapshot(
        lines=priced.lines,
        subtotals=priced.subtotals,
        totals=priced.totals,
        allowances=priced.allowances,
        **values,
    )


def payment(amount_minor, method=types.PaymentMethod.CARD):
    """Money received on the day of the sample documents."""
    return snapshot.PaymentFact(method=method, amount_minor=amount_minor, paid_on=date(2026, 10, 5))


def paid(invoice, method=types.PaymentMethod.CARD):
    """The same document, paid in full when it was issued."""
    return replace(invoice, payments=(payment(invoice.totals.total_minor, method),))


def proforma(drafts=DRAFTS, **changes):
    """An unpaid proforma to a company."""
    return document(drafts, **{"kind": DocumentKind.PROFORMA, "series": "PRF", "number": "PRF-000017", **changes})
