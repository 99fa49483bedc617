"""What the components do in a real browser: searchable selects, chosen rows, charts, keys, undo, lazy parts."""

import threading
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from tests.ui import demo

pytestmark = pytest.mark.browser

PAGE = "/admin/design?theme=light"


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = make_server("127.0.0.1", 0, demo.create_app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join(10)


@pytest.fixture
def page(chrome, address) -> Iterator[Page]:
    with chrome.new_context(base_url=address, viewport={"width": 1440, "height": 900}, locale="ro-RO") as context:
        opened = context.new_page()
        complaints: list[str] = []
        opened.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.goto(PAGE)
        yield opened
        # The browser itself reports every answer of 400 and above.
        assert [said for said in complaints if "422" not in said] == []


@pytest.fixture
def plain(chrome, address) -> Iterator[Page]:
    """The same page in a browser without scripts."""
    with chrome.new_context(base_url=address, java_script_enabled=False) as context:
        opened = context.new_page()
        opened.goto(PAGE)
        yield opened


def test_a_select_is_searched_without_diacritics_and_by_keys(page):
    box = page.locator("#light-place")
    expect(box).to_have_value("Brașov")
    box.fill("bistrita")
    expect(page.locator(".combobox [role=option]")).to_have_text(["Bistrița-Năsăud"])
    box.press("Enter")
    expect(box).to_have_value("Bistrița-Năsăud")
    assert page.locator("select[name=light-place]").input_value() == "Bistrița-Năsăud"
    box.fill("zzz")
    box.press("Escape")
    expect(box).to_have_value("Bistrița-Năsăud")
    box.fill("")
    box.blur()
    assert page.locator("select[name=light-place]").input_value() == ""


def test_a_searched_select_is_led_to_by_its_label_and_by_its_error(page):
    page.locator("label[for=light-place]").click()
    expect(page.locator("#light-place")).to_be_focused()
    page.locator("#light-specimen-form").get_by_role("button", name="Salvați").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.locator("#light-county")).to_have_role("combobox")


def test_rows_are_chosen_one_by_one_by_a_stretch_and_all_at_once(page):
    bar, count = page.locator("#light-bulk"), page.locator("#light-bulk [data-bulk-count]")
    rows = page.locator("[form=light-bulk][name=chosen]")
    every = page.locator("[data-bulk-page=light-bulk]")
    expect(bar).to_be_hidden()
    rows.nth(0).click()
    expect(count).to_have_text("1")
    assert every.evaluate("box => box.indeterminate")
    rows.nth(2).click(modifiers=["Shift"])
    expect(count).to_have_text("3")
    every.click()
    expect(count).to_have_text("5")
    bar.locator("[data-bulk-everything]").check()
    expect(count).to_have_text("412")
    bar.locator("[data-bulk-clear]").click()
    expect(bar).to_be_hidden()


def test_the_head_of_a_table_stays_in_sight(page):
    head = page.locator(".data-table thead th").first
    page.locator(".data-table tbody tr").nth(3).evaluate("row => scrollTo(0, row.getBoundingClientRect().top - 80)")
    expect(head).to_be_in_viewport()
    below_the_bar = head.evaluate("head => Math.round(head.getBoundingClientRect().top)")
    assert below_the_bar == page.locator(".topbar").evaluate("bar => Math.round(bar.getBoundingClientRect().height)")


def test_charts_are_drawn_follow_the_theme_and_turn_into_tables(page):
    chart = page.locator("[data-chart]").first
    expect(chart.locator("canvas")).to_be_visible()
    expect(chart.get_by_role("table")).not_to_be_in_viewport()
    chart.locator("[data-chart-switch]").click()
    expect(chart.locator("canvas")).to_be_hidden()
    expect(chart.locator("tbody tr").first).to_be_visible()
    page.locator("[data-theme-switch] >> visible=true").first.click()
    expect(chart.locator("canvas")).to_have_count(1)


def test_without_a_script_figures_selects_and_rows_are_plain(plain):
    expect(plain.locator("[data-chart] tbody").first).to_be_visible()
    expect(plain.locator("[data-plot]").first).to_be_hidden()
    expect(plain.locator("select[name=light-place]")).to_be_visible()
    expect(plain.locator("#light-bulk")).to_be_visible()
    expect(plain.locator("#light-bulk [data-bulk-clear]")).to_be_hidden()


def test_a_question_mark_shows_the_keys_and_the_dialog_keeps_the_focus(page):
    page.keyboard.press("?")
    dialog = page.locator("#shortcuts-dialog")
    expect(dialog).to_be_visible()
    for _step in range(4):
        page.keyboard.press("Tab")
        inside = "document.activeElement === document.body || !!document.activeElement.closest('#shortcuts-dialog')"
        assert page.evaluate(inside)
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_toast_offers_to_take_back_what_was_done(page):
    page.locator("[hx-get$=toast]").click()
    toast = page.locator("#toasts .toast")
    toast.get_by_role("button", name="Anulați").click()
    expect(page.locator("#content [data-dismissible]").first).to_contain_text("Totul este ca înainte.")


def test_a_part_comes_when_it_is_looked_at(page):
    page.locator("#feedback").scroll_into_view_if_needed()
    expect(page.locator("#feedback .lazy")).to_have_count(0)
    expect(page.locator("#feedback .card .alert")).to_be_visible()


def test_who_stood_in_a_replaced_form_stands_in_the_new_one(page):
    page.locator("#light-specimen-form [name=light-name]").fill("Ana")
    page.keyboard.press("Enter")
    expect(page.locator("[data-error-summary]")).to_be_focused()
    expect(page.locator("#light-specimen-form [name=light-name]")).to_have_value("Ana")


def test_files_are_named_once_they_are_chosen(page):
    page.locator("#light-file").set_input_files({"name": "extras.csv", "mimeType": "text/csv", "buffer": b"1"})
    expect(page.locator("[data-file-names]")).to_have_text("extras.csv")


def test_the_bar_at_the_top_moves_while_something_is_asked(page):
    bar = page.locator("#progress")
    request = "{detail: {xhr: new XMLHttpRequest(), target: document.body}}"
    page.evaluate(f"document.dispatchEvent(new CustomEvent('htmx:beforeRequest', {request}))")
    expect(bar).to_have_class("progress-bar htmx-indicator htmx-request")
    page.evaluate(f"document.dispatchEvent(new CustomEvent('htmx:afterRequest', {request}))")
    expect(bar).to_have_class("progress-bar htmx-indicator")
