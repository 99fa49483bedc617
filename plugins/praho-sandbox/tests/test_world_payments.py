"""The pay page, and the reports that follow from it."""

import re

import pytest

from praho.sdk.dto import PaymentState
from praho.sdk.errors import InvalidSignature
from praho.sdk.money import Money


@pytest.fixture
def page(bank, payment, sandbox):
    """The address of the pay page of a payment with the key att_1."""
    return bank.start(payment, "att_1").url


def choose(sandbox, page, action):
    return sandbox.client.post(page, data={"action": action})


def parsed(bank, shop, number):
    """The reports of the first webhooks to arrive, as the plugin understands them."""
    return [bank.parse_webhook(request.headers, request.body)[0] for request in shop.received(number)]


def test_the_page_shows_what_is_paid_and_to_whom(sandbox, page):
    romanian = sandbox.client.get(page)
    assert romanian.status_code == 200
    text = re.sub(r"\s+", " ", romanian.text)
    for part in ('lang="ro"', "199,99", "RON", "Proforma 12", "praho-demo", "Ana Șerban", "Plată cu cardul"):
        assert part in text
    english = sandbox.client.get(page, params={"lang": "en"}).text
    assert "Card payment" in english
    assert "199.99" in english
    assert "script" not in romanian.text
    assert romanian.headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_an_approved_payment_is_reported_and_the_browser_returns(sandbox, bank, shop, payment, page):
    answer = choose(sandbox, page, "approve")
    assert (answer.status_code, answer.headers["Location"]) == (303, payment.return_url)
    first, last = parsed(bank, shop, 2)
    assert (first.payment.state, last.payment.state) == (PaymentState.OPEN, PaymentState.SUCCEEDED)
    assert first.external_id != last.external_id
    assert last.payment == bank.lookup("att_1")
    assert last.payment.amount == payment.amount
    assert shop.requests[0].path == "/webhooks/payments/acc_1"
    assert shop.requests[0].query == {"from": "sandbox"}


def test_a_declined_payment_is_reported_too(sandbox, bank, shop, page):
    assert choose(sandbox, page, "decline").status_code == 303
    assert parsed(bank, shop, 2)[1].payment.state is PaymentState.FAILED


def test_a_finished_payment_shows_how_it_ended(sandbox, bank, shop, page):
    choose(sandbox, page, "decline")
    assert "Plata a fost refuzată" in sandbox.client.get(page).text
    assert choose(sandbox, page, "approve").status_code == 303
    assert bank.lookup("att_1").state is PaymentState.FAILED
    assert len(sandbox.webhooks()) == 2


def test_extra_authentication(sandbox, bank, shop, page):
    step = choose(sandbox, page, "authenticate")
    assert step.status_code == 302
    address = step.headers["Location"]
    assert "246810" in sandbox.client.get(address).text
    wrong = sandbox.client.post(address, data={"action": "confirm", "code": "1"})
    assert "Codul nu este corect" in wrong.text
    assert bank.lookup("att_1").state is PaymentState.OPEN
    right = sandbox.client.post(address, data={"action": "confirm", "code": " 246810 "})
    assert right.status_code == 303
    assert parsed(bank, shop, 2)[1].payment.state is PaymentState.SUCCEEDED
    assert sandbox.client.get(address).status_code == 302


def test_extra_authentication_given_up(sandbox, bank, shop, page):
    address = choose(sandbox, page, "authenticate").headers["Location"]
    assert sandbox.client.post(address, data={"action": "cancel"}).status_code == 303
    assert bank.lookup("att_1").state is PaymentState.FAILED


def test_a_bank_that_never_answers_has_taken_the_money(sandbox, bank, shop, page):
    answer = choose(sandbox, page, "silent")
    assert answer.status_code == 200
    assert "Banca nu răspunde" in answer.text
    assert bank.lookup("att_1").state is PaymentState.SUCCEEDED
    assert sandbox.webhooks() == []


def test_a_bank_that_answers_twice_sends_two_events(sandbox, bank, shop, page):
    choose(sandbox, page, "twice")
    _processing, first, second = parsed(bank, shop, 3)
    assert first.payment == second.payment
    assert first.external_id != second.external_id


def test_unknown_pages_and_choices(sandbox, page):
    assert choose(sandbox, page, "steal").status_code == 422
    assert sandbox.client.get("/pay/pay_unknown").status_code == 404
    assert sandbox.client.post("/pay/pay_unknown", data={"action": "approve"}).status_code == 404
    assert sandbox.client.get("/panel/nobody").status_code == 404


def test_duplicate_reports_carry_one_id(sandbox, bank, shop, page):
    sandbox.arm("webhook", "duplicate")
    choose(sandbox, page, "approve")
    events = parsed(bank, shop, 10)
    assert len({event.external_id for event in events[:5]}) == 1
    assert len({event.external_id for event in events}) == 2


def test_reordered_reports(sandbox, bank, shop, page):
    sandbox.arm("webhook", "reorder")
    choose(sandbox, page, "approve")
    assert [event.payment.state for event in parsed(bank, shop, 2)] == [PaymentState.SUCCEEDED, PaymentState.OPEN]


def test_held_reports_come_when_they_are_released(sandbox, bank, shop, page):
    sandbox.arm("webhook", "delay")
    assert choose(sandbox, page, "approve").status_code == 303
    assert [row["due_at"] for row in sandbox.webhooks()] == [None, None]
    assert shop.requests == []
    sandbox.release_webhooks()
    assert len(parsed(bank, shop, 2)) == 2


def test_delayed_reports_come_later_by_themselves(sandbox, bank, shop, page):
    sandbox.arm("webhook", "delay", delay=0.2)
    choose(sandbox, page, "approve")
    assert len(parsed(bank, shop, 2)) == 2


def test_forged_reports_are_refused_and_not_repeated(sandbox, bank, shop, page):
    sandbox.arm("webhook", "forge")
    shop.answers = [400, 400]
    choose(sandbox, page, "approve")
    for request in shop.received(2):
        with pytest.raises(InvalidSignature):
            bank.parse_webhook(request.headers, request.body)
    sandbox.send_webhooks("att_1")
    assert bank.parse_webhook(shop.received(4)[3].headers, shop.requests[3].body)
    assert [row["attempts"] for row in sandbox.webhooks()[:2]] == [1, 1]


@pytest.mark.parametrize(
    ("mode", "amount", "merchant"),
    [
        ("wrong_amount", Money(20_000, "RON"), "praho-demo"),
        ("wrong_currency", Money(19_999, "EUR"), "praho-demo"),
        ("wrong_account", Money(19_999, "RON"), "not-praho-demo"),
    ],
)
def test_false_reports_are_signed_all_the_same(sandbox, bank, shop, page, mode, amount, merchant):
    sandbox.arm("webhook", mode)
    choose(sandbox, page, "approve")
    reported = parsed(bank, shop, 2)[1].payment
    assert (reported.amount, reported.account_reference) == (amount, merchant)
    assert bank.lookup("att_1").amount == Money(19_999, "RON")


def test_a_report_that_never_comes(sandbox, bank, shop, page):
    sandbox.arm("webhook", "never")
    choose(sandbox, page, "approve")
    assert sandbox.webhooks() == []
    assert bank.lookup("att_1").state is PaymentState.SUCCEEDED


def test_reports_are_repeated_until_somebody_takes_them(sandbox, bank, shop, page):
    shop.answers = [500, 503]
    choose(sandbox, page, "approve")
    events = parsed(bank, shop, 4)
    assert {event.external_id for event in events} == {row["event_id"] for row in sandbox.webhooks()}
