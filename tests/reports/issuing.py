"""Fiscal documents of every treatment for the tests of the reports, stored as the services store them."""

import itertools
from dataclasses import replace
from datetime import date
from decimal import Decimal

from praho.billing import types
from praho.billing.documents import credit, snapshot
from praho.billing.documents.services import crediting, storing
from praho.billing.documents.services.numbering import Number
from praho.billing.tax import exchange
from praho.billing.tax.exchange import Rate
from praho.billing.tax.types import Rule, TaxDecision, VatIdStatus
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.models.billing.documents import Document, DocumentKind
from praho.models.customers import Customer
from tests.billing import samples
from tests.factories import billing

DAY = date(2026, 10, 5)
RATE = Rate("EUR", Decimal("5.0912"), date(2026, 10, 2))
GERMAN = replace(
    samples.COMPANY,
    name="Beispiel GmbH",
    address=snapshot.Address("DE", "Berlin", "Hauptstraße 1"),
    tax_number=None,
    vat_id="DE136695976",
    registration_number=None,
)
_numbers = itertools.count(1)


class Books:
    """A seller's documents: one customer, an invoice series and a series of credit notes."""

    def __init__(self, customer: Customer) -> None:
        billing.make_company()
        self.customer = customer
        self.series = billing.make_series("EXF", next_number=100_000)
        self.notes = billing.make_series("EXS", kind=DocumentKind.CREDIT_NOTE)

    def invoice(self, *drafts, day=DAY, issued=None, rule=Rule.HOME, place="RO", number=None, **changes) -> Document:
        """Issue an invoice of some line drafts (one of 100 lei at 21 % by default), chargeable on `day`."""
        currency = changes.get("currency", "RON")
        document = samples.document(
            drafts or (samples.draft("Găzduire", "100"),),
            **{
                "issue_date": issued or day,
                "tax_point": day,
                "due_date": issued or day,
                "exchange": None if currency == "RON" else replace(RATE, currency=currency),
                **changes,
            },
        )
        return self.keep(replace(document, tax=decision(document, rule, place)), number=number)

    def reverse(self, *drafts, buyer=GERMAN, **changes) -> Document:
        """Issue an invoice to a business of another member state."""
        made = drafts or (untaxed("Server", "50"),)
        country = buyer.address.country
        return self.invoice(*made, rule=Rule.REVERSE_CHARGE, place=country, buyer=buyer, **changes)

    def shop(self, country, percent, price="52", **changes) -> Document:
        """Issue an invoice to a consumer who is taxed at home."""
        buyer = replace(samples.PERSON, address=snapshot.Address(country, "Orașul", "Strada 1"))
        line = samples.draft("Găzduire", price, rate=Decimal(percent))
        return self.invoice(line, rule=Rule.DESTINATION, place=country, **{"buyer": buyer, **changes})

    def keep(self, document: snapshot.DocumentSnapshot, source_id=None, number=None) -> Document:
        """Store a document under the next number."""
        note = document.kind is DocumentKind.CREDIT_NOTE
        series, number = (self.notes if note else self.series), number or next(_numbers)
        text = f"{series.prefix}{number:04}"
        taken = Number(series.id, series.prefix, number, text)
        with entered(SystemScope("test")), unit_of_work():
            return storing.store(
                replace(document, series=series.prefix, number=text),
                customer_id=self.customer.id,
                number=taken,
                subject=None,
                line_subjects=[None] * len(document.lines),
                source_id=source_id,
            )

    def credit(self, invoice: Document, *parts: credit.Part, on=DAY) -> Document:
        """Credit parts of an invoice, or all of it, on a day."""
        with entered(SystemScope("test")):
            found = crediting.creditable(invoice.public_id)
        content = found.content
        priced = credit.compose(content, [], parts or None)
        note = replace(
            content,
            kind=DocumentKind.CREDIT_NOTE,
            issue_date=on,
            due_date=on,
            tax_point=on,
            lines=priced.lines,
            allowances=priced.allowances,
            subtotals=priced.subtotals,
            totals=priced.totals,
            payments=(),
            advances=tuple(
                replace(fact, net_minor=-fact.net_minor, vat_minor=-fact.vat_minor) for fact in content.advances
            )
            if not parts
            else (),
        )
        return self.keep(note, source_id=invoice.id)

    def again(self, invoice: Document, note: Document, on=DAY) -> Document:
        """Issue anew what a note took back whole, with the tax point of the first invoice."""
        with entered(SystemScope("test")):
            content = crediting.creditable(invoice.public_id).content
        return self.keep(replace(content, issue_date=on, due_date=on), source_id=note.id)


def untaxed(description, price, category=types.TaxCategory.REVERSE_CHARGE):
    """A line draft without VAT."""
    return samples.draft(description, price, category=category, rate=Decimal(0))


def decision(document, rule, place):
    """How a document's VAT was decided; the category and rate of its first line stand for the whole."""
    line, buyer = document.lines[0], document.buyer
    return TaxDecision(
        category=line.category,
        rate=line.rate,
        rule=rule,
        place=place,
        buyer_country=buyer.address.country,
        on=document.tax_point,
        vat_id=buyer.vat_id,
        vat_status=VatIdStatus.VALID if rule is Rule.REVERSE_CHARGE else VatIdStatus.NONE,
    )


def in_lei(document: snapshot.DocumentSnapshot) -> list[tuple[types.TaxSubtotal, int, int]]:
    """Return each VAT row of a document with its net and VAT in bani, reckoned from the snapshot alone.

    Net and VAT are converted once each; the row with most VAT takes what rounding leaves. What is taken back of an
    advance keeps the advance's rate.
    """
    if document.exchange is None:
        return [(row, row.net_minor, row.vat_minor) for row in document.subtotals]
    rate = document.exchange
    nets = [exchange.in_lei(row.net_minor, rate) for row in document.subtotals]
    vats = [exchange.in_lei(row.vat_minor, rate) for row in document.subtotals]
    back = [(fact.net_minor, fact.exchange or rate) for fact in document.advances]
    sign = sum(net for net, _rate in back)
    largest = min(
        range(len(nets)),
        key=lambda at: (
            document.subtotals[at].net_minor * sign <= 0,
            -abs(document.subtotals[at].vat_minor),
            -abs(document.subtotals[at].net_minor),
            document.subtotals[at].category,
            document.subtotals[at].rate,
        ),
    )
    whole_net = exchange.in_lei(document.totals.net_minor - sign, rate)
    whole_net += sum(exchange.in_lei(net, old) for net, old in back)
    nets[largest] += whole_net - sum(nets)
    vats[largest] += document.vat_in_lei_minor - sum(vats)
    return list(zip(document.subtotals, nets, vats, strict=True))
