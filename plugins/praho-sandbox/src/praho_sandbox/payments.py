"""The sandbox as a payment provider."""

from collections.abc import Mapping

from praho.sdk import answers
from praho.sdk.answers import Answer
from praho.sdk.context import PluginContext
from praho.sdk.dto import ConnectionReport, PaymentState, PaymentStatus
from praho.sdk.errors import InvalidWebhook, OutcomeUnknown
from praho.sdk.events import PaymentChanged
from praho.sdk.outcomes import NeedsAction, Outcome
from praho.sdk.payments import PaymentProvider, StartRequest
from praho.sdk.texts import Message
from praho_sandbox import signatures
from praho_sandbox.client import SandboxClient
from praho_sandbox.settings import SandboxPaymentSettings
from praho_sandbox.wording import _

_FAILURES: dict[str, Message] = {
    "insufficient_funds": _("The bank declined the payment: the card has no funds."),
    "authentication_failed": _("The bank declined the payment: it was not confirmed."),
}


class SandboxPaymentProvider(PaymentProvider[SandboxPaymentSettings]):
    """Takes card payments on the sandbox world's own page."""

    def __init__(self, settings: SandboxPaymentSettings, context: PluginContext) -> None:
        super().__init__(settings, context)
        self._client = SandboxClient(settings, context)

    def test_connection(self) -> ConnectionReport:
        """See `Adapter.test_connection`."""
        return self._client.report()

    def account_reference(self) -> str:
        """See `PaymentProvider.account_reference`."""
        return self.settings.merchant

    def start(self, request: StartRequest, idempotency_key: str) -> Outcome[PaymentStatus]:
        """See `PaymentProvider.start`."""
        body = {
            "amount": request.amount.minor,
            "currency": request.amount.currency,
            "description": request.description,
            "locale": request.locale,
            "payer_name": request.payer_name,
            "payer_email": request.payer_email,
            "return_url": request.return_url,
            "webhook_url": request.webhook_url,
        }
        payment = self._client.post("/v1/payments", body, idempotency_key).child("payment")
        return NeedsAction(url=payment.text("pay_url"), reference=payment.text("id"))

    def lookup(self, key: str) -> PaymentStatus | None:
        """See `PaymentProvider.lookup`."""
        found = self._client.get("/v1/payments", {"key": key}).optional_child("payment")
        return None if found is None else _status(found)

    def parse_webhook(self, headers: Mapping[str, str], body: bytes) -> tuple[PaymentChanged, ...]:
        """See `PaymentProvider.parse_webhook`."""
        signatures.verify(self.settings.webhook_secret, headers, body, self.context.clock.machine_now())
        try:
            report = answers.parse(body)
            if report.text("type") != "payment.updated":
                return ()
            payment = _status(report.child("payment"))
            return (PaymentChanged(report.text("id"), report.instant("created_at"), payment),)
        except OutcomeUnknown as error:
            raise InvalidWebhook(str(error)) from error


def _status(payment: Answer) -> PaymentStatus:
    failure = payment.optional_text("failure")
    return PaymentStatus(
        key=payment.text("key"),
        external_id=payment.text("id"),
        state=payment.choice("state", PaymentState),
        amount=payment.money("amount", "currency"),
        account_reference=payment.text("merchant"),
        changed_at=payment.instant("changed_at"),
        failure=None if failure is None else _FAILURES.get(failure, failure),
    )
