"""A morning at the desk without a mouse: in, look, find, take the money in, give a job another chance."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import house as houses
from tests.browser import staff

pytestmark = [pytest.mark.browser, pytest.mark.slow]

_MOST_TABS = 120
_ENOUGH_FOR_TROUBLES = "7"
"""With so many customers something went wrong in the demonstration: there are dead jobs."""


@pytest.fixture(scope="module")
def house(server, tmp_path_factory):
    name = server.create("staff_morning")
    folder = tmp_path_factory.mktemp("house")
    with houses.running(folder, database_url=server.database_url(name), demo_size=_ENOUGH_FOR_TROUBLES) as running:
        yield running
    server.drop(name)


def test_a_staff_morning_by_keyboard_alone(open_page):
    page = open_page()
    staff.sign_in(page)
    expect(page.get_by_role("heading", name="Vă așteaptă")).to_be_visible()
    expect(page.locator("#alarms")).to_be_visible()

    page.keyboard.press("Control+k")
    page.keyboard.type("atelier no")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Atelier Nord")
    expect(page.locator("#life ol")).to_be_visible()

    keys(page, "g", "i")
    page.wait_for_url(re.compile(r"/admin/documents$"))
    keys(page, "f")
    page.keyboard.type("atelier")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("q=atelier"))
    keys(page, "j")
    page.keyboard.press("Enter")
    expect(page.locator("[name=amount]")).to_be_visible()
    amount = re.search(r"[\d.]*\d,\d\d", page.locator(".field:has([name=amount])").inner_text())
    assert amount is not None
    tab_to(page, "[name=amount]")
    page.keyboard.type(amount[0])
    tab_to(page, "[name=reference]")
    page.keyboard.type("OP 7781")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("OP 7781")

    keys(page, "g", "h")
    page.wait_for_url(re.compile(r"/admin/$"))
    tab_to(page, "a.desk-item[href*='/jobs?state=dead']")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("state=dead"))
    keys(page, "j", "x")
    tab_to(page, "button[name=action][value='operations.retry']")
    page.keyboard.press("Enter")
    expect(page.locator("#confirm-dialog")).to_be_visible()
    tab_to(page, "#confirm-dialog button[value=yes]")
    page.keyboard.press("Enter")
    expect(page.locator("#bulk-run")).to_contain_text("Totul este gata.")

    open_palette(page)
    expect(page.locator("#palette-hits")).to_contain_text("Atelier Nord")
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    page.keyboard.press("?")
    expect(page.locator("#shortcuts-dialog")).to_be_visible()


def keys(page: Page, *pressed: str) -> None:
    for key in pressed:
        page.keyboard.press(key)


def open_palette(page: Page) -> None:
    """Press Ctrl-K until the palette is there: what arrives in the same moment may take the key's place."""
    page.wait_for_load_state("networkidle")
    for _ in range(10):
        page.keyboard.press("Control+k")
        try:
            expect(page.locator("#palette")).to_be_visible(timeout=3000)
        except AssertionError:
            continue
        return
    raise AssertionError("the palette does not open")


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until the element is reached."""
    for _ in range(_MOST_TABS):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} is not reached by Tab")
