"""Opening number series: one is in use at a time, also when two people open one in the same moment."""

import pytest
from sqlalchemy import select

from praho.billing.documents.services import series
from praho.core.db.scope import SystemScope, entered
from praho.core.errors import Conflict, Invalid
from praho.models.billing.documents import DocumentKind, NumberSeries
from tests.factories import billing
from tests.threads import all_at_once

pytestmark = pytest.mark.usefixtures("domains", "live_db")


def open_series(prefix):
    with entered(SystemScope("test")):
        try:
            series.open_series(DocumentKind.INVOICE, prefix, 4, 1)
        except (Conflict, Invalid) as refusal:
            return type(refusal)
        return prefix


def in_use():
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(NumberSeries.prefix).where(NumberSeries.active)))


def test_one_of_many_that_replace_the_one_in_use_is_in_use_at_the_end():
    billing.make_series("OLD")
    prefixes = [f"S{number}" for number in range(6)]

    assert all_at_once([lambda one=one: open_series(one) for one in prefixes]) == prefixes
    assert len(in_use()) == 1


def test_of_many_first_ones_the_late_are_told():
    outcomes = all_at_once([lambda one=one: open_series(f"S{one}") for one in range(6)])

    assert set(outcomes) <= {*in_use(), Conflict, *(f"S{one}" for one in range(6))}
    assert Invalid not in outcomes
    assert len(in_use()) == 1


def test_a_prefix_serves_once():
    assert open_series("EXF") == "EXF"
    assert open_series("EXF") is Invalid
    assert in_use() == ["EXF"]
