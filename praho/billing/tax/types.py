"""What decides the VAT of a sale, and the decision: frozen values that cart, order, proforma and invoice share."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from praho.billing.types import PartyKind, TaxCategory


class Rule(StrEnum):
    """The rule that decided (articles of Legea 227/2015)."""

    HOME = "home"
    """Buyer in Romania: Romanian VAT."""
    SELLER_EXEMPT = "seller_exempt"
    """The seller is not registered for VAT (art. 310)."""
    REVERSE_CHARGE = "reverse_charge"
    """A business of another member state whose VAT number is in force (art. 278 (2), Directive 2006/112 art. 196)."""
    DESTINATION = "destination"
    """A consumer of another member state, taxed there by the one-stop shop (art. 278 (5) h, art. 315)."""
    BELOW_THRESHOLD = "below_threshold"
    """A consumer of another member state while all such sales stay below the threshold (art. 278^1)."""
    OUTSIDE_BUSINESS = "outside_business"
    """A business outside the Union (art. 278 (2))."""
    OUTSIDE_CONSUMER = "outside_consumer"
    """A consumer outside the Union (art. 278 (5))."""
    SPECIAL_TERRITORY = "special_territory"
    """A part of a member state that is outside the Union's VAT territory (Directive 2006/112 art. 6)."""


class VatIdStatus(StrEnum):
    """What VIES says of a buyer's number. `UNKNOWN` is no answer yet, never "invalid"."""

    NONE = "none"
    VALID = "valid"
    INVALID = "invalid"
    UNKNOWN = "unknown"


class EvidenceKind(StrEnum):
    """What can say where a consumer lives (Implementing Regulation 282/2011 art. 24f)."""

    BILLING_ADDRESS = "billing_address"
    IP_ADDRESS = "ip_address"
    BANK_ACCOUNT = "bank_account"
    CARD = "card"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One item that names a country (ISO 3166-1 alpha-2), and the value that it was read from."""

    kind: EvidenceKind
    country: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class TaxSeller:
    """The seller's standing on a day.

    `one_stop_shop` says that the seller chose to tax EU consumers at their place whatever the threshold says;
    `on_collection` is TVA la încasare; `outside_category` is E or O, the seller's accountant's choice.
    """

    registered: bool = True
    on_collection: bool = False
    one_stop_shop: bool = False
    outside_category: TaxCategory = TaxCategory.OUTSIDE_SCOPE


@dataclass(frozen=True, slots=True)
class TaxBuyer:
    """The buyer's standing on a day. `vat_id` carries its prefix; `consultation` is VIES' proof of the answer."""

    kind: PartyKind
    country: str
    post_code: str | None = None
    vat_id: str | None = None
    vat_status: VatIdStatus = VatIdStatus.NONE
    consultation: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class TaxContext:
    """Everything that the decision hangs on. `on` is the tax point, a Bucharest date.

    Amounts are net, in bani: this sale, the sales to consumers of other member states this calendar year so far and
    in the whole year before, and the whole turnover of this year.
    """

    on: date
    seller: TaxSeller
    buyer: TaxBuyer
    net_minor: int = 0
    eu_consumer_sales_minor: int = 0
    eu_consumer_sales_before_minor: int = 0
    turnover_minor: int = 0


@dataclass(frozen=True, slots=True)
class TaxDecision:
    """The VAT of a sale and what it hangs on; the one answer that every document of the sale repeats.

    `place` is the country whose VAT it is, `buyer_country` where the buyer is. `rate` is in percent, zero for
    every category but the standard one.
    """

    category: TaxCategory
    rate: Decimal
    rule: Rule
    place: str
    buyer_country: str
    on: date
    on_collection: bool = False
    vat_id: str | None = None
    vat_status: VatIdStatus = VatIdStatus.NONE
    consultation: str | None = None
    evidence: tuple[Evidence, ...] = ()
