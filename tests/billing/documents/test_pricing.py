from dataclasses import replace
from decimal import Decimal

import pytest

from praho.billing import errors, types
from praho.billing.documents import pricing
from praho.billing.tax import totals
from tests.billing import samples


def test_lines_are_numbered_and_priced():
    priced = pricing.price("RON", samples.DRAFTS)
    assert [(line.position, line.net_minor) for line in priced.lines] == [(1, 23988), (2, 4990), (3, 500)]
    assert priced.totals == types.Sums(29478, 0, 29478, 6190, 35668)
    first, draft = priced.lines[0], samples.DRAFTS[0]
    copied = (
        "description",
        "quantity",
        "unit_code",
        "unit_price_minor",
        "rate",
        "period_start",
        "period_end",
    )
    assert all(getattr(first, name) == getattr(draft, name) for name in copied)


def test_a_document_and_a_cart_cost_the_same():
    drafts = [samples.draft("x", "9.95", discount_minor=100, details="mai mult"), *samples.DRAFTS]
    cart = totals.compute(
        "RON",
        [
            totals.TaxableLine(one.quantity, one.unit_price_minor, one.category, one.rate, one.discount_minor)
            for one in drafts
        ],
        discount_minor=55,
    )
    priced = pricing.price("RON", drafts, discount_minor=55)
    assert (priced.totals, priced.subtotals, priced.allowances) == (
        cart.sums,
        cart.subtotals,
        cart.allowances,
    )
    assert priced.lines[0].details == "mai mult"
    assert priced.lines[0].discount_minor == 100


def test_a_priced_document_is_consistent():
    pricing.require_consistent(samples.document(discount_minor=500))
    pricing.require_consistent(samples.document(()))
    pricing.require_consistent(samples.paid(samples.document()))
    pricing.require_consistent(samples.paid(samples.document([samples.draft("x", "1", "-1")])))


GOOD = samples.document(discount_minor=500)
BROKEN = {
    "a line missing": replace(GOOD, lines=GOOD.lines[1:]),
    "a net off by a ban": replace(
        GOOD, lines=(replace(GOOD.lines[0], net_minor=GOOD.lines[0].net_minor + 1), *GOOD.lines[1:])
    ),
    "VAT off by a ban": replace(GOOD, subtotals=(replace(GOOD.subtotals[0], vat_minor=1),)),
    "no allowances": replace(GOOD, allowances=()),
    "another rate": replace(GOOD, subtotals=(replace(GOOD.subtotals[0], rate=Decimal(19)),)),
    "paid before it cost anything": samples.document([samples.draft("x", "0")], payments=(samples.payment(1),)),
    "paid twice": samples.document([samples.draft("x", "1")], payments=(samples.payment(121), samples.payment(1))),
    "paid less than nothing": samples.document([samples.draft("x", "1")], payments=(samples.payment(-1),)),
    "a total off by a ban": replace(GOOD, totals=replace(GOOD.totals, total_minor=GOOD.totals.total_minor - 1)),
}


@pytest.mark.parametrize("defect", BROKEN)
def test_amounts_that_do_not_follow_are_refused(defect):
    with pytest.raises(errors.InconsistentDocument, match="EXH-000001"):
        pricing.require_consistent(BROKEN[defect])
