"""Every page of the house renders whole in both languages, leads only where there is something, and is safe to show."""

import contextlib
import hashlib
import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from lxml import html
from werkzeug.exceptions import HTTPException, MethodNotAllowed
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse

from praho.core.domain import registry
from praho.core.permissions import PUBLIC, MemberRole, StaffRole
from praho.core.web.blueprints import Surface
from praho.integrations.services import loading
from praho.models.users import User
from praho.settings.services import catalogue as settings
from tests.fixtures.browsing import Visitor
from tests.security.house import LOGO, House
from tests.security.routes import Route, all_routes, fillings

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Pages that need a mailed link, a wrong turn or a step before them; their domains test them.
NOT_SHOWN = {
    "account.confirm_email",
    "account.language",
    "account.reset_password",
    "account.second_factor",
    "account_settings.recovery_codes",
    "account_staff.join",
    "customers_account.join",
    "storefront.checkout",
    "storefront.my_portal",
    "storefront.review",
}
# What search engines read: the same for everybody.
SIGNS = {"storefront.robots", "storefront.sitemap"}
_ADDRESSES = ("//a/@href", "//form/@action", "//*/@hx-get", "//*/@hx-post", "//link/@href", "//script/@src")

# A form without a button that sends it is only read.
_OFFERS = (("GET", "//a/@href"), ("POST", "//form[@method='post'][.//button[not(@type='button')]]/@action"))


def readers(house: House) -> dict[Surface, User]:
    owner = house.members[MemberRole.OWNER]
    return {
        Surface.ADMIN: house.staff[StaffRole.ADMIN],
        Surface.PORTAL: owner,
        Surface.ACCOUNT: owner,
        Surface.STOREFRONT: owner,
    }


def shown(
    house: House, enter, surface: Surface, locale: str = "ro", reader: User | None = None
) -> Iterator[tuple[Route, TestResponse]]:
    """Yield every page of a surface, as `reader` sees it (by default, somebody who may see them all)."""
    everything = reader is None
    visitor, stranger = enter(readers(house)[surface] if reader is None else reader), enter()
    visitor.keep("locale", locale)
    stranger.keep("locale", locale)
    for route in all_routes(house.app, surface):
        if "GET" not in route.methods or route.endpoint in NOT_SHOWN:
            continue
        public = surface is Surface.ACCOUNT and route.permission is PUBLIC
        found = first_shown(house, stranger if public else visitor, route)
        assert found or not everything, f"nothing in the house is shown by {route.endpoint}: furnish it"
        if found and found.status_code != 403:
            yield route, found


def first_shown(house: House, visitor: Visitor, route: Route) -> TestResponse | None:
    """Return a page of the route that leads somewhere, or the refusal; None where nothing does."""
    candidates = special(route) or fillings(route, house.own_ids if route.surface is Surface.PORTAL else house.ids)
    known = house.known.get(route.endpoint)
    for values in candidates if known is None else [known]:
        answer = visitor.client.get(route.address(values, house.customer.public_id))
        if answer.status_code == 403:
            return answer
        if answer.status_code not in (302, 404):
            house.known[route.endpoint] = values
            return answer
    return None


def special(route: Route) -> list[dict[str, object]]:
    """Return what stands in the address of routes that are not about things with an id."""
    by_endpoint = {
        "settings_admin.screen": [{"group": group} for group in settings_groups()],
        "providers_admin.new_account": [{"kind": one.kind.value, "name": one.name} for one in loading.plugins()],
        "settings_admin.image": [{"sha256": hashlib.sha256(LOGO).hexdigest()}],
        "storefront.group": [{"slug": "grup"}],
        "storefront.plan": [{"slug": "plan"}],
        "jobs_admin.job": [{"job_id": number} for number in range(1, 20)],
    }
    return by_endpoint.get(route.endpoint, [])


def settings_groups() -> set[str]:
    return {field.group for field in settings.fields().values()}


@pytest.mark.parametrize("locale", ["ro", "en"])
@pytest.mark.parametrize("surface", [Surface.STOREFRONT, Surface.ACCOUNT, Surface.PORTAL, Surface.ADMIN])
def test_every_page_renders(house, enter, surface, locale):
    for route, answer in shown(house, enter, surface, locale):
        assert answer.status_code in (200, 204, 303), route
        if answer.status_code == 200 and answer.mimetype == "text/html" and "<html" in answer.text:
            tree = html.fromstring(answer.text)
            assert tree.get("lang") == locale, route
            assert tree.findtext(".//title").strip(), route
            text = tree.text_content()
            assert not re.search(r"\bNone\b|<praho\.|Undefined|object at 0x", text), route


@pytest.mark.parametrize("surface", [Surface.STOREFRONT, Surface.ACCOUNT, Surface.PORTAL, Surface.ADMIN])
def test_every_link_leads_somewhere(house, enter, surface):
    addresses = house.app.url_map.bind("localhost")
    seen: set[str] = set()
    for route, answer in shown(house, enter, surface):
        if answer.mimetype != "text/html" or not answer.text.strip():
            continue
        for target in targets(answer.text) - seen:
            seen.add(target)
            try:
                addresses.match(target)
            except (MethodNotAllowed, RequestRedirect):
                pass
            except HTTPException as error:
                raise AssertionError(f"{route.endpoint} leads to {target}, which is nowhere") from error


def offered(house: House, text: str) -> Iterator[tuple[str, Route]]:
    """Yield what the links, the buttons and the forms of a page lead to, each with its route."""
    addresses = house.app.url_map.bind("localhost")
    by_endpoint = {route.endpoint: route for route in all_routes(house.app)}
    for method, xpath in (
        ("GET", "//a/@href"),
        ("POST", "//form[@method='post'][.//button[not(@type='button')]]/@action"),
    ):
        for target in html.fromstring(text).xpath(xpath):
            parts = urlsplit(target)
            if parts.path.startswith("/") and not parts.netloc:
                with contextlib.suppress(MethodNotAllowed, RequestRedirect):
                    yield target, by_endpoint[addresses.match(parts.path, method=method)[0]]


@pytest.mark.parametrize("role", list(StaffRole))
def test_staff_are_offered_only_what_they_may_do(house, enter, role):
    wrong = {
        (route.endpoint, to.endpoint)
        for route, answer in shown(house, enter, Surface.ADMIN, reader=house.staff[role])
        if answer.mimetype == "text/html"
        for _target, to in offered(house, answer.text)
        if to.surface is Surface.ADMIN and not to.permission.granted_to_staff(role)
    }
    assert wrong == set()


@pytest.mark.parametrize("role", list(MemberRole))
def test_members_are_offered_only_what_they_may_do(house, enter, role):
    wrong = {
        (route.endpoint, to.endpoint)
        for route, answer in shown(house, enter, Surface.PORTAL, reader=house.members[role])
        if answer.mimetype == "text/html" and answer.text.strip()
        for _target, to in offered(house, answer.text)
        if to.surface is Surface.PORTAL and not to.permission.granted_to_member(role)
    }
    assert wrong == set()


def targets(text: str) -> set[str]:
    """Return the paths on this site that a page names in its links, forms and fragments."""
    tree = html.fromstring(text)
    found = {urlsplit(target) for xpath in _ADDRESSES for target in tree.xpath(xpath)}
    return {
        parts.path
        for parts in found
        if parts.path and not (parts.netloc or parts.scheme or parts.path.startswith("/static/"))
    }


@pytest.mark.parametrize("surface", [Surface.STOREFRONT, Surface.ACCOUNT, Surface.PORTAL, Surface.ADMIN])
def test_every_answer_carries_the_headers_that_keep_it_safe(house, enter, surface):
    for route, answer in shown(house, enter, surface):
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, route
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, route
        assert "unsafe" not in policy, route
        assert "frame-ancestors 'none'" in policy, route
        kept_by_anybody = route.endpoint in SIGNS
        caching = ("public, max-age=3600",) if kept_by_anybody else ("private, no-store", "private, no-cache")
        assert answer.headers["Cache-Control"] in caching, route
        assert re.fullmatch("[0-9a-f]{16}|[A-Za-z0-9_-]{8,64}", answer.headers["X-Request-ID"]), route


def test_refusals_carry_them_too(house, enter):
    visitor = enter(house.other)
    for path in ("/nowhere", f"/portal/{house.customer.public_id}/", "/admin/", "/webhooks/payments/acc_1"):
        for answer in (visitor.client.get(path), visitor.client.post(path)):
            assert answer.status_code >= 400
            assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS, path


def test_what_the_domains_contribute_exists(house):
    views = house.app.view_functions
    for item in registry().contributed("navigation"):
        assert item.endpoint in views, item
    for link in registry().contributed("subject_links"):
        for endpoint in (link.admin_endpoint, link.portal_endpoint):
            assert endpoint is None or endpoint in views, link
    kinds = [link.kind for link in registry().contributed("subject_links")]
    assert len(kinds) == len(set(kinds))
