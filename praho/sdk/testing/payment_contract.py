"""The contract of a payment plugin: subclass it in a test module (see `adapter_contract`).

Its `world` is a `PaymentWorld`: it also signs webhooks, well and badly.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, ClassVar

import pytest

from praho.sdk.dto import PaymentStatus
from praho.sdk.errors import InvalidSignature, InvalidWebhook, UnsupportedOperation
from praho.sdk.money import Money
from praho.sdk.outcomes import NeedsAction, Outcome, Pending, Succeeded
from praho.sdk.payments import Capability, PaymentProvider, StartRequest
from praho.sdk.testing.adapter_contract import KEY, AdapterContract, Call
from praho.sdk.testing.contexts import StandingClock
from praho.sdk.testing.faults import WebhookFault
from praho.sdk.testing.worlds import PaymentWorld, World


class PaymentContract(AdapterContract):
    """What every payment plugin promises."""

    amount: ClassVar[Money] = Money(19_999, "RON")

    def request(self) -> StartRequest:
        """Return a request that a healthy provider accepts."""
        return StartRequest(
            amount=self.amount,
            description="Proforma 1",
            locale="ro",
            payer_name="Ana Șerban",
            payer_email="ana@exemplu.ro",
            return_url="https://praho.example/portal/return",
            webhook_url="https://praho.example/webhooks/payments/1",
        )

    def readings(self) -> Mapping[str, Call]:
        """See `AdapterContract.readings`."""
        return {Capability.LOOKUP: lambda adapter: adapter.lookup(KEY)}

    def change(self) -> tuple[str, Callable[[Any, str], Outcome[Any]]]:
        """See `AdapterContract.change`."""
        return Capability.START, lambda adapter, key: adapter.start(self.request(), key)

    def find(self, adapter: Any, key: str) -> PaymentStatus | None:
        """See `AdapterContract.find`."""
        found: PaymentStatus | None = adapter.lookup(key)
        return found

    def local_operations(self) -> frozenset[str]:
        """See `AdapterContract.local_operations`."""
        return frozenset({Capability.PARSE_WEBHOOK})

    def test_a_started_payment_is_looked_up_as_it_was_asked_for(self, world: World, settings: object) -> None:
        """Amount, currency and account come back from the provider, for PRAHO to compare."""
        provider = self._provider(settings)
        outcome = provider.start(self.request(), KEY)
        assert isinstance(outcome, NeedsAction | Succeeded | Pending)
        found = provider.lookup(KEY)
        assert found is not None
        assert (found.key, found.amount) == (KEY, self.amount)
        assert found.account_reference == provider.account_reference()
        assert found.external_id
        assert found.changed_at.utcoffset() is not None

    def test_a_payment_of_nobody_is_none(self, world: World, settings: object) -> None:
        """That nothing was started under a key is an answer, not an error."""
        assert self._provider(settings).lookup("contract-key-nobody-used") is None

    def test_a_webhook_says_the_same_each_time(self, world: PaymentWorld, settings: object) -> None:
        """A genuine webhook is understood, and its repeat has the same id."""
        if Capability.PARSE_WEBHOOK not in self.plugin.capabilities:
            with pytest.raises(UnsupportedOperation):
                self._provider(settings).parse_webhook({}, b"")
            return
        headers, body = world.webhook(StandingClock().machine_now(), None)
        events = self._provider(settings).parse_webhook(headers, body)
        assert events
        assert all(event.external_id and event.payment.external_id for event in events)
        assert self._provider(settings).parse_webhook(headers, body) == events

    @pytest.mark.parametrize("fault", list(WebhookFault))
    def test_a_bad_webhook_is_refused(self, fault: WebhookFault, world: PaymentWorld, settings: object) -> None:
        """Nothing that the provider did not sign is believed, and signed nonsense is called that."""
        if Capability.PARSE_WEBHOOK in self.plugin.capabilities:
            headers, body = world.webhook(StandingClock().machine_now(), fault)
            with pytest.raises(InvalidWebhook if fault is WebhookFault.NONSENSE else InvalidSignature):
                self._provider(settings).parse_webhook(headers, body)

    @pytest.mark.parametrize("hours", [-1, 1])
    def test_a_webhook_of_another_time_is_refused(self, hours: int, world: PaymentWorld, settings: object) -> None:
        """Neither a replay nor a signature from the future passes."""
        if Capability.PARSE_WEBHOOK in self.plugin.capabilities:
            sent_at = StandingClock().machine_now() + timedelta(hours=hours)
            headers, body = world.webhook(sent_at, None)
            with pytest.raises(InvalidSignature):
                self._provider(settings).parse_webhook(headers, body)

    def _provider(self, settings: object) -> PaymentProvider[Any]:
        adapter = self.build(settings)
        assert isinstance(adapter, PaymentProvider)
        return adapter
