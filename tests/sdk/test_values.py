"""Outcomes, secrets, texts and events are what they say, and only that."""

from datetime import UTC, datetime

import pytest

from praho.sdk import events, texts
from praho.sdk.dto import PaymentState, PaymentStatus, Secret
from praho.sdk.errors import ProviderRefused
from praho.sdk.events import PaymentChanged, UnknownEvent
from praho.sdk.money import Money
from praho.sdk.outcomes import NeedsAction, Pending, Reason

WHEN = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


def test_an_action_has_a_url_or_instructions():
    assert NeedsAction(url="https://a.example").reference == ""
    assert NeedsAction(instructions="Call us").url is None
    with pytest.raises(ValueError, match="url or instructions"):
        NeedsAction()


@pytest.mark.parametrize("seconds", [0, -1])
def test_waiting_takes_time(seconds):
    with pytest.raises(ValueError, match="positive"):
        Pending("r", seconds)


def test_a_secret_shows_only_when_asked():
    secret = Secret("hidden")
    assert "hidden" not in f"{secret} {secret!r}"
    assert secret.reveal() == "hidden"
    assert secret == Secret("hidden")


def test_a_text_is_translated_for_its_reader():
    text = texts.of_package("praho_sandbox")("The domain %(name)s has been registered by somebody else.", name="a%.ro")
    assert text.translate("ro") == "Domeniul a%.ro a fost înregistrat între timp de altcineva."
    assert text.translate("en") == "The domain a%.ro has been registered by somebody else."
    assert text.translate("xx") == str(text)
    assert texts.render("as it is, 100%", "ro") == "as it is, 100%"


def test_a_text_without_parameters_may_have_a_percent_sign():
    assert texts.of_package("praho_sandbox")("100% sure").translate("ro") == "100% sure"


def test_a_package_without_catalogues_speaks_english():
    assert texts.of_package("praho.sdk.testing")("Hello").translate("ro") == "Hello"


def test_a_refusal_names_its_reason():
    assert str(ProviderRefused(Reason.TAKEN, "gone")) == "taken: gone"


@pytest.mark.parametrize("failure", [None, "declined", texts.of_package("praho_sandbox")("Pay")])
def test_an_event_survives_being_kept(failure):
    status = PaymentStatus("att_1", "pay_1", PaymentState.FAILED, Money(0, "RON"), "shop", WHEN, failure)
    kept = events.encode(PaymentChanged("evt_1", WHEN, status))
    again = events.decode(kept)
    assert events.encode(again) == kept
    assert (again.external_id, again.occurred_at) == ("evt_1", WHEN)
    assert again.payment.amount == Money(0, "RON")
    assert again.payment.failure == failure


@pytest.mark.parametrize("wrong", [{"version": 2}, {"type": "refund_changed"}, {"type": None}])
def test_an_event_of_another_release_is_refused(wrong):
    status = PaymentStatus("att_1", "pay_1", PaymentState.OPEN, Money(1, "RON"), "shop", WHEN)
    kept = events.encode(PaymentChanged("evt_1", WHEN, status)) | wrong
    with pytest.raises(UnknownEvent):
        events.decode(kept)
