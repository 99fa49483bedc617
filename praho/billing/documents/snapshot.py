"""A document as it was issued: every fact that its pages and its XML show, frozen.

Amounts are integers in minor units of the document's currency; only quantities, rates and unit prices are
decimals. Dates are Bucharest dates. Nothing here is computed again: what was stored is what is shown.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from praho.billing import types
from praho.billing.tax import exchange
from praho.billing.tax.exchange import Rate
from praho.billing.tax.types import TaxDecision
from praho.models.billing.documents import DocumentKind


class ReferenceKind(StrEnum):
    """Why another document is named: the proforma it follows, the invoice it corrects or the advance (BT-25)."""

    PROFORMA = "proforma"
    CORRECTED_INVOICE = "corrected_invoice"
    ADVANCE = "advance"


def _require_days(*days: date | None) -> None:
    """Refuse an instant where a day belongs: which day it falls on depends on the place."""
    for day in days:
        if isinstance(day, datetime):
            raise TypeError("a document carries Bucharest dates, not instants: use clock.local_date first")


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address. `country` is ISO 3166-1 alpha-2, `county` in Romania ISO 3166-2 such as `RO-CJ`.

    In Bucharest (`RO-B`) the city is the sector as e-Factura spells it, `SECTOR1` to `SECTOR6`.
    """

    country: str
    city: str
    street: str
    county: str | None = None
    postal_code: str | None = None


@dataclass(frozen=True, slots=True)
class BankAccount:
    iban: str
    bank: str | None = None
    currency: str = "RON"


@dataclass(frozen=True, slots=True)
class Party:
    """Seller or buyer. Names are as typed by their owner.

    `tax_number` is the bare fiscal code (CUI), `vat_id` the number with its country prefix, present only when
    `vat_payer`. `personal_id` is a CNP: it reaches the XML and nothing else.
    """

    kind: types.PartyKind
    name: str
    address: Address
    tax_number: str | None = None
    vat_payer: bool = False
    vat_id: str | None = None
    registration_number: str | None = None
    share_capital: str | None = None
    personal_id: str | None = field(default=None, repr=False)
    contact_name: str | None = None
    email: str | None = None
    phone: str | None = None
    bank_accounts: tuple[BankAccount, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One sold thing. `net_minor` is what it costs without VAT, after `discount_minor`, and is never
    recomputed.

    `unit_price_minor` may have decimals (0.4 is 0.004 RON); `unit_code` is a UN/ECE recommendation 20 code;
    the period includes both its days. On a credit note `corrects` is the position of the invoice's line.
    """

    position: int
    description: str
    quantity: Decimal
    unit_code: str
    unit_price_minor: Decimal
    net_minor: int
    category: types.TaxCategory
    rate: Decimal
    discount_minor: int = 0
    details: str = ""
    period_start: date | None = None
    period_end: date | None = None
    corrects: int | None = None

    def __post_init__(self) -> None:
        _require_days(self.period_start, self.period_end)


@dataclass(frozen=True, slots=True)
class Reference:
    kind: ReferenceKind
    number: str
    issue_date: date

    def __post_init__(self) -> None:
        _require_days(self.issue_date)


@dataclass(frozen=True, slots=True)
class PaymentFact:
    """Money that had been received when the document was issued."""

    method: types.PaymentMethod
    amount_minor: int
    paid_on: date
    reference: str | None = None

    def __post_init__(self) -> None:
        _require_days(self.paid_on)


@dataclass(frozen=True, slots=True)
class AdvanceFact:
    """What the invoice of a delivery took back of an advance invoice, negative, at the advance's own exchange rate."""

    number: str
    issue_date: date
    net_minor: int
    vat_minor: int
    exchange: Rate | None = None

    def __post_init__(self) -> None:
        _require_days(self.issue_date)


@dataclass(frozen=True, slots=True)
class DocumentSnapshot:
    """A proforma, an invoice or a credit note, complete.

    `number` is the full printed number with its series. `tax_point` is the day the VAT becomes chargeable
    (BT-7). `notes` are the mentions of this very document, in its own locale; standing legal texts belong
    to its form. `exchange` is the rate of a currency other than lei, in which the VAT is stated besides. `is_advance`
    says that it asks for money before a delivery, `advances` what the delivery takes back of such documents.
    """

    kind: DocumentKind
    series: str
    number: str
    issue_date: date
    tax_point: date
    currency: str
    locale: str
    seller: Party
    buyer: Party
    lines: tuple[Line, ...]
    subtotals: tuple[types.TaxSubtotal, ...]
    totals: types.Sums
    due_date: date | None = None
    allowances: tuple[types.TaxAllowance, ...] = ()
    notes: tuple[str, ...] = ()
    references: tuple[Reference, ...] = ()
    payments: tuple[PaymentFact, ...] = ()
    tax: TaxDecision | None = None
    exchange: Rate | None = None
    is_advance: bool = False
    advances: tuple[AdvanceFact, ...] = ()

    def __post_init__(self) -> None:
        _require_days(self.issue_date, self.tax_point, self.due_date)

    @property
    def vat_in_lei_minor(self) -> int | None:
        """The VAT in bani where the document is in another currency (BT-111), else None."""
        if self.exchange is None:
            return None
        back = [(fact.vat_minor, fact.exchange or self.exchange) for fact in self.advances]
        charged = self.totals.vat_minor - sum(vat for vat, _rate in back)
        return exchange.in_lei(charged, self.exchange) + sum(exchange.in_lei(vat, rate) for vat, rate in back)

    @property
    def paid_minor(self) -> int:
        """What had been received when the document was issued (BT-113)."""
        return sum(payment.amount_minor for payment in self.payments)

    @property
    def payable_minor(self) -> int:
        """What is still owed (BT-115); negative when more was received than the document asks for."""
        return self.totals.total_minor - self.paid_minor
