"""What a call to the outside came to: the five answers that every changing operation gives.

Only these are facts to build on. A timeout, a reset, a 5xx and an answer that makes no sense are `Unknown`:
the call may or may not have been carried out. PRAHO settles it by asking the provider, or by repeating the
same call under the same idempotency key where the plugin declares that the provider honours keys; never by
calling anew.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from praho.sdk.texts import Message

T = TypeVar("T")


class Reason(StrEnum):
    """Why the provider said no. In every case nothing was done outside."""

    AUTHENTICATION = "authentication"
    """The provider does not accept the credentials of the account: staff must act."""
    NOT_ALLOWED = "not_allowed"
    """The credentials are good but may not do this, or the provider's rules forbid it."""
    INSUFFICIENT_FUNDS = "insufficient_funds"
    """The company's own balance with the provider is too low: staff must act."""
    TAKEN = "taken"
    """The domain, user name or account belongs to somebody already."""
    INVALID = "invalid"
    """The provider does not accept some of the data."""
    KEY_REUSED = "key_reused"
    """The idempotency key was used before for a different request."""
    NOT_FOUND = "not_found"
    """What the request names does not exist at the provider."""
    OTHER = "other"
    """A definite refusal that fits none of the above."""


@dataclass(frozen=True, slots=True)
class Succeeded(Generic[T]):
    """The provider did it, and said so in an answer that was understood."""

    value: T


@dataclass(frozen=True, slots=True)
class Rejected:
    """The provider refused, and nothing was done.

    `staff_text` may quote the provider; `customer_text` is fit for the customer's eyes and None where the
    customer can do nothing about it (PRAHO then shows a sentence of its own).
    """

    reason: Reason
    staff_text: Message
    customer_text: Message | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """The provider accepted the request and will finish later.

    `reference` is the provider's name for the request; asking again makes sense after `check_after_seconds`.
    """

    reference: str
    check_after_seconds: int

    def __post_init__(self) -> None:
        if self.check_after_seconds <= 0:
            raise ValueError("check_after_seconds is a positive number of seconds")


@dataclass(frozen=True, slots=True)
class NeedsAction:
    """A person must do something first: open `url` in a browser, or follow `instructions`.

    `reference` is the provider's name for what now waits, empty where it has none.
    """

    url: str | None = None
    instructions: Message | None = None
    reference: str = ""

    def __post_init__(self) -> None:
        if self.url is None and self.instructions is None:
            raise ValueError("NeedsAction carries a url or instructions")


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody can say whether the provider did it; `reason` is for staff and logs."""

    reason: str


Outcome: TypeAlias = Succeeded[T] | Rejected | Pending | NeedsAction | Unknown
