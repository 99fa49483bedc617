"""What others see of customers, and what is typed to make one; frozen, never rows."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from praho.core.permissions import MemberRole
from praho.models.customers import CustomerKind, CustomerState

REGISTERED = "customers.registered"
"""How many customers a day brought."""


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

    `cui` is digits only and Romanian; `vat_id` carries its country's prefix, or is the local number of a company
    outside the Union. It is None for a Romanian company that does not pay VAT.
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
    iban: str | None = None
    cnp: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class CustomerInput:
    """Who the buyer is, as typed. Field names are those of the forms: a refusal names them.

    `county` is a code or a name, `city` in Bucharest the sector; `country` two ISO letters. Outside Romania `cui` is
    the VAT number or the local number of the company.
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
    """An active member of a customer, for the pages that list them."""

    public_id: str
    user_id: int
    full_name: str
    email: str
    role: MemberRole
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that waits for its answer. Instants are machine time."""

    public_id: str
    email: str
    role: MemberRole
    created_at: datetime
    expired: bool


@dataclass(frozen=True, slots=True)
class CustomerOverview:
    """A customer as its page in the admin and its profile in the portal show it. `cnp_masked` hides most digits."""

    id: int
    public_id: str
    kind: CustomerKind
    state: CustomerState
    name: str
    email: str
    phone: str | None
    cui: str | None
    vat_payer: bool
    vat_id: str | None
    reg_com: str | None
    cnp_masked: str | None
    iban: str | None
    locale: str
    currency: str
    address: PostalAddress | None
    created_at: datetime

    @property
    def printed_cui(self) -> str | None:
        """The CUI, with the RO prefix of who pays VAT; of a company elsewhere its VAT number or its local one."""
        if self.cui is None:
            return self.vat_id
        return f"RO{self.cui}" if self.vat_payer else self.cui


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """A customer in a list."""

    public_id: str
    kind: CustomerKind
    state: CustomerState
    name: str
    email: str
    printed_cui: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """What a list of customers is narrowed to: the beginnings of words, a kind."""

    text: str = ""
    kind: CustomerKind | None = None


class CustomerOrder(StrEnum):
    """The orders of a list of customers that an index serves."""

    NEWEST = "newest"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Contact:
    """A person at the customer's who is told about money, about technical matters, or about both."""

    public_id: str
    name: str
    email: str
    phone: str | None
    billing: bool
    technical: bool


@dataclass(frozen=True, slots=True)
class ContactInput:
    """A contact as typed; field names are those of the form."""

    name: str
    email: str
    phone: str = ""
    billing: bool = False
    technical: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What staff wrote down about a customer."""

    public_id: str
    author: str
    body: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class MembershipOffer:
    """What the holder of an invitation's link is shown."""

    customer_name: str
    customer_public_id: str
    email: str
    role: MemberRole
    has_account: bool


@dataclass(frozen=True, slots=True)
class GroupInput:
    """A group of customers, as typed. The percentage comes off hosting plans, and off domains too where it says so."""

    name: str
    note: str
    percent: Decimal | None
    with_domains: bool


@dataclass(frozen=True, slots=True)
class StandingInput:
    """A customer's group (a public id or empty) and a discount of its own, as typed, with the reason for it."""

    group_id: str
    percent: Decimal | None
    with_domains: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Standing:
    """What a customer has by standing. `percent` is its own discount, which takes the place of the group's."""

    group_ref: str = ""
    group_name: str = ""
    group_percent: Decimal | None = None
    group_with_domains: bool = False
    percent: Decimal | None = None
    own_with_domains: bool = False
    reason: str = ""

    @property
    def discount(self) -> Decimal | None:
        """The percentage that holds, None for nothing."""
        return self.group_percent if self.percent is None else self.percent

    @property
    def with_domains(self) -> bool:
        """Whether it holds for domains too."""
        return self.group_with_domains if self.percent is None else self.own_with_domains
