"""Only what the bank signed, around now, passes."""

from datetime import UTC, datetime, timedelta

import pytest

from praho.sdk.errors import InvalidSignature
from praho_sandbox import signatures
from praho_sandbox.world import signing

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
BODY = b'{"id": "evt_1"}'


def headers(sent_at=NOW, secret="s3cret", body=BODY):
    return {name.lower(): value for name, value in signing.signed_headers(secret, body, sent_at).items()}


@pytest.mark.parametrize("seconds", [-signatures.TOLERANCE_SECONDS, 0, signatures.TOLERANCE_SECONDS])
def test_the_window_is_open_in_both_directions(seconds):
    signatures.verify("s3cret", headers(NOW + timedelta(seconds=seconds)), BODY, NOW)


@pytest.mark.parametrize("seconds", [-signatures.TOLERANCE_SECONDS - 1, signatures.TOLERANCE_SECONDS + 1])
def test_outside_the_window_nothing_passes(seconds):
    with pytest.raises(InvalidSignature):
        signatures.verify("s3cret", headers(NOW + timedelta(seconds=seconds)), BODY, NOW)


def test_a_signature_computed_elsewhere():
    """By `printf '1772443800.{"id": "evt_1"}' | openssl dgst -sha256 -hmac s3cret`."""
    assert headers() == {
        "sandbox-timestamp": "1772443800",
        "sandbox-signature": "v1=fed7ce398b5b7dc90d70654c56ef03f55dce9b66ec4c81e58337788027f0ae40",
        "content-type": "application/json",
    }


@pytest.mark.parametrize(
    "broken",
    [
        {},
        headers(secret="other"),
        headers(body=BODY + b" "),
        headers() | {"sandbox-timestamp": "1772443801"},
        headers() | {"sandbox-timestamp": ""},
        headers() | {"sandbox-timestamp": "soon"},
        headers() | {"sandbox-timestamp": "１７７２４４３８００"},
        headers() | {"sandbox-timestamp": "-1772443800"},
        headers() | {"sandbox-signature": ""},
        headers() | {"sandbox-signature": "v1="},
        headers() | {"sandbox-signature": "ă"},
        headers() | {"sandbox-signature": headers()["sandbox-signature"].replace("v1=", "v0=")},
        headers() | {"sandbox-signature": headers()["sandbox-signature"].removeprefix("v1=")},
    ],
)
def test_what_is_not_signed_is_refused(broken):
    with pytest.raises(InvalidSignature):
        signatures.verify("s3cret", broken, BODY, NOW)
