"""Going on sale: what is sold is complete, and stays so while it is sold."""

import pytest
from sqlalchemy import select

from praho.catalogue.errors import NotComplete
from praho.catalogue.services import groups, plans, selling, tlds
from praho.catalogue.types import CycleAmounts, PlanInput, TldInput
from praho.core.db.scope import StaffScope, SystemScope, entered
from praho.core.errors import Conflict, NotFound
from praho.models.audit import AuditEvent
from praho.models.catalogue import BillingCycle, DomainOperation, Product, SaleState, Tld
from praho.models.integrations import ProviderKind
from tests.factories import catalogue, users

DRAFT, ON_SALE, RETIRED = SaleState.DRAFT, SaleState.ON_SALE, SaleState.RETIRED
ANNUAL = BillingCycle.ANNUAL
REGISTER, RENEW = DomainOperation.REGISTER, DomainOperation.RENEW


@pytest.fixture
def staff(db):
    with entered(StaffScope(users.make_staff().id)):
        yield


@pytest.fixture
def provisioner(db):
    return catalogue.make_offline_account(ProviderKind.PROVISIONER)


@pytest.fixture
def registrar(db):
    return catalogue.make_offline_account(ProviderKind.REGISTRAR)


def state_of(model, public_id):
    with entered(SystemScope("test")) as session:
        return session.scalars(select(model.state).where(model.public_id == public_id)).one()


def typed_plan(row, **values):
    with entered(SystemScope("test")):
        group_id = next(group.public_id for group, _count in groups.listed() if group.id == row.group_id)
    return PlanInput(
        **{
            "group_id": group_id,
            "slug": row.slug,
            "name": row.name,
            "description": row.description,
            "features": {},
            "position": 1,
            "highlighted": False,
            "account_id": "",
            "remote_plan": row.remote_plan,
            **values,
        }
    )


@pytest.mark.parametrize(
    ("account", "remote_plan", "prices", "missing"),
    [
        (False, "start", {ANNUAL: (100, 0)}, 1),
        (True, "", {ANNUAL: (100, 0)}, 1),
        (True, "start", {}, 1),
        (False, "", {}, 3),
        (True, "start", {ANNUAL: (0, 0)}, 0),
    ],
)
def test_a_plan_is_sold_when_it_is_complete(staff, provisioner, account, remote_plan, prices, missing):
    row = catalogue.make_plan(provisioner if account else None, prices, state=DRAFT, remote_plan=remote_plan)
    assert len(selling.missing_of_plan(row)) == missing
    if missing:
        with pytest.raises(NotComplete):
            selling.put_plan_on_sale(row.public_id)
    else:
        selling.put_plan_on_sale(row.public_id)
    assert state_of(Product, row.public_id) is (DRAFT if missing else ON_SALE)


@pytest.mark.parametrize(
    ("account", "prices", "missing"),
    [
        (True, {(REGISTER, 1): 100, (RENEW, 1): 100}, 0),
        (True, {(REGISTER, 2): 0, (RENEW, 2): 0}, 0),
        (False, {(REGISTER, 1): 100, (RENEW, 1): 100}, 1),
        (True, {(REGISTER, 1): 100}, 1),
        (True, {(REGISTER, 10): 100, (RENEW, 1): 100}, 1),
        (True, {(RENEW, 1): 100}, 1),
        (False, {}, 3),
    ],
)
def test_an_ending_is_sold_when_it_is_complete(staff, registrar, account, prices, missing):
    row = catalogue.make_bare_tld("ro", registrar if account else None, max_years=5)
    tlds.set_prices(row.public_id, prices)
    assert len(selling.missing_of_tld(row)) == missing
    if missing:
        with pytest.raises(NotComplete):
            selling.put_tld_on_sale(row.public_id)
    else:
        selling.put_tld_on_sale(row.public_id)
    assert state_of(Tld, row.public_id) is (DRAFT if missing else ON_SALE)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (DRAFT, ON_SALE),
        (RETIRED, ON_SALE),
        (ON_SALE, RETIRED),
        (ON_SALE, ON_SALE),
        (DRAFT, RETIRED),
        (RETIRED, RETIRED),
    ],
)
def test_every_move_between_the_states(staff, provisioner, registrar, before, after):
    product, tld = (
        catalogue.make_plan(provisioner, state=before),
        catalogue.make_priced_tld("ro", registrar, state=before),
    )
    move_plan = selling.put_plan_on_sale if after is ON_SALE else selling.retire_plan
    move_tld = selling.put_tld_on_sale if after is ON_SALE else selling.retire_tld
    if (before, after) in {(DRAFT, ON_SALE), (RETIRED, ON_SALE), (ON_SALE, RETIRED)}:
        move_plan(product.public_id)
        move_tld(tld.public_id)
        assert (state_of(Product, product.public_id), state_of(Tld, tld.public_id)) == (after, after)
        return
    for move, row in ((move_plan, product), (move_tld, tld)):
        with pytest.raises(Conflict):
            move(row.public_id)


def test_a_plan_on_sale_stays_complete(staff, provisioner):
    row = catalogue.make_plan(provisioner)
    with pytest.raises(NotComplete):
        plans.set_prices(row.public_id, {})
    for values in ({"account_id": ""}, {"account_id": provisioner.public_id, "remote_plan": " "}):
        with pytest.raises(NotComplete):
            plans.change(row.public_id, typed_plan(row, **values))
    assert plans.prices_of(row.id) == {ANNUAL: CycleAmounts(12_000, 0)}
    plans.change(row.public_id, typed_plan(row, account_id=provisioner.public_id, name={"ro": "Alt nume"}))
    assert plans.shown(row.public_id).name == {"ro": "Alt nume"}


def test_an_ending_on_sale_stays_complete(staff, registrar):
    row = catalogue.make_priced_tld("ro", registrar)
    with pytest.raises(NotComplete):
        tlds.set_prices(row.public_id, {(REGISTER, 1): 100})
    with pytest.raises(NotComplete):
        tlds.change(row.public_id, TldInput("ro", "", 1, 10, 1))
    with pytest.raises(NotComplete):
        tlds.change(row.public_id, TldInput("ro", registrar.public_id, 3, 10, 1))
    assert tlds.prices_of(row.id)[(REGISTER, 1)] == 5000


def test_what_is_retired_may_be_taken_apart(staff, provisioner):
    row = catalogue.make_plan(provisioner, state=RETIRED)
    plans.set_prices(row.public_id, {})
    with pytest.raises(NotComplete):
        selling.put_plan_on_sale(row.public_id)


def test_what_is_not_there_is_not_found(staff):
    for command in (selling.put_plan_on_sale, selling.retire_plan, selling.put_tld_on_sale, selling.retire_tld):
        with pytest.raises(NotFound):
            command("prd_nothing")


def test_each_move_is_one_audit_event(staff, provisioner):
    row = catalogue.make_plan(provisioner, state=DRAFT)
    selling.put_plan_on_sale(row.public_id)
    selling.retire_plan(row.public_id)
    with entered(SystemScope("test")) as session:
        events = session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()
    assert [(event.action, event.subject_id, event.changes) for event in events] == [
        ("catalogue.product.on_sale", row.public_id, {"state": ["draft", "on_sale"]}),
        ("catalogue.product.retired", row.public_id, {"state": ["on_sale", "retired"]}),
    ]
