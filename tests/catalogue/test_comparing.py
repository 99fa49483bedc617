"""Plans beside each other: which rows the comparison has, and what stands in them."""

import pytest

from praho.catalogue.services import comparing
from praho.catalogue.types import CycleOffer, PlanOffer
from praho.core.money import Money
from praho.models.catalogue import BillingCycle

MONTHLY, ANNUAL = BillingCycle.MONTHLY, BillingCycle.ANNUAL


def plan(*features, cycles=(MONTHLY,)):
    price = Money(1000, "RON")
    offers = tuple(CycleOffer(cycle, price, Money.zero("RON"), price, 0) for cycle in cycles)
    return PlanOffer("prd_x", "x", "web", "X", "", tuple(features), False, offers)


@pytest.mark.parametrize(
    ("features", "rows"),
    [
        ([()], []),
        ([("SSL",), ("SSL",)], [("SSL", ("", ""))]),
        ([("Sites: 1",), ("Sites: 5", "SSH")], [("Sites", ("1", "5")), ("SSH", (None, ""))]),
        ([("SSH",), ("Sites: 5",)], [("SSH", ("", None)), ("Sites", (None, "5"))]),
        ([("Backup: daily: 14 days",)], [("Backup", ("daily: 14 days",))]),
        ([("Open 9:30",)], [("Open 9:30", ("",))]),
    ],
)
def test_what_plans_hold(features, rows):
    found = comparing.compared([plan(*one) for one in features])
    assert [(row.label, row.values) for row in found.rows] == rows


def test_periods_stand_from_the_shortest_with_a_gap_where_a_plan_lacks_one():
    found = comparing.compared([plan(cycles=(ANNUAL,)), plan(cycles=(MONTHLY, ANNUAL))])
    assert [cycle for cycle, _offers in found.periods] == [MONTHLY, ANNUAL]
    assert [[offer is not None for offer in offers] for _cycle, offers in found.periods] == [
        [False, True],
        [True, True],
    ]
