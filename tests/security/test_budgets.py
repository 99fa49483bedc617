"""Every list says how many questions it may put to the database, and keeps to it."""

import inspect

import pytest

from praho.core.permissions import MemberRole, StaffRole
from praho.core.web.blueprints import Surface
from tests.fixtures.budgets import declared
from tests.security.routes import all_routes, fillings

MOST = 12


def test_budgets_are_of_pages_that_exist_and_never_generous(house):
    budgets = declared(house.app)
    assert len(budgets) > 15
    for endpoint, budget in budgets.items():
        assert endpoint in house.app.view_functions, endpoint
        assert budget <= MOST, endpoint


def test_every_page_that_leafs_through_a_list_has_a_budget(house):
    lists = {
        endpoint
        for endpoint, view in house.app.view_functions.items()
        if "arguments.cursor()" in inspect.getsource(inspect.unwrap(view))
    }
    assert len(lists) > 12
    assert lists <= set(declared(house.app))


@pytest.mark.parametrize("surface", [Surface.STOREFRONT, Surface.ACCOUNT, Surface.PORTAL, Surface.ADMIN])
def test_every_page_keeps_to_its_budget(house, enter, queries_of, surface):
    budgets = declared(house.app)
    reader = enter(house.staff[StaffRole.ADMIN] if surface is Surface.ADMIN else house.members[MemberRole.OWNER])
    for route in all_routes(house.app, surface):
        if route.endpoint in budgets and "GET" in route.methods:
            for values in fillings(route, house.ids):
                path = route.address(values, house.customer.public_id)
                if reader.get(path).status == 200:
                    assert queries_of(reader, path) <= budgets[route.endpoint], route
                    break
            else:
                raise AssertionError(f"nothing in the house is shown by {route.endpoint}")
