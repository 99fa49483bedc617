"""The price grids of the forms: empty is not sold, zero is free, and a mistake keeps what was typed."""

import pytest

from praho.catalogue.types import CycleAmounts
from praho.catalogue.web import price_grids
from praho.models.catalogue import BillingCycle, DomainOperation

MONTHLY, ANNUAL = BillingCycle.MONTHLY, BillingCycle.ANNUAL
REGISTER, RENEW = DomainOperation.REGISTER, DomainOperation.RENEW


def test_empty_is_not_sold_and_zero_is_free():
    grid, prices = price_grids.read_plan(
        {
            "amount_monthly": "0",
            "setup_monthly": "",
            "amount_annual": " 1.234,50 ",
            "setup_annual": "0",
            "amount_x": "5",
        },
        "RON",
    )
    assert grid.errors == {}
    assert prices == {MONTHLY: CycleAmounts(0, 0), ANNUAL: CycleAmounts(123_450, 0)}


def test_nothing_typed_is_nothing_sold():
    assert price_grids.read_plan({}, "RON")[1] == {}
    assert price_grids.read_tld({}, "RON")[1] == {}


@pytest.mark.parametrize("typed", ["abc", "-1", "1,234.567,8", "1.234", "10,005", "1e3", "٣"])
def test_a_mistake_is_named_and_kept(typed):
    grid, prices = price_grids.read_plan({"amount_annual": typed}, "RON")
    assert list(grid.errors) == ["amount_annual"]
    assert grid.typed["amount_annual"] == typed
    assert prices == {}


def test_a_setup_fee_alone_is_a_mistake():
    grid, prices = price_grids.read_plan({"setup_annual": "50"}, "RON")
    assert list(grid.errors) == ["amount_annual"]
    assert prices == {}


def test_an_ending_has_a_cell_for_each_operation_and_number_of_years():
    grid, prices = price_grids.read_tld(
        {"register_1": "0", "renew_10": "99,99", "register_11": "5", "transfer_2": ""}, "RON"
    )
    assert grid.errors == {}
    assert prices == {(REGISTER, 1): 0, (RENEW, 10): 9999}


@pytest.mark.parametrize("typed", ["x", "-0,01"])
def test_a_mistake_about_an_ending_is_named(typed):
    grid, _prices = price_grids.read_tld({"transfer_2": typed, "register_1": "5"}, "RON")
    assert list(grid.errors) == ["transfer_2"]


def test_what_is_stored_is_written_as_it_is_read():
    stored = {MONTHLY: CycleAmounts(0, 0), ANNUAL: CycleAmounts(123_450, 500)}
    assert price_grids.read_plan(price_grids.of_plan(stored, "EUR").typed, "EUR")[1] == stored
    endings = {(REGISTER, 1): 0, (RENEW, 10): 1_000_000}
    assert price_grids.read_tld(price_grids.of_tld(endings, "EUR").typed, "EUR")[1] == endings
