"""Requests that no page of ours makes: no anti-forgery token, another method; and routes without a permission."""

import pytest

from praho.core.permissions import PUBLIC, Permission, StaffRole
from praho.core.web.blueprints import Surface, SurfaceBlueprint
from tests.security.routes import all_routes


def test_a_form_without_its_token_is_refused_whoever_sends_it(house, enter):
    senders = [enter(), enter(house.other), enter(house.staff[StaffRole.ADMIN]), *map(enter, house.members.values())]
    for route in all_routes(house.app):
        if "POST" in route.methods and route.surface is not Surface.WEBHOOKS:
            path = route.address(customer=house.customer.public_id)
            for sender in senders:
                assert sender.client.post(path).status_code == 400, route
                assert sender.client.post(path, data={"csrf_token": "made-up"}).status_code == 400, route


def test_an_address_takes_its_own_methods_only(house, enter):
    admin = enter(house.staff[StaffRole.ADMIN])
    taken: dict[str, set[str]] = {}
    for route in all_routes(house.app):
        taken.setdefault(route.rule.rule, set()).update(route.methods)
    for route in all_routes(house.app):
        path = route.address()
        if path.replace("nothing", "new") != path and f"{route.rule.rule}" not in taken:
            continue
        for method in {"GET", "POST", "PUT", "PATCH", "DELETE"} - taken[route.rule.rule]:
            answer = admin.client.open(path, method=method, data={})
            assert answer.status_code in (405, 400), (method, route)
            if method == "GET":
                assert answer.status_code == 405, route


def test_a_route_without_a_permission_does_not_import():
    blueprint = SurfaceBlueprint("forgotten", __name__, Surface.ADMIN)
    for declare in (blueprint.route, blueprint.get, blueprint.post):
        with pytest.raises(TypeError, match="permission"):
            declare("/forgotten")


def test_a_view_has_one_permission():
    blueprint = SurfaceBlueprint("doubled", __name__, Surface.ADMIN)

    def view() -> str:
        return ""

    blueprint.get("/one", permission=PUBLIC)(view)
    with pytest.raises(TypeError, match="two permissions"):
        blueprint.get("/two", permission=Permission("other"))(view)


def test_every_route_stands_behind_a_surface(house):
    routes = all_routes(house.app)
    assert {route.surface for route in routes} == set(Surface)
    assert len(routes) == len(list(house.app.url_map.iter_rules()))
