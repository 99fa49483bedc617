"""The payment provider kind: who collects money from customers.

PRAHO never trusts the browser's return. What a webhook says is verified by the plugin, kept, and settled by
a job; an attempt that nobody reports is looked up. Amount, currency and account are compared by PRAHO, not
by the plugin.
"""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from praho.sdk.adapter import Adapter, S
from praho.sdk.dto import PaymentStatus
from praho.sdk.errors import UnsupportedOperation
from praho.sdk.events import PaymentChanged
from praho.sdk.money import Money
from praho.sdk.outcomes import Outcome


class Capability(StrEnum):
    """What a payment plugin can do; those named like an operation stand for it."""

    START = "start"
    LOOKUP = "lookup"
    PARSE_WEBHOOK = "parse_webhook"
    IDEMPOTENT_START = "idempotent_start"
    """The provider honours the key: a repeated `start` under it gives the first answer and starts one
    payment.
    """


REQUIRED = frozenset({Capability.START, Capability.LOOKUP})


@dataclass(frozen=True, slots=True)
class StartRequest:
    """A payment to start.

    `amount` is positive. `description` is what the customer reads on the provider's page, in `locale`
    ("ro", "en"). The browser comes back to `return_url`; the provider reports to `webhook_url`, where it
    takes one per payment.
    """

    amount: Money
    description: str
    locale: str
    payer_name: str
    payer_email: str
    return_url: str
    webhook_url: str


class PaymentProvider(Adapter[S]):
    """What a payment plugin implements."""

    @abstractmethod
    def account_reference(self) -> str:
        """Return the merchant account of these settings, as the provider writes it. Local: no call is made.

        PRAHO compares it with the `account_reference` of every payment that is reported.
        """

    @abstractmethod
    def start(self, request: StartRequest, idempotency_key: str) -> Outcome[PaymentStatus]:
        """Start a payment. Changing. The usual answer is `NeedsAction(url)`: the page where the customer
        pays.

        A provider that takes the money at once answers `Succeeded`; a decline is no refusal of the request
        but a `PaymentStatus` that failed.
        """

    @abstractmethod
    def lookup(self, key: str) -> PaymentStatus | None:
        """Return the payment that was started under the key, or None where the provider knows none. Reading.

        This is how PRAHO settles a start whose outcome is unknown and a payment of which no webhook came,
        so it must not answer from a cache.
        """

    def parse_webhook(self, headers: Mapping[str, str], body: bytes) -> tuple[PaymentChanged, ...]:
        """Verify a webhook and return what it reports; nothing, where it concerns no payment. Local: no
        call is made.

        `headers` have names in lower case, `body` is what arrived, byte for byte. Raises `InvalidSignature`
        for everything that the provider did not sign within a few minutes of the machine's time, in either
        direction, and `InvalidWebhook` where a signed content makes no sense.
        """
        raise UnsupportedOperation("parse_webhook")
