"""The provisioner kind: who sets hosting accounts up."""

from abc import abstractmethod
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from praho.sdk.adapter import Adapter, S
from praho.sdk.dto import Secret
from praho.sdk.outcomes import Outcome


class Capability(StrEnum):
    """What a provisioner plugin can do; those named like an operation stand for it."""

    CREATE_ACCOUNT = "create_account"
    FIND_ACCOUNT = "find_account"
    IDEMPOTENT_CREATE = "idempotent_create"
    """The provider honours the key: a repeated `create_account` under it gives the first answer, creating
    once.
    """


REQUIRED = frozenset({Capability.CREATE_ACCOUNT, Capability.FIND_ACCOUNT})


@dataclass(frozen=True, slots=True)
class CreateRequest:
    """A hosting account to create.

    `package` is the name of the plan at the provider, `domain` the account's first domain in lower case
    ASCII. PRAHO chooses `password` and keeps it before the call, so that a lost answer loses no
    credentials.
    """

    domain: str
    package: str
    contact_email: str
    password: Secret


@dataclass(frozen=True, slots=True)
class Account:
    """A hosting account as the provider has it; `login_url` is the customer's way in, `created_at` is in
    UTC.
    """

    account_id: str
    username: str
    domain: str
    package: str
    login_url: str
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CreatedAccount:
    """A fresh account. `password` is the one that holds: a provider that insists on its own may differ."""

    account: Account
    password: Secret


class Provisioner(Adapter[S]):
    """What a provisioner plugin implements."""

    @abstractmethod
    def create_account(self, request: CreateRequest, idempotency_key: str) -> Outcome[CreatedAccount]:
        """Create an account and leave the key with it, so that `find_account` finds it again. Changing."""

    @abstractmethod
    def find_account(self, idempotency_key: str) -> Account | None:
        """Return the account that was created under the key, or None. Reading.

        This is how PRAHO settles a creation whose outcome is unknown, so it must not answer from a cache.
        """
