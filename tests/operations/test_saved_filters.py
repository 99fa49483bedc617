"""Filters that a member of staff keeps: under a name, their own, and one with which the list opens."""

import pytest

from praho.core.permissions import StaffRole
from praho.operations.services import saved_filters
from tests.factories import users


@pytest.fixture
def staff(app, another_visitor):
    return lambda: another_visitor().sign_in(users.make_staff(StaffRole.SUPPORT))


def keep(visitor, name="Persoane", query="kind=person", **values):
    page = visitor.get(f"/admin/customers?{query}")
    return visitor.submit(page, {"name": name, **values}, action="/admin/filters")


def names(page):
    return [link.text_content().strip() for link in page.tree.xpath("//*[@role='group']/a")][1:]


def test_a_filter_is_kept_and_leads_back_to_it(staff):
    visitor = staff()
    assert names(visitor.get("/admin/customers")) == []
    page = keep(visitor)
    assert names(page) == ["Persoane"]
    assert page.tree.xpath("//*[@role='group']/a[@aria-current]/@href") == ["/admin/customers?kind=person"]
    assert visitor.get("/admin/customers").path == "/admin/customers"
    keep(visitor, query="kind=company")
    links = visitor.get("/admin/customers").tree.xpath("//*[@role='group']/a/@href")
    assert links[1:] == ["/admin/customers?kind=company"]


def test_the_list_opens_with_the_chosen_one_until_it_does_not(staff):
    visitor = staff()
    keep(visitor, default="1")
    keep(visitor, "Firme", "kind=company", default="1")
    page = visitor.get("/admin/customers")
    assert page.response.request.query_string == b"kind=company"
    assert visitor.get("/admin/customers?unfiltered=1").response.request.query_string == b"unfiltered=1"
    page = visitor.submit(page, action="/default")
    assert visitor.get("/admin/customers").response.request.query_string == b""


def test_a_filter_is_forgotten(staff):
    visitor = staff()
    keep(visitor)
    visitor.submit(visitor.get("/admin/customers?kind=person"), action="/delete")
    assert names(visitor.get("/admin/customers")) == []


def test_nobody_sees_or_touches_anybody_elses(staff):
    mine, other = staff(), staff()
    page = keep(mine)
    action = page.form_to("/delete").get("action")
    assert names(other.get("/admin/customers?kind=person")) == []
    assert other.post(action).status == 404
    assert other.post(action.replace("/delete", "/default")).status == 404


@pytest.mark.parametrize(("name", "query"), [(" ", "kind=person"), ("x" * 61, "kind=person"), ("Nimic", "cursor=abc")])
def test_a_filter_needs_a_name_and_something_to_filter(staff, name, query):
    visitor = staff()
    values = {"endpoint": "customers_admin.customers", "name": name, "query": query, "back": "/admin/customers"}
    visitor.post("/admin/filters", values)
    assert names(visitor.get("/admin/customers?kind=person")) == []


def test_equal_filters_are_equal():
    assert saved_filters.normal("b=2&a=1&cursor=xyz&unfiltered=1") == saved_filters.normal("a=1&b=2") == "a=1&b=2"
