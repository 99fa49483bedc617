"""Promo codes: making them, whether they hold for a buyer, and their uses from an order's placing to its end."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select

from praho.catalogue.errors import CodeRefused
from praho.catalogue.services import codes, redeeming
from praho.catalogue.services.redeeming import Buyer
from praho.catalogue.types import CodePhase
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, Invalid
from praho.core.money import Money
from praho.models.audit import AuditEvent
from praho.models.catalogue import BillingCycle, DiscountKind, DiscountTarget, RedemptionState
from praho.models.integrations import ProviderKind
from tests.factories import catalogue, customers
from tests.factories.discounts import TYPED, make_code, redemptions

pytestmark = pytest.mark.usefixtures("db", "domains")


def rule(typed, buyer=None, currency="RON"):
    with entered(SystemScope("test")):
        return redeeming.rule(typed, currency, buyer or Buyer())


def refusal(typed, buyer=None, currency="RON"):
    with pytest.raises(CodeRefused) as caught:
        rule(typed, buyer, currency)
    return str(caught.value)


def do(command, *arguments):
    with entered(SystemScope("test")):
        return command(*arguments)


def decide(*what):
    with entered(SystemScope("test")), unit_of_work():
        for command, order in what:
            command(order)


def reserve(customer, order="ord_1", code="VARA20"):
    with entered(SystemScope("test")), unit_of_work():
        buyer = Buyer(customer.id, new=True)
        redeeming.reserve(code, buyer, order_ref=order, order_number="C-1", discount=Money(240, "RON"))


def test_a_code_holds_as_it_was_made_however_it_is_typed():
    plan = catalogue.make_plan(catalogue.make_offline_account(ProviderKind.PROVISIONER))
    make_code(percent=Decimal("12.5"), product_ids=(plan.public_id,), cycles=(BillingCycle.ANNUAL,), first_cycles=3)
    found = rule("  vara 20 ")
    assert (found.percent, found.product_ids, found.cycles, found.first_cycles) == (
        Decimal("12.50"), frozenset({plan.id}), frozenset({"annual"}), 3,
    )  # fmt: skip
    assert found.label == "Cod VARA20: reducere 12,5%"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"code": "x"}, "code"),
        ({"code": "VĂRĂ20"}, "code"),
        ({"percent": None}, "percent"),
        ({"percent": Decimal(0)}, "percent"),
        ({"percent": Decimal("100.01")}, "percent"),
        ({"percent": Decimal("10.005")}, "percent"),
        ({"kind": DiscountKind.FIXED}, "amounts"),
        ({"kind": DiscountKind.FIXED, "amounts": {"RON": 0}}, "amounts"),
        ({"kind": DiscountKind.FREE_SETUP, "target": DiscountTarget.DOMAINS}, "target"),
        ({"valid_from": date(2026, 3, 2), "valid_until": date(2026, 3, 1)}, "valid_until"),
        ({"max_uses": 0}, "max_uses"),
        ({"first_cycles": 0}, "first_cycles"),
        ({"product_ids": ("prd_nobody",)}, "products"),
        ({"tlds": ("nowhere",)}, "tlds"),
    ],
)
def test_what_makes_no_sense_is_refused_beside_its_field(values, field):
    with pytest.raises(Invalid) as caught:
        make_code(**values)
    assert list(caught.value.fields) == [field]


def test_two_codes_never_read_alike():
    first = make_code()
    with pytest.raises(Invalid):
        make_code(code="vara20")
    do(codes.change, first, replace(TYPED, note="Campania de vară"))
    assert do(codes.shown, first).row.note == "Campania de vară"


def test_every_change_is_on_record():
    public_id = make_code()
    do(codes.change, public_id, replace(TYPED, max_uses=5))
    do(codes.pause, public_id)
    do(codes.resume, public_id)
    with pytest.raises(Conflict):
        do(codes.resume, public_id)
    with entered(SystemScope("test")) as session:
        events = session.scalars(select(AuditEvent).where(AuditEvent.subject_id == public_id).order_by(AuditEvent.id))
        assert [(event.action.rpartition(".")[2], event.changes.get("max_uses")) for event in events] == [
            ("create", [None, None]), ("change", [None, 5]), ("paused", None), ("active", None),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("instant", "phase", "holds"),
    [
        # The first of March begins in Bucharest two hours before it does in Greenwich; the last day ends there too.
        ("2026-02-28T21:59:00+00:00", CodePhase.PLANNED, False),
        ("2026-02-28T22:01:00+00:00", CodePhase.RUNNING, True),
        ("2026-03-31T20:59:00+00:00", CodePhase.RUNNING, True),
        ("2026-03-31T21:01:00+00:00", CodePhase.ENDED, False),
    ],
)
def test_the_days_are_those_of_bucharest(move_clock, instant, phase, holds):
    move_clock(instant)
    public_id = make_code(valid_from=date(2026, 3, 1), valid_until=date(2026, 3, 31))
    assert do(codes.shown, public_id).phase is phase
    assert [view.row.public_id for view in do(codes.listed, phase, "", None).items] == [public_id]
    if holds:
        assert rule("VARA20").percent == 20
    else:
        assert "VARA20" in refusal("VARA20")


def test_why_a_code_does_not_hold_is_said():
    customer = customers.make_customer()
    assert "NIMIC" in refusal("nimic")
    do(codes.pause, make_code(code="PAUZA"))
    assert refusal("PAUZA") == refusal("nimic").replace("NIMIC", "PAUZA")
    make_code(code="NOU", new_customers_only=True)
    assert "clienților noi" in refusal("NOU", Buyer(customer.id, new=False))
    assert rule("NOU", Buyer(customer.id, new=True)).percent == 20
    make_code(code="LEI", kind=DiscountKind.FIXED, amounts={"RON": 500}, percent=None)
    assert "EUR" in refusal("LEI", currency="EUR")
    assert rule("LEI").amount_minor == 500


def test_a_use_is_reserved_used_or_given_back():
    make_code(max_uses=2)
    first, second, third = (customers.make_customer() for _each in range(3))
    reserve(first, "ord_1")
    reserve(second, "ord_2")
    assert "epuizat" in refusal("VARA20")
    with pytest.raises(CodeRefused):
        reserve(third, "ord_3")
    decide((redeeming.use, "ord_1"), (redeeming.release, "ord_2"), (redeeming.use, "ord_2"))
    assert [row.state for row in redemptions()] == [RedemptionState.USED, RedemptionState.RELEASED]
    reserve(second, "ord_3")
    view = do(codes.listed, CodePhase.USED_UP, "va", None).items[0]
    assert (view.use.used, view.use.reserved, view.use.released, view.use.given) == (1, 1, 1, (Money(240, "RON"),))


def test_once_for_each_customer_until_it_is_given_back():
    make_code()
    customer = customers.make_customer()
    reserve(customer, "ord_1")
    assert "deja" in refusal("VARA20", Buyer(customer.id, new=True))
    with pytest.raises(CodeRefused):
        reserve(customer, "ord_2")
    decide((redeeming.release, "ord_1"))
    reserve(customer, "ord_2")
    assert [row.state for row in redemptions()] == [RedemptionState.RELEASED, RedemptionState.RESERVED]


def test_an_order_without_a_code_has_nothing_to_use_or_to_give_back():
    decide((redeeming.use, "ord_none"), (redeeming.release, "ord_none"))
    assert redemptions() == []
