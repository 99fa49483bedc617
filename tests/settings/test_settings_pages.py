"""The settings in the admin: one screen for each group, for administrators; auditors may look."""

import pytest

from praho.core.db.scope import AnonymousScope, StaffScope, entered
from praho.core.errors import Invalid
from praho.core.permissions import StaffRole
from praho.settings.services import catalogue, changing, company, groups, images
from tests.factories import users
from tests.settings.test_company import COMPLETE

COMPANY = "/admin/settings/company"


@pytest.fixture
def office(visitor, app):
    return visitor.sign_in(users.make_staff(StaffRole.ADMIN))


def test_the_overview_leads_to_every_group_and_says_what_is_missing(office):
    page = office.get("/admin/settings")
    for group in groups.listing():
        assert page.leads_to(f"/admin/settings/{group.key}"), group.key
    assert "IBAN" in page.text


def test_the_company_is_entered(office):
    page = office.submit(office.get(COMPANY), COMPLETE)
    assert page.path == COMPANY
    assert page.values()["company.name"] == COMPLETE["company.name"]
    assert page.values()["company.vat_payer"] == "1"
    with entered(AnonymousScope()):
        assert company.missing() == []
    switched = office.submit(page, {"company.vat_payer": None})
    assert "company.vat_payer" not in switched.values()


def test_refused_values_say_so_and_nothing_typed_is_lost(office):
    page = office.submit(office.get(COMPANY), {**COMPLETE, "company.cui": "1", "company.vat_payer": None})
    assert page.status == 422
    assert set(page.errors) == {"company.cui"}
    assert page.values()["company.name"] == COMPLETE["company.name"]
    assert page.values()["company.cui"] == "1"
    assert "company.vat_payer" not in page.values()
    with entered(AnonymousScope()):
        assert company.seller().name == ""


def test_every_group_is_saved_as_it_is_shown(office):
    for group in groups.listing():
        page = office.get(f"/admin/settings/{group.key}")
        assert page.status == 200
        assert office.submit(page).status == 200, group.key


def test_a_picture_that_cannot_be_printed_is_no_logo(app):
    kept = {field.key: str(field.default) for field in catalogue.of_group("documents")}
    with entered(StaffScope(1)):
        damaged = images.keep(b"\x89PNG\r\n\x1a\n" + b"x" * 40)
        with pytest.raises(Invalid) as refusal:
            changing.change("documents", {**kept, "documents.logo": damaged})
    assert set(refusal.value.fields) == {"documents.logo"}


def test_a_group_that_does_not_exist_is_not_found(office):
    assert office.get("/admin/settings/unknown").status == 404
    assert office.post("/admin/settings/unknown").status == 404


@pytest.mark.parametrize("role", StaffRole)
def test_each_role_sees_what_it_may(visitor, app, role):
    visitor.sign_in(users.make_staff(role))
    may_look = role in {StaffRole.ADMIN, StaffRole.AUDITOR}
    assert visitor.get(COMPANY).status == (200 if may_look else 403)
    if role is not StaffRole.ADMIN:
        assert visitor.post(COMPANY, COMPLETE).status == 403
