"""Values that cross the border in more than one kind of plugin. All are frozen; amounts are
`praho.sdk.money`.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from praho.sdk.money import Money
from praho.sdk.texts import Message


@dataclass(frozen=True, slots=True)
class Secret:
    """A password or key: it prints as stars and must be asked for by `reveal()`."""

    value: str = field(repr=False)

    def reveal(self) -> str:
        """Return the secret itself."""
        return self.value

    def __str__(self) -> str:
        return "***"


class PersonKind(StrEnum):
    """What a contact is before the law."""

    PERSON = "person"
    COMPANY = "company"


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address. `county_code` is the Romanian one or two letters ("CJ", "B") or empty abroad;
    `country_code` is ISO 3166-1 alpha-2."""

    street: str
    city: str
    county_code: str
    postal_code: str
    country_code: str


@dataclass(frozen=True, slots=True)
class Contact:
    """A customer as providers need to know them.

    `name` is the person, or the company's representative; `organisation` is empty for a person. `phone` is
    E.164 ("+40721234567"). `identifier` is a CNP for a person, a CUI or foreign tax code for a company, and
    empty where PRAHO does not hold it; `registration_number` is the company's one in the trade register, or
    empty.
    """

    kind: PersonKind
    name: str
    organisation: str
    email: str
    phone: str
    address: Address
    identifier: str = ""
    registration_number: str = ""


@dataclass(frozen=True, slots=True)
class ConnectionReport:
    """What "test connection" found: the account at the provider, and whether it is one for tests."""

    summary: Message
    account: str
    test_mode: bool


class PaymentState(StrEnum):
    """Where a payment stands at the provider."""

    OPEN = "open"
    """Nothing final: the customer is still paying, or the bank is still thinking."""
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    """Declined or given up, for good: a further try is a new payment."""


@dataclass(frozen=True, slots=True)
class PaymentStatus:
    """A payment as the provider describes it.

    `key` is the idempotency key under which PRAHO started it, `external_id` the provider's own id of it,
    `account_reference` the merchant account that receives the money, as the provider writes it. `amount` is
    what the provider took or would take, not what PRAHO asked for: PRAHO compares. `changed_at` is in UTC.
    """

    key: str
    external_id: str
    state: PaymentState
    amount: Money
    account_reference: str
    changed_at: datetime
    failure: Message | None = None
