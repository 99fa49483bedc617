"""Order → pay → live, in every weather that the sandbox makes: one payment, one invoice, one account, one domain."""

from functools import partial

import pytest

from praho.core.db.scope import StaffScope, entered
from praho.integrations.services import adapters
from praho.models.billing.payments import AttemptState
from praho.models.orders import ItemState, OrderState
from praho.orders.services import delivering
from praho.sdk.http_client import Timeouts
from praho_sandbox.world.faults import ApiFault
from tests.factories import users
from tests.journeys import outcomes, shop

CHANGING = ("payments.start", "domains.register", "accounts.create")
ASKING = ("payments.lookup", "domains.get", "accounts.find")
LOST = [fault.value for fault in ApiFault if fault is not ApiFault.REFUSE]
LATE_SECONDS = 1.5


@pytest.fixture(params=["card", "transfer"])
def pay(request):
    return request.getfixturevalue(f"pay_by_{request.param}")


@pytest.fixture
def impatient(monkeypatch):
    """Give up waiting for an answer before a slow one comes."""
    monkeypatch.setattr(adapters, "Timeouts", partial(Timeouts, read=0.5))


@pytest.fixture
def arm(sandbox, impatient):
    def arm_all(operations, fault, times=1):
        return [sandbox.arm(operation, fault, times=times, delay=LATE_SECONDS) for operation in operations]

    return arm_all


def test_in_fair_weather(buyer, pay, run_all, assert_live_once):
    pay(shop.order(buyer))
    run_all()
    assert_live_once()


def test_an_order_that_is_sent_twice_is_one(buyer, pay_by_transfer, run_all, assert_live_once):
    placed = shop.order(buyer)
    assert shop.order(buyer) == placed
    pay_by_transfer(placed)
    run_all()
    assert_live_once()


@pytest.mark.parametrize("fault", LOST)
def test_when_answers_get_lost(buyer, pay, run_all, assert_live_once, sandbox, arm, fault):
    armed = arm(CHANGING, fault)
    pay(shop.order(buyer))
    run_all()
    assert_live_once()
    assert all(sandbox.fired(one, wait=0) for one in armed[1:])


@pytest.mark.parametrize("fault", LOST)
def test_when_nobody_can_be_asked_either(buyer, pay_by_card, run_all, assert_live_once, sandbox, arm, fault):
    arm(CHANGING, "after_apply")
    armed = arm(ASKING, fault, times=2)
    pay_by_card(shop.order(buyer))
    run_all()
    assert_live_once()
    assert all(sandbox.fired(one, wait=0) for one in armed)


def test_when_the_bank_refuses_to_begin(buyer, till, pay_by_card, run_all, assert_live_once, arm):
    arm(["payments.start"], "refuse")
    placed = shop.order(buyer)
    refused = till.pay(buyer, placed)
    assert (refused.state, refused.url) == (AttemptState.DECLINED, None)
    pay_by_card(placed)
    run_all()
    assert_live_once()


def test_when_the_card_is_declined_at_first(buyer, till, pay_by_card, run_all, assert_live_once, sandbox):
    placed = shop.order(buyer)
    sandbox.pay(till.pay(buyer, placed).public_id, "insufficient_funds")
    till.reports.wait_for(len(sandbox.webhooks()))
    run_all()
    assert outcomes.order_states() == [OrderState.AWAITING_PAYMENT]
    pay_by_card(placed)
    run_all()
    assert_live_once()


def test_when_the_providers_refuse_staff_try_again(buyer, pay, run_all, assert_live_once, sandbox, arm):
    arm(["domains.register", "accounts.create"], "refuse")
    pay(shop.order(buyer))
    run_all()

    assert [(item.state, item.failure) for item in outcomes.items()] == [(ItemState.FAILED, "refused on demand")] * 2
    assert outcomes.order_states() == [OrderState.IN_PROGRESS]
    outcomes.assert_paid_once()
    assert sandbox.domains() == sandbox.accounts() == []

    for item in outcomes.items():
        with entered(StaffScope(users.make_staff().id)):
            delivering.retry(item.public_id)
    run_all()
    assert_live_once()
