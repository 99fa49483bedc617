"""Who is let in where: staff only behind the second factor, everybody only as their role allows."""

from urllib.parse import parse_qs, urlsplit

import pytest

from praho.core.permissions import MemberRole, StaffRole
from praho.core.web.blueprints import Surface
from tests.security.routes import Route, all_routes


def answers(visitor, route: Route, customer: str = "cus_nobody"):
    """Yield the answers to every method that the route takes."""
    path = route.address(customer=customer)
    if "GET" in route.methods:
        yield visitor.client.get(path)
    if "POST" in route.methods:
        yield visitor.post(path, follow=False).response


def test_the_admin_opens_behind_the_second_factor_only(house, enter):
    half = enter(house.staff[StaffRole.ADMIN], second_factor=False)
    for route in all_routes(house.app, Surface.ADMIN):
        for answer in answers(half, route):
            target = urlsplit(answer.headers.get("Location", ""))
            assert (answer.status_code, target.path) == (302, "/account/second-factor"), route
            assert parse_qs(target.query)["next"][0].startswith("/admin/"), route


def test_for_customers_there_is_no_admin(house, enter):
    for user in (house.other, house.members[MemberRole.OWNER]):
        visitor = enter(user, second_factor=True)
        for route in all_routes(house.app, Surface.ADMIN):
            for answer in answers(visitor, route):
                assert answer.status_code == 404, route


@pytest.mark.parametrize("role", list(StaffRole))
def test_staff_may_what_their_role_may(house, enter, role):
    visitor = enter(house.staff[role])
    for route in all_routes(house.app, Surface.ADMIN):
        allowed = route.permission.granted_to_staff(role)
        if not allowed:
            assert {answer.status_code for answer in answers(visitor, route)} == {403}, route
        elif "GET" in route.methods:
            assert visitor.client.get(route.address()).status_code != 403, route


@pytest.mark.parametrize("role", list(MemberRole))
def test_members_may_what_their_role_may(house, enter, role):
    visitor, customer = enter(house.members[role]), house.customer.public_id
    for route in all_routes(house.app, Surface.PORTAL):
        allowed = route.permission.granted_to_member(role)
        if not allowed:
            assert {answer.status_code for answer in answers(visitor, route, customer)} == {403}, route
        elif "GET" in route.methods:
            assert visitor.client.get(route.address(customer=customer)).status_code != 403, route


def test_every_permission_is_somebodys(house):
    for route in all_routes(house.app, Surface.PORTAL):
        assert any(route.permission.granted_to_member(role) for role in MemberRole), route
    for route in all_routes(house.app, Surface.ADMIN):
        assert any(route.permission.granted_to_staff(role) for role in StaffRole), route


def test_an_auditor_changes_nothing(house):
    for route in all_routes(house.app, Surface.ADMIN):
        if "POST" in route.methods:
            assert not route.permission.granted_to_staff(StaffRole.AUDITOR), route


def test_a_viewer_changes_nothing_but_their_own_membership(house):
    changes = {
        route.endpoint
        for route in all_routes(house.app, Surface.PORTAL)
        if "POST" in route.methods and route.permission.granted_to_member(MemberRole.VIEWER)
    }
    assert changes == {"customers_members_portal.leave"}


def test_staff_have_no_key_to_the_portal(house, enter):
    admin = enter(house.staff[StaffRole.ADMIN])
    for route in all_routes(house.app, Surface.PORTAL):
        for answer in answers(admin, route, house.customer.public_id):
            assert answer.status_code == 404, route
