"""Every page that a link leads to, at a desk and at a phone: it fits the screen, and the browser has no complaint."""

import pytest

from praho.operations.services.demo import people
from tests.browser import staff
from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SECTIONS = "nav a[href^='/'], aside a[href^='/'], footer a[href^='/']"
FURTHER = "td.cell-title a[href^='/'], .page-header a[href^='/'], main a.btn[href^='/']"


@pytest.fixture(params=[{"viewport": DESK}, {"viewport": PHONE, "scheme": "dark"}], ids=["desk", "phone"])
def screen(request):
    return request.param


@pytest.fixture(scope="session")
def administrator(chrome, house, tmp_path_factory):
    """The cookies of an administrator: a code opens once, and both screens want to be signed in."""
    file = tmp_path_factory.mktemp("cookies") / "administrator.json"
    with chrome.new_context(base_url=house.address, locale="ro-RO") as context:
        staff.sign_in(context.new_page())
        context.storage_state(path=file)
    return file


def test_the_shop(open_page, screen):
    page = open_page(**screen)
    page.goto("/")
    assert_each_fits(page, ["/", "/domains?q=cafenea", "/account/sign-up", "/account/forgotten-password"])


def test_the_portal(open_page, screen):
    page = open_page(**screen)
    page.goto("/account/sign-in")
    page.locator("[name=email]").fill(people.BAKERY)
    page.locator("[name=password]").fill(people.PASSWORD)
    page.locator("[name=password]").press("Enter")
    page.wait_for_url("**/portal/**")
    assert_each_fits(page, [path_of(page), "/account/profile", "/account/security"])


def test_the_admin(open_page, screen, administrator):
    assert_each_fits(open_page(**screen, signed_in=administrator), ["/admin/", "/admin/search?q=brut"])


def assert_each_fits(page, starts):
    """Visit the starts, the sections that they name, and the first of each kind of page that those lead to."""
    waiting, seen, kinds = list(starts), set(), set()
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        page.goto(path)
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider == 0, f"{path} is {wider} px wider than the screen"
        waiting += [link for link in links(page, SECTIONS) if "/language/" not in link]
        for link in links(page, FURTHER):
            if kind_of(link) not in kinds:
                kinds.add(kind_of(link))
                waiting.append(link)
    assert len(seen) > len(starts)


def links(page, selector):
    found = page.eval_on_selector_all(selector, "found => found.map(link => link.getAttribute('href').split('#')[0])")
    downloads = ("/pdf", "/xml", ".csv", ".zip", "/export")
    return [link for link in found if not link.partition("?")[0].endswith(downloads)]


def kind_of(path):
    """Return an address without its ids and its query: the pages of one kind look alike."""
    parts = path.partition("?")[0].split("/")
    return "/".join("…" if any(letter.isdigit() or letter == "_" for letter in part) else part for part in parts)


def path_of(page):
    return page.evaluate("location.pathname")
