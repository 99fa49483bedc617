"""What nobody needs to sign in for, and that everything else asks for it."""

from urllib.parse import parse_qs, urlsplit

from flask import Flask

from praho.core.permissions import PUBLIC
from praho.core.web.blueprints import Surface
from tests.security.routes import Route, all_routes

PUBLIC_PAGES = {
    "account.check_mail",
    "account.confirm_email",
    "account.forgotten_password",
    "account.language",
    "account.reset_mailed",
    "account.reset_password",
    "account.second_factor",
    "account.sign_in",
    "account.sign_out",
    "account.sign_up",
    "account_staff.join",
    "customers_account.join",
    "health.show",
    "integrations_webhooks.payments",
    "storefront.add_domain",
    "storefront.cart",
    "storefront.change_item",
    "storefront.checkout",
    "storefront.contact",
    "storefront.domains",
    "storefront.group",
    "storefront.home",
    "storefront.hosting",
    "storefront.plan",
    "storefront.privacy",
    "storefront.remove_code",
    "storefront.remove_item",
    "storefront.review",
    "storefront.robots",
    "storefront.show_currency",
    "storefront.show_prices",
    "storefront.sitemap",
    "storefront.terms",
    "storefront.use_code",
}


def private_routes(app: Flask) -> list[Route]:
    return [route for route in all_routes(app) if route.permission is not PUBLIC]


def test_what_is_public_is_written_down(house):
    public = {route.endpoint for route in all_routes(house.app) if route.permission is PUBLIC}
    assert public == PUBLIC_PAGES
    assert len(PUBLIC_PAGES) == 34


def test_nothing_of_the_portal_and_the_admin_is_public(house):
    inner = all_routes(house.app, Surface.PORTAL, Surface.ADMIN)
    assert len(inner) > 80
    assert not [route.endpoint for route in inner if route.permission is PUBLIC]


def test_a_stranger_is_sent_to_sign_in_and_back(house, enter):
    stranger = enter()
    for route in private_routes(house.app):
        if "GET" in route.methods:
            for customer in ("cus_nobody", house.customer.public_id):
                path = route.address(customer=customer)
                answer = stranger.client.get(path)
                target = urlsplit(answer.headers.get("Location", ""))
                assert (answer.status_code, target.path) == (302, "/account/sign-in"), route
                assert parse_qs(target.query)["next"] == [path], route


def test_a_fragment_of_a_stranger_is_told_by_a_header(house, enter):
    stranger = enter()
    for route in private_routes(house.app):
        if "GET" in route.methods:
            answer = stranger.client.get(route.address(), headers={"HX-Request": "true", "HX-Current-URL": "/where"})
            assert answer.status_code == 401, route
            assert answer.headers["HX-Redirect"] == "/account/sign-in?next=/where", route
            assert answer.data == b"", route


def test_a_strangers_form_changes_nothing(house, enter):
    stranger = enter()
    for route in private_routes(house.app):
        if "POST" in route.methods:
            answer = stranger.post(route.address(customer=house.customer.public_id), follow=False)
            assert answer.status == 302, route
            assert urlsplit(answer.response.location).path == "/account/sign-in", route


def test_public_pages_do_not_break_for_strangers(house, enter):
    stranger = enter()
    for route in all_routes(house.app):
        if route.permission is PUBLIC and "GET" in route.methods:
            assert stranger.client.get(route.address()).status_code < 500, route
