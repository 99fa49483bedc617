"""What goes wrong on the wire is sorted into "nothing happened" and "nobody knows"."""

import logging
import os

import pytest

from praho.sdk.errors import NotSent, OutcomeUnknown
from praho.sdk.http_client import HttpClient, Timeouts
from praho.sdk.testing.contexts import closed_address

OK = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
JSON = OK + b'Content-Length: 11\r\n\r\n{"a": "\xc8\x99"}'


def status(code, extra=b""):
    return b"HTTP/1.1 %d Some\r\n%sContent-Length: 2\r\n\r\n{}" % (code, extra)


def test_an_answer_is_read_as_it_is(client, raw_server):
    response = client.request("GET", raw_server(JSON).url, query={"q": "ș & b"})
    assert (response.status, response.ok, response.headers["content-type"]) == (200, True, "application/json")
    assert response.answer().text("a") == "ș"


@pytest.mark.parametrize("code", [400, 401, 403, 404, 409, 422, 429])
def test_a_refusal_is_an_answer(client, raw_server, code):
    response = client.request("POST", raw_server(status(code)).url, json={})
    assert (response.status, response.ok) == (code, False)


@pytest.mark.parametrize("code", [301, 302, 304, 307, 408, 500, 502, 503, 504, 599, 999])
def test_no_clear_answer_is_unknown(client, raw_server, code):
    with pytest.raises(OutcomeUnknown):
        client.request("POST", raw_server(status(code, b"Location: /other\r\n")).url, json={})


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"what?\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
    ],
)
def test_a_broken_answer_is_unknown(client, raw_server, answer):
    with pytest.raises(OutcomeUnknown):
        client.request("POST", raw_server(answer).url, json={})


def test_a_late_answer_is_unknown(impatient_client, raw_server):
    with pytest.raises(OutcomeUnknown, match="ReadTimeout"):
        impatient_client.request("POST", raw_server(b"", hold=True).url, json={})


def test_a_late_end_of_the_answer_is_unknown(impatient_client, raw_server):
    begun = b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"
    with pytest.raises(OutcomeUnknown, match="broke off"):
        impatient_client.request("POST", raw_server(begun, hold=True).url, json={})


def test_one_call_may_wait_longer_than_others(impatient_client, raw_server):
    assert impatient_client.request("GET", raw_server(JSON).url, read_seconds=5).ok


def test_an_answer_that_drips_comes_to_an_end(raw_server):
    client = HttpClient(logging.getLogger("tests.sdk"), timeouts=Timeouts(connect=2, read=5, total=0))
    with pytest.raises(OutcomeUnknown, match="longer than"):
        client.request("GET", raw_server(JSON).url)


def test_an_answer_has_a_largest_size(impatient_client, raw_server):
    with pytest.raises(OutcomeUnknown, match="larger than 1000"):
        impatient_client.request("GET", raw_server(OK + b"\r\n" + b"x" * 2000).url)


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/", "127.0.0.1", "http://", "http://a\x00b/", "http://[::1/"])
def test_no_address_no_request(client, address):
    with pytest.raises(NotSent):
        client.request("GET", address)


def test_nobody_listens(client):
    with pytest.raises(NotSent, match="no connection"):
        client.request("POST", closed_address(), json={})


def test_headers_that_cannot_be_sent(client, raw_server):
    server = raw_server(JSON)
    with pytest.raises(NotSent):
        client.request("GET", server.url, headers={"X-Name": "a\r\nb: c"})
    assert server.requests in ([], [b""])


def test_cookies_are_not_kept(client, raw_server):
    server = raw_server(status(200, b"Set-Cookie: session=1; Path=/\r\n"))
    client.request("GET", server.url)
    client.request("GET", server.url)
    assert b"session=1" not in server.requests[1]


def test_proxies_of_the_environment_are_ignored(raw_server, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setitem(os.environ, name, closed_address())
    client = HttpClient(logging.getLogger("tests.sdk"))
    assert client.request("GET", raw_server(JSON).url).ok


def test_what_is_sent(client, raw_server):
    server = raw_server(JSON)
    client.request("POST", f"{server.url}/a", form={"name": "ș"}, headers={"Idempotency-Key": "k"})
    sent = server.requests[0]
    assert sent.startswith(b"POST /a HTTP/1.1\r\n")
    assert b"idempotency-key: k" in sent.lower()
    assert b"accept-encoding: identity" in sent.lower()
    assert sent.endswith(b"name=%C8%99")


def test_secrets_stay_out_of_the_log(client, raw_server, caplog):
    body = b'{"token": "from-them", "note": "s3cret ok"}'
    server = raw_server(OK + b"Content-Length: %d\r\n\r\n" % len(body) + body)
    with caplog.at_level(logging.DEBUG, logger="tests.sdk"):
        client.request(
            "POST",
            f"{server.url.replace('//', '//user:hidden@')}/x/s3cret",
            query={"api_key": "in-query", "page": "2"},
            json={"password": "in-body", "name": "s3cret", "visible": "yes"},
            headers={"Authorization": "Bearer in-header"},
        )
    for secret in ("s3cret", "in-query", "in-body", "in-header", "from-them", "hidden"):
        assert secret not in caplog.text
    assert "page=2" in caplog.text
    assert "yes" in caplog.text
    assert "200 in" in caplog.text


def test_failures_are_logged_without_secrets(client, caplog):
    with caplog.at_level(logging.INFO, logger="tests.sdk"), pytest.raises(NotSent):
        client.request("GET", f"{closed_address()}/s3cret")
    assert "no connection" in caplog.text
    assert "s3cret" not in caplog.text
