"""The three who read the pages, each with a browser that is signed in and knows its language."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyotp
from playwright.sync_api import Browser, BrowserContext, Page
from pydantic import SecretStr
from werkzeug.routing import Map

from praho import app as application
from praho import config
from praho.core import domain
from praho.operations.services.demo import people
from tests.browser import house as houses
from tests.browser import shopping, staff, walk
from tests.browser.house import House
from tests.browser.walk import Reader
from tests.fixtures.isolation import KEYS
from tests.fixtures.mails import link_in

LOCALES = {"ro": "ro-RO", "en": "en-GB"}
_FURTHER = {Reader.VISITOR: ["/domains?q=cafenea"], Reader.MEMBER: [], Reader.STAFF: ["/admin/search?q=brut"]}
_BUYER = {
    "full_name": "Ilinca Văcărescu",
    "account_email": "ilinca@vacarescu.example",
    "password": people.PASSWORD,
    "phone": "0722 555 312",
    "street": "Strada Lipscani nr. 3, ap. 14",
    "city": "Sector 3",
}


@dataclass(frozen=True)
class Known:
    """A reader whom the installation knows: where the visit begins, and the cookies for each language."""

    home: str
    cookies: dict[str, Any]


def url_map(folder: Path) -> Map:
    """Return the addresses of the whole application; nothing is asked of a database."""
    deployed = config.Config(
        _env_file=None,
        database_url=SecretStr("postgresql://nobody@127.0.0.1:1/nothing"),
        secret_key=SecretStr("a key of tests only, long enough to sign"),
        encryption_keys=SecretStr(KEYS),
        instance_dir=folder,
    )
    urls = application.create_app(deployed).url_map
    domain.install(())
    return urls


def arrive(browser: Browser, address: str, reader: Reader) -> Known:
    """Sign a reader of the demonstration in (a visitor fills the cart), and keep the cookies for both languages."""
    with browser.new_context(base_url=address, locale=LOCALES["ro"]) as context:
        page = context.new_page()
        if reader is Reader.STAFF:
            staff.sign_in(page)
        elif reader is Reader.MEMBER:
            sign_in(page, people.BAKERY)
        else:
            fill_shop(page)
        return Known(_home(page, reader), _cookies(context))


def newcome(browser: Browser, house: House, reader: Reader) -> Known:
    """Let a reader come into an installation without a demonstration: a first administrator, a first customer."""
    with browser.new_context(base_url=house.address, locale=LOCALES["ro"]) as context:
        page = context.new_page()
        if reader is Reader.STAFF:
            _first_administrator(page, house)
        elif reader is Reader.MEMBER:
            _first_customer(page, house)
        else:
            page.goto("/")
        return Known(_home(page, reader), _cookies(context))


def _first_administrator(page: Page, house: House) -> None:
    houses.appoint(house.folder, people.ADMIN.email, people.ADMIN.name, people.PASSWORD)
    _type(page, "/account/sign-in?next=/admin/", {"email": people.ADMIN.email, "password": people.PASSWORD})
    page.wait_for_url("**/account/two-step**")
    secret = page.locator("main [data-copy]").first.get_attribute("data-copy") or ""
    _type(page, None, {"code": pyotp.TOTP(secret).now(), "password": people.PASSWORD})
    page.wait_for_url("**/recovery-codes**")
    page.goto("/admin/")


def _first_customer(page: Page, house: House) -> None:
    email = _BUYER["account_email"]
    _type(page, "/account/sign-up", {"full_name": _BUYER["full_name"], "email": email, "password": people.PASSWORD})
    page.wait_for_url("**/check-your-mail**")
    page.goto(link_in(house.mail(email, ""), "/confirm/"))
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/account/sign-in**")
    _type(page, "/account/sign-in?next=/account/customers/new", {"email": email, "password": people.PASSWORD})
    page.wait_for_url("**/account/customers/new**")
    page.locator("input[name=kind][value=person]").check()
    page.locator("main [name=name]").fill(_BUYER["full_name"])
    for name in ("phone", "street", "city"):
        page.locator(f"main [name={name}]").fill(_BUYER[name])
    # The list of counties stands behind a field to type into.
    page.locator("select[name=county]").select_option("RO-B", force=True)
    page.locator("main .submit-row button[type=submit]").click()
    page.wait_for_url("**/portal/**")


def _type(page: Page, path: str | None, values: dict[str, str]) -> None:
    """Fill in the form of a page, of the one at hand where no path is given, and send it."""
    if path is not None:
        page.goto(path)
    for name, value in values.items():
        page.locator(f"main [name={name}]").fill(value)
    page.locator("main [name=password]").press("Enter")


def sign_in(page: Page, email: str) -> None:
    """Sign a customer of the demonstration in, and arrive in the portal."""
    _type(page, "/account/sign-in", {"email": email, "password": people.PASSWORD})
    page.wait_for_url("**/portal/**")


def fill_shop(page: Page) -> None:
    """Fill the cart and the checkout, up to the review."""
    shopping.fill_cart(page, shopping.ROMANIAN, "cofetaria-ilinca")
    shopping.fill_checkout(page, _BUYER, kind="person", county="RO-B")
    shopping.go_on(page, shopping.ROMANIAN)
    page.wait_for_url("**/checkout/review")


def _home(page: Page, reader: Reader) -> str:
    return "/" if reader is Reader.VISITOR else str(page.evaluate("location.pathname"))


def _cookies(context: BrowserContext) -> dict[str, Any]:
    """Choose each language in turn, Romanian last: that is the one that a person's profile keeps."""
    page, kept = context.new_page(), {}
    for language in ("en", "ro"):
        page.goto(f"/account/language/{language}")
        kept[language] = context.storage_state()
    return kept


def places(browser: Browser, address: str, urls: Map, reader: Reader, who: Known) -> list[walk.Place]:
    """Return the pages that there are for a reader, one of each kind."""
    with browser.new_context(base_url=address, locale=LOCALES["ro"], storage_state=who.cookies["ro"]) as context:
        further = list(_FURTHER[reader])
        if reader is Reader.STAFF:
            listed = context.request.get("/admin/customers").text()
            first = re.search('/admin/customers/(cus_[^/"?]+)', listed)
            further += [f"/admin/orders/new/{first[1]}"] if first else []
        return walk.places(context.request, urls, reader, who.home, further)
