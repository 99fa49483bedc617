"""Two clicks in the same moment."""

import pytest

from tests.billing.payments import paying
from tests.threads import all_at_once

pytestmark = pytest.mark.usefixtures("domains", "live_db")


def test_many_clicks_at_once_are_one_try(buyer, proforma, account, bank):
    started = all_at_once([lambda: paying.start(buyer, proforma, account) for _ in range(6)])

    assert len({attempt.public_id for attempt in started}) == 1
    assert len(bank.payments()) == 1
