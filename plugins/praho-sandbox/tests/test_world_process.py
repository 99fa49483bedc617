"""The world as a process: it starts quickly, outlives a crash, and can be steered and looked at."""

import signal
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import httpx
import pytest

from praho.sdk.registrars import RegisterRequest
from praho.sdk.testing.contexts import plugin_context
from praho.sdk.testing.registrar_contract import REGISTRANT
from praho_sandbox import plugin, testing
from praho_sandbox.settings import SandboxSettings
from praho_sandbox.world import registry


def register(world, name, years=1, key="op_1"):
    settings = SandboxSettings(base_url=world.url, api_key="sandbox-api-key")
    registrar = plugin.REGISTRAR.build(settings, plugin_context(settings))
    return registrar.register(RegisterRequest(name, years, REGISTRANT, ("ns1.ro", "ns2.ro")), key).value


def test_what_it_knew_outlives_a_kill(database):
    with testing.running(database) as world:
        first = register(world, "exemplu.ro")
        port = world.port
        world.process.send_signal(signal.SIGKILL)
        world.process.wait()
    with testing.running(database, port=port) as again:
        assert again.port == port
        assert register(again, "exemplu.ro") == first
        assert len(again.domains()) == 1


def test_reports_not_yet_delivered_outlive_a_kill(database, shop, bank, payment, payment_settings):
    with testing.running(database) as world:
        start(world, payment)
        world.arm("webhook", "delay")
        world.pay("att_1")
    with testing.running(database) as again:
        assert shop.requests == []
        again.release_webhooks()
        assert bank.parse_webhook(shop.received(2)[1].headers, shop.requests[1].body)


def start(world, payment):
    body = {
        "amount": payment.amount.minor,
        "currency": payment.amount.currency,
        "description": payment.description,
        "locale": "ro",
        "return_url": payment.return_url,
        "webhook_url": payment.webhook_url,
    }
    headers = {"Authorization": "Bearer sandbox-api-key", "Idempotency-Key": "att_1"}
    assert world.client.post("/v1/payments", json=body, headers=headers).status_code == 200


def test_a_taken_port_is_one_clear_sentence(running_world, database):
    command = [sys.executable, "-m", "praho_sandbox.world", "--db", str(database)]
    done = subprocess.run(
        [*command, "--port", str(running_world.port)], capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == 1
    assert "cannot listen on 127.0.0.1" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_is_healthy_and_says_what_it_holds(sandbox):
    assert sandbox.client.get("/health").json() == {"status": "ok"}
    register(sandbox, "exemplu.ro")
    page = sandbox.client.get("/", params={"lang": "en"})
    assert page.status_code == 200
    assert "exemplu.ro" in page.text
    assert "Everything outside PRAHO" in page.text
    assert "Tot ce se află în afara PRAHO" in sandbox.client.get("/").text


def test_nothing_is_loaded_from_elsewhere(sandbox):
    page = sandbox.client.get("/").text
    assert "http" not in page.replace(sandbox.url, "").replace("http-equiv", "")
    style = sandbox.client.get("/static/world.css")
    assert style.headers["Content-Type"].startswith("text/css")
    assert "url(" not in style.text


def test_faults_are_armed_from_the_page_too(sandbox):
    form = {"operation": "domains.register", "mode": "slow", "times": "2", "delay": "1.5"}
    assert sandbox.client.post("/faults", data=form).status_code == 303
    assert sandbox.client.post("/faults", data=form | {"mode": "sing"}).status_code == 422
    rows = sandbox.client.get("/__faults__").json()["faults"]
    assert [(row["operation"], row["mode"], row["remaining"], row["delay"]) for row in rows] == [
        ("domains.register", "slow", 2, 1.5)
    ]


@pytest.mark.parametrize(
    "fault",
    [
        {"operation": "domains.fly", "mode": "slow"},
        {"operation": "domains.get", "mode": "duplicate"},
        {"operation": "webhook", "mode": "slow"},
        {"operation": "domains.get", "mode": "slow", "times": 0},
        {"operation": "domains.get", "mode": "slow", "delay": -1},
        {"operation": "domains.get"},
        [],
    ],
)
def test_faults_that_make_no_sense_are_refused(sandbox, fault):
    assert sandbox.client.post("/__faults__", json=fault).status_code == 422


def test_a_fault_is_met_as_often_as_it_was_armed(sandbox):
    number = sandbox.arm("connection.test", "error_500", times=2)
    headers = {"Authorization": "Bearer sandbox-api-key"}
    found = [sandbox.client.get("/v1/account", headers=headers).status_code for _ in range(3)]
    assert found == [500, 500, 200]
    assert sandbox.fired(number)
    assert [row["fault"] for row in sandbox.requests()] == ["error_500", "error_500", ""]


def test_a_lost_answer_is_lost_on_the_wire(sandbox):
    sandbox.arm("connection.test", "before_apply")
    with pytest.raises(httpx.RemoteProtocolError):
        sandbox.client.get("/v1/account", headers={"Authorization": "Bearer sandbox-api-key"})


def test_a_reset_forgets_everything(sandbox):
    register(sandbox, "exemplu.ro")
    sandbox.arm("domains.get", "slow")
    sandbox.reset()
    assert sandbox.domains() == []
    assert sandbox.requests() == []
    assert sandbox.client.get("/__faults__").json() == {"faults": []}


def test_secrets_are_not_kept(sandbox, provisioner, database):
    assert "password" not in sandbox.client.get("/__state__").text
    assert "sandbox-api-key" not in sandbox.client.get("/__requests__").text


def test_its_calendar_moves_with_the_shop_s(sandbox):
    later = datetime(2028, 2, 29, 12, tzinfo=UTC)
    sandbox.move_clock(later)
    romanian = register(sandbox, "exemplu.ro", years=2)
    other = register(sandbox, "exemplu.com", key="op_2")
    sandbox.move_clock(None)
    assert timedelta(0) <= romanian.registered_at - later < timedelta(seconds=60)
    assert romanian.expires_at - romanian.registered_at == timedelta(days=730)
    assert other.expires_at.date().isoformat() == "2029-02-28"


@pytest.mark.parametrize("given", [{"now": "soon"}, {"now": "2026-03-02T09:30:00"}, {"now": 5}])
def test_an_instant_needs_a_form_and_an_offset(sandbox, given):
    assert sandbox.client.post("/__clock__", json=given).status_code == 422


@pytest.mark.parametrize(
    ("name", "years", "expires"),
    [
        ("exemplu.ro", 1, "2029-02-28"),
        ("exemplu.com.ro", 2, "2030-02-28"),
        ("exemplu.com", 1, "2029-02-28"),
        ("exemplu.com", 4, "2032-02-29"),
    ],
)
def test_a_ro_year_has_365_days(name, years, expires):
    assert registry.expiry(name, datetime(2028, 2, 29, tzinfo=UTC), years).date().isoformat() == expires


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/v1/domains", {"name": "exemplu.ro"}),
        ("/v1/domains", {"name": "exemplu.ro", "years": True, "nameservers": ["a.ro", "b.ro"], "registrant": {}}),
        ("/v1/domains", []),
        ("/v1/domains/check", {"names": []}),
        ("/v1/hosting/accounts", {"domain": "a.ro", "package": "x", "contact_email": "a@b.ro", "password": "short"}),
        ("/v1/payments", {"amount": 0, "currency": "RON"}),
        ("/v1/payments", {"amount": 1, "currency": "lei"}),
        (
            "/v1/payments",
            {"amount": 1, "currency": "RON", "description": "x", "locale": "ro", "return_url": "javascript:1"},
        ),
    ],
)
def test_requests_that_make_no_sense_are_refused(sandbox, path, body):
    headers = {"Authorization": "Bearer sandbox-api-key", "Idempotency-Key": "k"}
    answer = sandbox.client.post(path, json=body, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")


def test_a_change_needs_a_key(sandbox):
    answer = sandbox.client.post("/v1/domains", json={}, headers={"Authorization": "Bearer sandbox-api-key"})
    assert answer.status_code == 422
    assert "Idempotency-Key" in answer.json()["error"]["message"]


def test_the_address_is_of_this_machine(sandbox):
    assert urlsplit(sandbox.url).hostname == "127.0.0.1"
