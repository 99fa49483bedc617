"""Many clicks: in the same moment, and one after the other."""

import pytest

from praho.core.errors import TooManyRequests
from tests.billing.payments import paying
from tests.threads import all_at_once

pytestmark = pytest.mark.usefixtures("domains", "live_db")


def test_many_clicks_at_once_are_one_try(buyer, proforma, account, bank):
    started = all_at_once([lambda: paying.start(buyer, proforma, account) for _ in range(6)])

    assert len({attempt.public_id for attempt in started}) == 1
    assert len(bank.payments()) == 1


def test_a_card_cannot_be_tried_over_and_over(buyer, proforma, account, bank):
    for _ in range(10):
        started = paying.start(buyer, proforma, account)
        bank.pay(started.public_id, "insufficient_funds")
        paying.ask(started.public_id)

    with pytest.raises(TooManyRequests):
        paying.start(buyer, proforma, account)
    assert len(bank.payments()) == 10
