"""The bank's reports, in every way that they can misbehave: one settlement, a refusal, or money that staff see."""

import pytest

from praho.models.orders import OrderState
from tests.journeys import outcomes, shop


@pytest.mark.parametrize(("fault", "reports"), [("duplicate", 10), ("reorder", 2)])
def test_however_often_and_in_which_order(buyer, till, pay_by_card, run_all, assert_live_once, sandbox, fault, reports):
    sandbox.arm("webhook", fault)
    pay_by_card(shop.order(buyer))
    run_all()
    assert_live_once()
    assert till.reports.statuses == [204] * reports


def test_late_ones_after_the_browser_came_back(buyer, till, run_all, assert_live_once, sandbox):
    sandbox.arm("webhook", "delay")
    placed = shop.order(buyer)
    attempt = till.pay(buyer, placed)
    sandbox.pay(attempt.public_id)
    till.come_back(buyer, attempt.public_id)
    run_all()
    assert_live_once()
    sandbox.release_webhooks()
    till.reports.wait_for(2)
    run_all()
    assert_live_once()


def test_forged_ones_are_refused_and_the_bank_is_asked(
    buyer, till, pay_by_card, run_all, assert_live_once, sandbox, live_db
):
    sandbox.arm("webhook", "forge")
    pay_by_card(shop.order(buyer))
    run_all()
    assert till.reports.statuses == [400, 400]
    assert outcomes.order_states() == [OrderState.AWAITING_PAYMENT]
    the_bank_is_asked(live_db, run_all)
    assert_live_once()


def test_where_none_comes_the_bank_is_asked(buyer, pay_by_card, run_all, assert_live_once, sandbox, live_db):
    sandbox.arm("webhook", "never")
    pay_by_card(shop.order(buyer))
    run_all()
    assert outcomes.order_states() == [OrderState.AWAITING_PAYMENT]
    the_bank_is_asked(live_db, run_all)
    assert_live_once()


@pytest.mark.parametrize(
    ("fault", "reason"), [("wrong_amount", "amount"), ("wrong_currency", "currency"), ("wrong_account", "account")]
)
def test_money_that_does_not_fit_is_kept_for_staff(buyer, till, pay_by_card, run_all, sandbox, fault, reason):
    sandbox.arm("webhook", fault)
    pay_by_card(shop.order(buyer))
    run_all()
    assert set(till.reports.statuses) == {204}
    assert [(one.reason, one.customer_id) for one in outcomes.parked()] == [(reason, buyer.id)]
    assert outcomes.order_states() == [OrderState.AWAITING_PAYMENT]
    assert sandbox.accounts() == sandbox.domains() == []


def the_bank_is_asked(live_db, run_all):
    """Minutes later the sweep comes round."""
    shop.let_minutes_pass(live_db)
    shop.sweep_attempts()
    run_all()
