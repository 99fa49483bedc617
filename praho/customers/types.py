"""What others see of customers, and what is typed to make one; frozen, never rows."""

from dataclasses import dataclass, field
from datetime import datetime

from praho.core.permissions import MemberRole
from praho.models.customers import CustomerKind


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """A stored address. `county_code` is ISO 3166-2 (`RO-CJ`); in Bucharest `city` is `SECTOR1` to `SECTOR6`."""

    street: str
    city: str
    county_code: str | None
    post_code: str | None
    country: str


@dataclass(frozen=True, slots=True)
class BillingProfile:
    """A customer as its documents print it. `cnp` is filled only where it was asked for, for the XML alone.

    `cui` is digits only; `vat_id` carries the RO prefix and is None for who does not pay VAT.
    """

    customer_id: int
    public_id: str
    kind: CustomerKind
    name: str
    email: str
    phone: str | None
    cui: str | None
    vat_payer: bool
    vat_id: str | None
    reg_com: str | None
    address: PostalAddress
    locale: str
    currency: str
    cnp: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CustomerInput:
    """Who the buyer is, as typed. Field names are those of the forms: a refusal names them.

    `county` is a code or a name, `city` in Bucharest the sector; `country` two ISO letters.
    """

    kind: CustomerKind
    name: str
    email: str
    phone: str
    street: str
    city: str
    county: str
    post_code: str = ""
    country: str = "RO"
    cui: str = ""
    vat_payer: bool = False
    reg_com: str = ""
    cnp: str = field(default="", repr=False)
    iban: str = ""
    locale: str = "ro"


@dataclass(frozen=True, slots=True)
class CheckedCustomer:
    """A typed buyer whose every field was checked and brought to its stored form; None where nothing was typed."""

    kind: CustomerKind
    name: str
    email: str
    phone: str | None
    address: PostalAddress
    cui: str | None
    vat_payer: bool
    vat_id: str | None
    reg_com: str | None
    iban: str | None
    locale: str
    cnp: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class NewCustomer:
    """A customer that was just made."""

    id: int
    public_id: str


@dataclass(frozen=True, slots=True)
class Membership:
    """A user's role in a customer, where both are active."""

    customer_id: int
    customer_public_id: str
    customer_name: str
    role: MemberRole


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a customer, for the pages that list them."""

    public_id: str
    user_id: int
    full_name: str
    email: str
    role: MemberRole
    active: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that waits for its answer."""

    public_id: str
    email: str
    role: MemberRole
    created_at: datetime
    expires_at: datetime
