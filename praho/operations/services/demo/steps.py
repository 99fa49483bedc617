"""The steps of the demonstration's story: plain data, in the order in which they happened."""

from dataclasses import dataclass
from datetime import datetime

from praho.models.catalogue import BillingCycle
from praho.operations.services.demo.cast import Invented


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan that is ordered: its slug and how it is paid."""

    slug: str
    cycle: BillingCycle


@dataclass(frozen=True, slots=True)
class Wish:
    """A line of a cart: a domain to be registered for some years, a plan for a domain, or both."""

    domain: str
    years: int | None = None
    plan: Plan | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """A customer signs up, with its owner and contacts."""

    who: Invented


@dataclass(frozen=True, slots=True)
class Buy:
    """A customer (its number, or the address of a login) orders; `by_staff` where somebody of the staff types it."""

    buyer: int | str
    wishes: tuple[Wish, ...]
    by_staff: bool = False
    currency: str = "RON"


@dataclass(frozen=True, slots=True)
class Transfer:
    """Staff record a bank transfer for an order; `surplus` in bani is how much more than asked has come."""

    order: str
    reference: str
    surplus: int = 0


@dataclass(frozen=True, slots=True)
class Card:
    """The customer pays an order on the bank's page, or is declined there."""

    order: str
    declined: bool = False


@dataclass(frozen=True, slots=True)
class Cancel:
    """The customer takes an unpaid order back."""

    order: str


@dataclass(frozen=True, slots=True)
class Lapse:
    """The night after an order's last day: what was not paid in time ends."""


@dataclass(frozen=True, slots=True)
class Note:
    """Staff write something down about a customer."""

    customer: int
    words: str


@dataclass(frozen=True, slots=True)
class Forget:
    """A customer asks by e-mail to be forgotten."""

    customer: int


@dataclass(frozen=True, slots=True)
class Resolve:
    """Staff deal with the money that an order's customer sent wrongly."""

    order: str
    words: str


@dataclass(frozen=True, slots=True)
class MailOutage:
    """The mail server is away for an afternoon in which an order comes in: one of its mails is given up."""

    order: Buy


@dataclass(frozen=True, slots=True)
class LostAnswer:
    """A panel's connection breaks after it was asked for an account, and nobody reaches that panel any more."""

    buyer: int
    domain: str


Action = Join | Buy | Transfer | Card | Cancel | Lapse | Note | Forget | Resolve | MailOutage | LostAnswer


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened at an instant (UTC); `key` names it for good, and names the order that it made."""

    at: datetime
    key: str
    action: Action
