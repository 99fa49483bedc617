"""What never reaches a log."""

import dataclasses
import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praho.core import masking
from praho.core.identifiers import cnp
from praho.core.money import Money


@dataclasses.dataclass
class Settings:
    api_key: str
    host: str


@pytest.mark.parametrize(
    "name",
    [
        "password",
        "PASSWORD",
        "smtp_password",
        "Authorization",
        "Proxy-Authorization",
        "Set-Cookie",
        "X-Api-Key",
        "apiKey",
        "APIKEY",
        "client_secret",
        "accessToken",
        "csrf_token",
        "stripe-signature",
        "secret_key",
        "encryption_keys",
        "authCode",
        "epp",
        "otp",
        "totp_secret",
        "recovery_codes",
        "card_number",
        "cvc",
        "cnp",
        "customer_cnp",
    ],
)
def test_fields_with_such_names_are_hidden(name):
    assert masking.value({name: "x"}) == {name: "***"}
    assert masking.value({name: ["x", {"y": "z"}]}) == {name: "***"}


@pytest.mark.parametrize(
    "name", ["passage", "spinner", "tokenizer", "secretary", "author", "key", "keyword", "idempotency_key", "code"]
)
def test_fields_with_harmless_names_are_shown(name):
    assert masking.value({name: "x"}) == {name: "x"}


def test_whether_there_is_a_secret_may_be_told():
    assert masking.value({"password": None, "token": False}) == {"password": None, "token": False}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("CNP 1630615123457 refuzat", "CNP **********457 refuzat"),
        ("Authorization: Bearer abc.def-ghi", "Authorization: Bearer ***"),
        ("header 'Basic dXNlcjpwYXNz'", "header 'Basic ***'"),
        ("postgresql://praho:hunter2@db/praho", "postgresql://praho:***@db/praho"),
        ("https://x.example/?token=abc&page=2", "https://x.example/?token=***&page=2"),
        ("Settings(api_key='abc', host='h')", "Settings(api_key=***, host='h')"),
        ('{"password": "a b c", "x": 1}', '{"password": ***, "x": 1}'),
        ("smtp_password=hunter2; host=x", "smtp_password=***; host=x"),
        ("nothing to hide: 12 invoices", "nothing to hide: 12 invoices"),
    ],
)
def test_secrets_inside_texts_are_hidden(text, shown):
    assert masking.text(text) == shown


def test_any_depth_and_any_kind_is_reached():
    shown = masking.value(
        {
            "list": [{"deep": ({"password": "x"}, {"Cookie": "y"})}],
            "settings": Settings("k", "h"),
            "person": cnp.parse("1630615123457"),
            "number": 1630615123457,
            "set": {"1630615123457"},
            "bytes": b"1630615123457",
            "error": ValueError("bad CNP 1630615123457"),
            "cnp 1630615123457": 1,
        }
    )
    written = json.dumps(shown)
    assert "1630615123457" not in written
    assert shown["list"] == [{"deep": [{"password": "***"}, {"Cookie": "***"}]}]
    assert shown["settings"] == {"api_key": "***", "host": "h"}
    assert shown["bytes"] == "<13 bytes>"


def test_harmless_data_stays_what_it_is():
    moment = datetime(2026, 1, 15, tzinfo=UTC)
    harmless = {"count": 3, "rate": Decimal("0.21"), "at": moment, "flag": True, "none": None, "text": "șț"}
    assert masking.value(harmless) == harmless
    assert masking.value(Money(5, "RON")) == {"minor": 5, "currency": "RON"}


def test_endless_data_comes_to_an_end():
    endless = []
    endless.append(endless)
    assert "…" in str(masking.value(endless))


PLANTED = "hunter2-planted"
NESTED = st.recursive(
    st.just(PLANTED),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3),
        st.tuples(inner),
        st.dictionaries(st.sampled_from(["a", "b", "nested"]), inner, min_size=1, max_size=2),
    ),
    max_leaves=8,
)


@given(NESTED, st.sampled_from(["password", "api_key", "Authorization", "sessionToken"]))
def test_whatever_hangs_below_a_secret_name_is_hidden(nested, name):
    assert PLANTED not in str(masking.value({"outer": [{name: nested}]}))
