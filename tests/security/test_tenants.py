"""Another customer's things do not exist: by their address, and by their ids under one's own address."""

import itertools
import re

from sqlalchemy import text

from praho.core.db.base import Access
from praho.core.db.scope import CustomerScope, entered
from praho.core.permissions import MemberRole
from praho.core.web.blueprints import Surface
from tests.factories import rows
from tests.security.routes import all_routes, fillings

# What a form of ours might ask for, so that a view gets as far as looking for the thing itself.
GUESSES = {
    "role": "viewer",
    "account": "acc_nothing",
    "reason": "un motiv",
    "name": "Un Nume",
    "email": "cineva@x.example",
    "password": "o parola lunga 77",
}


def test_every_page_of_the_portal_leads_somewhere_for_its_owner(house, enter):
    owner, customer = enter(house.members[MemberRole.OWNER]), house.customer.public_id
    for route in all_routes(house.app, Surface.PORTAL):
        if "GET" in route.methods:
            assert any(
                owner.client.get(route.address(values, customer)).status_code in (200, 303)
                for values in fillings(route, house.own_ids)
            ), f"nothing in the house is shown by {route.endpoint}: furnish it"


def test_at_another_customers_address_nothing_exists(house, enter):
    stranger = enter(house.other)
    for route in all_routes(house.app, Surface.PORTAL):
        # The customer in the address is looked at before anything else in it.
        for values in itertools.islice(fillings(route, house.own_ids), 4):
            path = route.address(values, house.customer.public_id)
            if "GET" in route.methods:
                assert stranger.client.get(path).status_code == 404, path
                assert stranger.client.get(path, headers={"HX-Request": "true"}).status_code == 404, path
            if "POST" in route.methods:
                assert stranger.post(path, follow=False).status == 404, path


def test_at_ones_own_address_another_customers_things_do_not_exist(house, enter):
    """A form may be refused before anybody looks for what it is about; what it is about stays as it is."""
    stranger = enter(house.other)
    before = everything_of(house)
    for route in all_routes(house.app, Surface.PORTAL):
        if not route.names:
            continue
        for values in fillings(route, house.own_ids):
            path = route.address(values, house.neighbour.public_id)
            if "GET" in route.methods:
                assert stranger.client.get(path).status_code == 404, path
            if "POST" in route.methods:
                page = stranger.post(path, GUESSES, follow=False)
                # The likely ids come first; somebody who goes on guessing is stopped.
                assert page.status in (404, 422, 429), path
    assert everything_of(house) == before


def test_a_customer_that_is_somebody_elses_looks_like_one_that_is_not_there(house, enter):
    stranger = enter(house.other)
    theirs = stranger.get(f"/portal/{house.customer.public_id}/documents")
    nobodys = stranger.get("/portal/cus_nobody/documents")
    assert (theirs.status, nobodys.status) == (404, 404)
    assert without_reference(theirs) == without_reference(nobodys)


def without_reference(page):
    return re.sub("[0-9a-f]{16}", "", page.text)


def everything_of(house):
    """Return all that the customer owns, row by row."""
    found = []
    with entered(CustomerScope(house.customer.id)) as session:
        for table in rows.tables(Access.CUSTOMER):
            found += session.execute(text(f'SELECT t::text FROM "{table}" t ORDER BY 1')).scalars()
    return found
