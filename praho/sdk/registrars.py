"""The registrar kind: who registers domain names.

Names cross this border in lower case ASCII without a dot at the end ("exemplu.com.ro", "xn--brbat-qta.ro").
"""

from abc import abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from praho.sdk.adapter import Adapter, S
from praho.sdk.dto import Contact
from praho.sdk.errors import UnsupportedOperation
from praho.sdk.money import Money
from praho.sdk.outcomes import Outcome


class Capability(StrEnum):
    """What a registrar plugin can do; those named like an operation stand for it."""

    CHECK_AVAILABILITY = "check_availability"
    REGISTER = "register"
    GET_INFO = "get_info"
    IDEMPOTENT_REGISTER = "idempotent_register"
    """The provider honours the key: a repeated `register` under it gives the first answer and registers once.
    """


REQUIRED = frozenset({Capability.REGISTER, Capability.GET_INFO})


class AvailabilityStatus(StrEnum):
    """Whether a name can be registered."""

    AVAILABLE = "available"
    TAKEN = "taken"
    NOT_ALLOWED = "not_allowed"
    """Reserved, or not a name that this registry accepts."""
    UNKNOWN = "unknown"
    """The registry did not say, for this name among others that it answered."""


@dataclass(frozen=True, slots=True)
class Availability:
    """What the registry says of one name.

    A premium name costs what the registry asks: it must not be sold at the list price. `price` is the
    registry's net price for the first year where it tells one, else None.
    """

    name: str
    status: AvailabilityStatus
    premium: bool = False
    price: Money | None = None


@dataclass(frozen=True, slots=True)
class RegisterRequest:
    """A name to register for `years` (1 to 10). `nameservers` are host names, two or more, in order."""

    name: str
    years: int
    registrant: Contact
    nameservers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Registration:
    """A domain in the company's account, as the registry has it; instants are in UTC.

    `expires_at` is the registry's own date and is never computed: a year is 365 days for some and a
    calendar year for others. `idempotency_key` is the one of its registration where the provider keeps it,
    else empty.
    """

    name: str
    external_id: str
    registered_at: datetime
    expires_at: datetime
    nameservers: tuple[str, ...]
    idempotency_key: str = ""


class Registrar(Adapter[S]):
    """What a registrar plugin implements."""

    def check_availability(self, names: Sequence[str]) -> tuple[Availability, ...]:
        """Say of each name whether it can be registered, one answer a name, in the order asked. Reading.

        At most 50 names a call; the plugin divides them further where its provider takes fewer.
        """
        raise UnsupportedOperation("check_availability")

    @abstractmethod
    def register(self, request: RegisterRequest, idempotency_key: str) -> Outcome[Registration]:
        """Register a name. Changing. A name that is gone is `Rejected(Reason.TAKEN)`."""

    @abstractmethod
    def get_info(self, name: str) -> Registration | None:
        """Return the domain, or None where this account does not hold it. Reading.

        This is how PRAHO settles a registration whose outcome is unknown, so it must not answer from a cache.
        """
