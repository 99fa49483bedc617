"""Groups, plans and endings as staff make them: every refused field has its sentence."""

import pytest
from sqlalchemy import select

from praho.catalogue.services import groups, plans, tlds
from praho.catalogue.types import CycleAmounts, GroupInput, PlanInput, TldInput
from praho.core.db.scope import StaffScope, SystemScope, entered
from praho.core.errors import Invalid, NotFound
from praho.models.audit import AuditEvent
from praho.models.catalogue import BillingCycle, DomainOperation, SaleState
from praho.models.integrations import ProviderKind
from tests.factories import catalogue, users

MONTHLY, ANNUAL = BillingCycle.MONTHLY, BillingCycle.ANNUAL


@pytest.fixture(autouse=True)
def _staff(db):
    with entered(StaffScope(users.make_staff().id)):
        yield


def group_input(**values):
    given = {"slug": "web", "name": {"ro": "Găzduire web"}, "description": {}, "position": 1, "visible": True}
    return GroupInput(**{**given, **values})


def plan_input(group_id, **values):
    return PlanInput(
        **{
            "group_id": group_id,
            "slug": "start",
            "name": {"ro": "Start", "en": ""},
            "description": {"ro": " Pentru început. "},
            "features": {"ro": "10 GB\n\n  SSL \n", "en": ""},
            "position": 1,
            "highlighted": False,
            "account_id": "",
            "remote_plan": "",
            **values,
        }
    )


def refused(command, *arguments):
    with pytest.raises(Invalid) as error:
        command(*arguments)
    return set(error.value.fields)


def events():
    with entered(SystemScope("test")) as session:
        return session.scalars(select(AuditEvent).order_by(AuditEvent.id)).all()


def test_a_group_is_made_and_changed():
    public_id = groups.create(group_input())
    groups.change(public_id, group_input(name={"ro": "Găzduire", "en": "Hosting"}, visible=False))
    groups.change(public_id, group_input(name={"ro": "Găzduire", "en": "Hosting"}, visible=False))
    row = groups.shown(public_id)
    assert (row.slug, row.name, row.visible) == ("web", {"ro": "Găzduire", "en": "Hosting"}, False)
    assert [event.action for event in events()] == ["catalogue.group.create", "catalogue.group.change"]
    assert events()[1].changes["visible"] == [True, False]


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"slug": ""}, {"slug"}),
        ({"slug": "Web"}, {"slug"}),
        ({"slug": "web--x"}, {"slug"}),
        ({"slug": "a" * 61}, {"slug"}),
        ({"slug": "găzduire"}, {"slug"}),
        ({"name": {"ro": " ", "en": "Hosting"}}, {"name_ro"}),
        ({"name": {"ro": "x" * 81}}, {"name_ro"}),
        ({"slug": "", "name": {}}, {"slug", "name_ro"}),
    ],
)
def test_a_group_names_what_is_wrong(values, fields):
    assert refused(groups.create, group_input(**values)) == fields


def test_an_address_belongs_to_one():
    first = groups.create(group_input())
    second = groups.create(group_input(slug="vps"))
    assert refused(groups.create, group_input()) == {"slug"}
    assert refused(groups.change, second, group_input()) == {"slug"}
    plans.create(plan_input(first))
    assert refused(plans.create, plan_input(second)) == {"slug"}


def test_a_plan_begins_as_a_draft():
    group_id = groups.create(group_input())
    account = catalogue.make_offline_account(ProviderKind.PROVISIONER)
    public_id = plans.create(plan_input(group_id, account_id=account.public_id, remote_plan=" pachet "))
    row = plans.shown(public_id)
    assert row.state is SaleState.DRAFT
    assert (row.name, row.description, row.features) == (
        {"ro": "Start"}, {"ro": "Pentru început."}, {"ro": ["10 GB", "SSL"]},
    )  # fmt: skip
    assert (row.provider_account_id, row.remote_plan) == (account.id, "pachet")
    assert [count for _group, count in groups.listed()] == [1]


@pytest.mark.parametrize("kind", [ProviderKind.REGISTRAR, ProviderKind.PAYMENT])
def test_a_plan_is_set_up_by_a_provisioner(kind):
    group_id = groups.create(group_input())
    other = catalogue.make_offline_account(kind)
    assert refused(plans.create, plan_input(group_id, account_id=other.public_id)) == {"account_id"}


def test_an_account_that_is_switched_off_cannot_be_chosen():
    group_id = groups.create(group_input())
    off = catalogue.make_offline_account(ProviderKind.PROVISIONER, active=False)
    assert refused(plans.create, plan_input(group_id, account_id=off.public_id)) == {"account_id"}


def test_a_plan_stands_in_a_group():
    assert refused(plans.create, plan_input("grp_nothing", slug="X")) == {"group_id", "slug"}


def test_prices_are_replaced_as_a_whole_and_audited():
    public_id = plans.create(plan_input(groups.create(group_input())))
    plans.set_prices(public_id, {MONTHLY: CycleAmounts(0), ANNUAL: CycleAmounts(9900, 500)})
    plans.set_prices(public_id, {ANNUAL: CycleAmounts(9900, 0)})
    plans.set_prices(public_id, {ANNUAL: CycleAmounts(9900, 0)})
    assert plans.prices_of(plans.shown(public_id).id) == {ANNUAL: CycleAmounts(9900, 0)}
    priced = [event.changes for event in events() if event.action == "catalogue.product.price"]
    assert priced == [
        {"monthly RON": [None, [0, 0]], "annual RON": [None, [9900, 500]]},
        {"monthly RON": [[0, 0], None], "annual RON": [[9900, 500], [9900, 0]]},
    ]


@pytest.mark.parametrize(("typed", "stored"), [("ro", "ro"), (".RO", "ro"), (" com.ro ", "com.ro"), ("рф", "xn--p1ai")])
def test_an_ending_is_stored_in_its_one_form(typed, stored):
    assert tlds.shown(tlds.create(TldInput(typed, "", 1, 10, 1))).name == stored


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        (("", "", 1, 10, 1), {"name"}),
        (("r o", "", 1, 10, 1), {"name"}),
        (("ro", "acc_nothing", 1, 10, 1), {"account_id"}),
        (("ro", "", 0, 10, 1), {"min_years"}),
        (("ro", "", 1, 11, 1), {"max_years"}),
        (("ro", "", 3, 2, 1), {"max_years"}),
        (("", "acc_nothing", 11, 12, 1), {"name", "account_id", "min_years", "max_years"}),
    ],
)
def test_an_ending_names_what_is_wrong(values, fields):
    assert refused(tlds.create, TldInput(*values)) == fields


def test_an_ending_is_listed_once():
    tlds.create(TldInput("ro", "", 1, 10, 1))
    other = tlds.create(TldInput("com", "", 1, 10, 1))
    assert refused(tlds.create, TldInput("RO", "", 1, 10, 1)) == {"name"}
    assert refused(tlds.change, other, TldInput("ro", "", 1, 10, 1)) == {"name"}


def test_prices_of_an_ending_are_replaced_as_a_whole():
    public_id = tlds.create(TldInput("ro", "", 1, 10, 1))
    register, renew = DomainOperation.REGISTER, DomainOperation.RENEW
    tlds.set_prices(public_id, {(register, 1): 0, (renew, 2): 9900})
    tlds.set_prices(public_id, {(register, 1): 5000})
    assert tlds.prices_of(tlds.shown(public_id).id) == {(register, 1): 5000}
    assert events()[-1].changes == {"register 1 RON": [0, 5000], "renew 2 RON": [9900, None]}


def test_what_is_not_there_is_not_found():
    for command, typed in (
        (groups.change, group_input()),
        (plans.change, plan_input("grp_nothing")),
        (tlds.change, TldInput("ro", "", 1, 10, 1)),
        (plans.set_prices, {}),
        (tlds.set_prices, {}),
    ):
        with pytest.raises(NotFound):
            command("x_nothing", typed)
