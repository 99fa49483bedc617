"""Secrets are starred by name and by value."""

import pytest

from praho.sdk.masking import MAX_LOGGED_CHARACTERS, Masker

MASKER = Masker(frozenset({"s3cr/t", "s3cr/t-longer", ""}))


def test_known_values_are_starred_wherever_they_stand():
    assert MASKER.text("a s3cr/t-longer b s3cr/t c s3cr%2Ft d") == "a *** b *** c *** d"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://user:pass@a.ro:8443/x?page=2", "https://a.ro:8443/x?page=2"),
        ("https://a.ro/x?api_key=1&apikey=2&token=3&auth_code=4&a=", "https://a.ro/x?api_key=***&apikey=***&token=***&auth_code=***&a="),
        ("https://a.ro/s3cr/t/x", "https://a.ro/***/x"),
        ("https://a.ro/?x=s3cr%2Ft#part", "https://a.ro/?x=***"),
    ],
)  # fmt: skip
def test_addresses(url, shown):
    assert MASKER.url(url) == shown


def test_headers():
    headers = {"Authorization": "Bearer x", "X-Api-Key": "x", "Cookie": "x", "Set-Cookie": "x", "Accept": "s3cr/t"}
    shown = MASKER.headers(headers)
    assert shown == {
        "authorization": "***",
        "x-api-key": "***",
        "cookie": "***",
        "set-cookie": "***",
        "accept": "***",
    }


@pytest.mark.parametrize(
    ("body", "content_type", "shown"),
    [
        (b"", "application/json", ""),
        (b'{"a": [{"Password": "x"}, 1]}', "application/json; charset=utf-8", '{"a": [{"Password": "***"}, 1]}'),
        (b'{"cnp": "1", "iban": "3"}', "application/json", '{"cnp": "***", "iban": "***"}'),
        (b'{"secret": {"deep": "x"}}', "application/json", '{"secret": "***"}'),
        ('{"nume": "Ș"}'.encode(), "application/json", '{"nume": "Ș"}'),
        (b'{"cut of', "application/json", "(8 bytes)"),
        (b"\xff\xfe", "application/json", "(2 bytes)"),
        (b"pass=x&name=Ana", "application/x-www-form-urlencoded", "pass=***&name=Ana"),
        (b"<p>s3cr/t</p>", "text/html", "(13 bytes)"),
    ],
)  # fmt: skip
def test_bodies(body, content_type, shown):
    assert MASKER.body(body, content_type) == shown


def test_long_bodies_are_shortened_after_masking():
    body = b'{"a": "%s s3cr/t"}' % (b"x" * (MAX_LOGGED_CHARACTERS - 11))
    shown = MASKER.body(body, "application/json")
    assert len(shown) == MAX_LOGGED_CHARACTERS
    assert "s3" not in shown
