"""The catalogue's pages for staff, from nothing to a shop, by role, and never more queries for more rows."""

import pytest

from praho.catalogue.services import plans, tlds
from praho.catalogue.types import CycleAmounts
from praho.catalogue.web import admin_groups, admin_plans, admin_tlds
from praho.core.db.scope import SystemScope, entered
from praho.core.permissions import StaffRole
from praho.models.catalogue import BillingCycle, DomainOperation, SaleState
from praho.models.integrations import ProviderKind
from tests.factories import catalogue, users

ADDRESSES = {
    "catalogue_admin.products": "/admin/catalogue/plans",
    "catalogue_groups_admin.listing": "/admin/catalogue/groups",
    "catalogue_tlds_admin.listing": "/admin/catalogue/endings",
}


@pytest.fixture
def accounts(app):
    return {kind: catalogue.make_offline_account(kind) for kind in (ProviderKind.PROVISIONER, ProviderKind.REGISTRAR)}


@pytest.fixture
def billing(visitor):
    return visitor.sign_in(users.make_staff(StaffRole.BILLING))


def prices_of(public_id):
    with entered(SystemScope("test")):
        return plans.prices_of(plans.shown(public_id).id)


def test_a_shop_is_made_from_nothing(billing, accounts):
    page = billing.get("/admin/catalogue/plans")
    assert "Începeți cu un grup" in page.text
    page = billing.submit(
        billing.get("/admin/catalogue/groups/new"),
        {"name_ro": "Găzduire web", "slug": "web", "description_ro": "Pentru site-uri."},
    )
    assert "Găzduire web" in page.text
    page = billing.submit(
        billing.get("/admin/catalogue/plans/new"), {"name_ro": "Start", "slug": "start", "features_ro": "10 GB\nSSL"}
    )
    plan_id = page.path.rpartition("/")[2]
    assert not page.leads_to("/sell")
    page = billing.submit(
        page, {"amount_monthly": "0", "amount_annual": "120,00", "setup_annual": "25"}, action="/prices/RON"
    )
    assert prices_of(plan_id) == {
        BillingCycle.MONTHLY: CycleAmounts(0), BillingCycle.ANNUAL: CycleAmounts(12_000, 2500),
    }  # fmt: skip
    account = accounts[ProviderKind.PROVISIONER].public_id
    page = billing.submit(page, {"account_id": account, "remote_plan": "start"}, action=f"/plans/{plan_id}")
    page = billing.submit(page, action="/sell")
    assert page.leads_to("/retire")
    shop = billing.get("/hosting")
    assert "Start" in shop.text
    assert "SSL" in shop.text
    billing.submit(billing.get(f"/admin/catalogue/plans/{plan_id}"), action="/retire")
    assert "Start" not in billing.get("/hosting").text
    assert billing.get("/plans/start").status == 404


def test_an_ending_is_made_priced_and_sold(billing, accounts):
    page = billing.submit(billing.get("/admin/catalogue/endings/new"), {"name": ".RO"})
    tld_id = page.path.rpartition("/")[2]
    page = billing.submit(page, {"register_1": "49,99", "register_2": "0", "renew_1": "59"}, action="/prices/RON")
    with entered(SystemScope("test")):
        stored = tlds.prices_of(tlds.shown(tld_id).id)
    assert stored == {
        (DomainOperation.REGISTER, 1): 4999, (DomainOperation.REGISTER, 2): 0, (DomainOperation.RENEW, 1): 5900,
    }  # fmt: skip
    account = accounts[ProviderKind.REGISTRAR].public_id
    page = billing.submit(page, {"account_id": account}, action=f"/endings/{tld_id}")
    billing.submit(page, action="/sell")
    assert ".ro" in billing.get("/domains").text


def test_mistakes_keep_what_was_typed(billing, accounts):
    catalogue.make_group()
    page = billing.submit(
        billing.get("/admin/catalogue/plans/new"), {"name_ro": "", "slug": "A B", "features_ro": "1\n2"}
    )
    assert (page.status, set(page.errors)) == (422, {"name_ro"})
    page = billing.submit(page, {"name_ro": "Start"})
    assert (page.status, set(page.errors)) == (422, {"slug"})
    assert (page.values()["slug"], page.values()["features_ro"].split()) == ("A B", ["1", "2"])
    product = catalogue.make_plan(accounts[ProviderKind.PROVISIONER])
    page = billing.get(f"/admin/catalogue/plans/{product.public_id}")
    page = billing.submit(page, {"amount_monthly": "zece", "amount_annual": "100"}, action="/prices/RON")
    assert page.status == 422
    assert page.values("/prices/RON")["amount_monthly"] == "zece"
    assert page.values("/prices/RON")["amount_annual"] == "100"
    assert prices_of(product.public_id) == {BillingCycle.ANNUAL: CycleAmounts(12_000)}


def test_a_plan_on_sale_cannot_lose_its_last_price(billing, accounts):
    product = catalogue.make_plan(accounts[ProviderKind.PROVISIONER])
    page = billing.get(f"/admin/catalogue/plans/{product.public_id}")
    page = billing.submit(page, {"amount_annual": "", "setup_annual": ""}, action="/prices/RON")
    assert page.status == 409
    assert prices_of(product.public_id) == {BillingCycle.ANNUAL: CycleAmounts(12_000)}


@pytest.mark.parametrize("role", [StaffRole.SUPPORT, StaffRole.TECHNICIAN, StaffRole.AUDITOR])
def test_others_look_on(visitor, accounts, role):
    product = catalogue.make_plan(accounts[ProviderKind.PROVISIONER])
    tld = catalogue.make_priced_tld("ro", accounts[ProviderKind.REGISTRAR])
    visitor.sign_in(users.make_staff(role))
    for address in ADDRESSES.values():
        assert visitor.get(address).status == 200
    page = visitor.get(f"/admin/catalogue/plans/{product.public_id}")
    assert page.status == 200
    assert not page.leads_to("/retire")
    for path in (
        f"/admin/catalogue/plans/{product.public_id}",
        f"/admin/catalogue/plans/{product.public_id}/prices/RON",
        f"/admin/catalogue/plans/{product.public_id}/retire",
        f"/admin/catalogue/endings/{tld.public_id}/prices/RON",
        "/admin/catalogue/groups/new",
    ):
        assert visitor.post(path).status == 403
    assert prices_of(product.public_id) == {BillingCycle.ANNUAL: CycleAmounts(12_000)}


def test_what_is_not_there_is_404(billing):
    for path in ("plans/prd_nothing", "groups/grp_nothing", "endings/tld_nothing"):
        assert billing.get(f"/admin/catalogue/{path}").status == 404


def test_lists_filter_and_page(billing, accounts):
    group = catalogue.make_group()
    for number in range(30):
        state = SaleState.ON_SALE if number % 2 else SaleState.DRAFT
        catalogue.make_plan(
            accounts[ProviderKind.PROVISIONER], group=group, state=state, name={"ro": f"Plan {number:02}"}
        )
    page = billing.get("/admin/catalogue/plans")
    assert "Plan 24" in page.text
    assert "Plan 29" not in page.text
    page = billing.get("/admin/catalogue/plans?state=draft")
    assert "Plan 28" in page.text
    assert "Plan 29" not in page.text
    assert "Plan 00" not in billing.get(f"/admin/catalogue/plans?group={catalogue.make_group().public_id}").text


@pytest.mark.parametrize("endpoint", sorted(ADDRESSES))
def test_lists_keep_their_query_budget(billing, accounts, count_queries, endpoint):
    budgets = admin_plans.QUERY_BUDGETS | admin_groups.QUERY_BUDGETS | admin_tlds.QUERY_BUDGETS
    counts = []
    for rows in (10, 190):
        catalogue.make_many(rows, accounts[ProviderKind.PROVISIONER], accounts[ProviderKind.REGISTRAR])
        with count_queries() as counted:
            assert billing.get(ADDRESSES[endpoint]).status == 200
        counts.append(counted.count)
    assert counts[0] == counts[1] <= budgets[endpoint]
