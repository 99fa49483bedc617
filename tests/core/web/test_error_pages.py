"""A failure is told on a page of ours, whatever failed."""

import base64
import json

import flask
import pytest

from praho.core.permissions import StaffRole
from praho.core.web.blueprints import Surface
from tests.factories import users


@pytest.mark.parametrize("surface", [Surface.ADMIN, Surface.PORTAL, Surface.STOREFRONT])
def test_the_page_of_a_failure_asks_the_database_nothing(app, monkeypatch, surface):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    with app.test_request_context("/admin/", headers={"Accept": "text/html"}):
        flask.g.surface = surface
        # No scope is entered here: any question to the database would fail.
        answer = app.handle_exception(RuntimeError("the transaction is broken"))
    assert answer.status_code == 500
    assert "error-page" in answer.get_data(as_text=True)


@pytest.mark.parametrize("path", ["/plans/%00", "/account/reset/%00"])
def test_a_zero_byte_is_a_request_that_nobody_understands(app, visitor, monkeypatch, path):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    answer = visitor.client.get(path)
    assert answer.status_code in (400, 404)
    assert "error-page" in answer.get_data(as_text=True)


def test_a_zero_byte_in_a_form_is_no_failure(app, visitor, monkeypatch):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    answer = visitor.post("/account/sign-in", {"email": "a\0@b.example", "password": "x"}, follow=False)
    assert answer.status < 500


@pytest.mark.parametrize("position", [["abc"], [10**30], [True], [None], [1, 2], ["a\0", 1]])
def test_a_damaged_cursor_gives_the_first_page(app, visitor, monkeypatch, position):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    visitor.sign_in(users.make_staff(StaffRole.ADMIN))
    cursor = base64.urlsafe_b64encode(json.dumps(["f", *position]).encode()).decode()
    for address in ("/admin/orders?cursor=", "/admin/customers?sort=name&cursor="):
        assert visitor.client.get(address + cursor).status_code == 200


@pytest.mark.parametrize(
    ("came_from", "status", "leads_to"),
    [
        ("http://localhost/admin/customers/new?kind=person", 303, "/admin/customers/new?kind=person"),
        ("https://elsewhere.example/admin/customers/new", 400, None),
        ("", 400, None),
    ],
)
def test_a_form_that_outlived_its_session_leads_back_to_its_page(visitor, came_from, status, leads_to):
    answer = visitor.client.post("/admin/customers/new", headers={"Referer": came_from})
    assert (answer.status_code, answer.headers.get("Location")) == (status, leads_to)


def test_a_fragments_form_that_outlived_its_session_leads_back_as_well(visitor):
    headers = {"Referer": "http://localhost/admin/customers", "HX-Request": "true"}
    answer = visitor.client.post("/admin/customers/new", headers=headers)
    assert answer.headers["HX-Redirect"] == "/admin/customers"


def test_the_page_of_a_refusal_leads_back_to_the_form(visitor):
    answer = visitor.client.post("/account/sign-in", headers={"Referer": "http://localhost/account/sign-in"})
    assert answer.status_code == 400
    assert 'href="/account/sign-in"' in answer.get_data(as_text=True)
