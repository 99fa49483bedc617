"""The scripts and styles in a real browser: theme, dialogs, forms, requests, phones, the content security policy."""

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import flask
import pytest
from playwright.sync_api import Page, expect
from werkzeug.serving import make_server

from tests.ui import demo

pytestmark = pytest.mark.browser

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}


@dataclass
class Received:
    """What the demo's server was asked to do."""

    posts: list[str] = field(default_factory=list)
    arrived: threading.Event = field(default_factory=threading.Event)
    hold: threading.Event = field(default_factory=threading.Event)


@pytest.fixture(scope="module")
def received() -> Received:
    return Received()


@pytest.fixture(scope="module")
def address(received) -> Iterator[str]:
    app = demo.create_app()

    @app.post("/slow")
    def slow():
        received.posts.append(flask.request.form.get("value", ""))
        received.arrived.set()
        received.hold.wait(10)
        return flask.redirect("/portal", 303)

    @app.get("/arrived")
    def arrived():
        received.arrived.wait(10)
        return ""

    @app.get("/ended")
    def ended():
        return "", 401

    @app.get("/answer/<int:status>")
    def answer(status):
        headers = {"HX-Trigger": '{"toast": {"message": "Gata", "tone": "success"}}'} if status == 200 else {}
        return "<p id='answer'>da</p>", status, headers

    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    received.hold.set()
    server.shutdown()
    thread.join(10)


@pytest.fixture
def page(chrome, address) -> Iterator[Page]:
    with chrome.new_context(base_url=address, viewport=DESK, color_scheme="light", locale="ro-RO") as context:
        opened = context.new_page()
        complaints: list[str] = []
        opened.on("console", lambda said: complaints.append(said.text) if _complains(said) else None)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        yield opened
        assert complaints == []


def _complains(said) -> bool:
    """The browser reports every answer of 400 and above; those are the tests' own."""
    return said.type in ("error", "warning") and not said.text.startswith(("Failed to load", "Response Status"))


def add(page: Page, attributes: dict[str, str], element: str = "button") -> None:
    """Put an element into the page as a server would have, and let htmx know it."""
    page.evaluate(
        """([element, attributes]) => {
            const made = document.createElement(element);
            for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
            made.id = "added";
            made.textContent = "Încearcă";
            document.getElementById("content").prepend(made);
            htmx.process(made);
        }""",
        [element, attributes],
    )


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", [*demo.PAGES, "/admin/design", "/nowhere"])
def test_nothing_is_wider_than_the_screen(page, path, viewport):
    page.set_viewport_size(viewport)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_the_switch_changes_the_theme_for_this_page_and_the_next(page):
    page.goto("/portal")
    background = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(background)
    page.get_by_role("button", name="Luminos sau întunecat").first.click()
    assert page.evaluate("document.documentElement.dataset.theme") == "praho-dark"
    assert page.evaluate(background) != light
    page.goto("/admin")
    assert page.evaluate("document.documentElement.dataset.theme") == "praho-dark"


def test_without_a_choice_the_theme_follows_the_system(page):
    page.goto("/portal")
    scheme = "getComputedStyle(document.documentElement).colorScheme"
    assert page.evaluate(scheme) == "light"
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(scheme) == "dark"


def test_a_dialog_is_modal_and_closes_by_its_button_and_by_escape(page):
    page.goto("/admin/client")
    dialog = page.locator("#suspend")
    for close in (
        lambda: dialog.get_by_role("button", name="Închideți").click(),
        lambda: page.keyboard.press("Escape"),
    ):
        page.locator("[commandfor=suspend][command=show-modal]").click()
        expect(dialog).to_be_visible()
        assert dialog.evaluate("element => element.matches(':modal')")
        close()
        expect(dialog).to_be_hidden()


def test_a_dialog_opens_without_a_script(chrome, address):
    with chrome.new_context(base_url=address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto("/admin/client")
        page.locator("[commandfor=suspend][command=show-modal]").click()
        expect(page.locator("#suspend")).to_be_visible()
        expect(page.locator("[data-theme-switch]").first).to_be_hidden()


def test_the_navigation_of_a_phone_opens_and_closes_without_a_script(chrome, address):
    with chrome.new_context(base_url=address, java_script_enabled=False, viewport=PHONE) as context:
        page = context.new_page()
        page.goto("/admin")
        expect(page.locator("#navigation")).to_be_hidden()
        page.locator("header [popovertarget=navigation]").click()
        expect(page.locator("#navigation")).to_be_visible()
        page.locator("#navigation [popovertarget=navigation]").click()
        expect(page.locator("#navigation")).to_be_hidden()


def test_a_menu_closes_when_one_looks_elsewhere(page):
    page.goto("/portal")
    menu = page.locator("details[data-menu]").first
    summary = menu.locator("summary")
    for leave in (
        lambda: page.keyboard.press("Escape"),
        lambda: page.mouse.click(1000, 850),
    ):
        summary.click()
        expect(menu).to_have_attribute("open", "")
        leave()
        expect(menu).not_to_have_attribute("open", "")


def test_a_form_that_asks_first_goes_only_after_yes(page):
    page.goto("/admin/design?theme=light")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    ask = page.locator("form[data-confirm] button").first
    ask.click()
    dialog = page.locator("#confirm-dialog")
    dialog.get_by_role("button", name="Renunțați").click()
    expect(dialog).to_be_hidden()
    assert sent == []
    ask.click()
    with page.expect_navigation():
        dialog.get_by_role("button", name="Da, continuați").click()
    assert len(sent) == 1


def test_a_form_is_sent_once(page, received):
    page.goto("/admin/design?theme=light")
    page.evaluate("""() => {
        const form = document.querySelector("form[data-confirm]");
        form.removeAttribute("data-confirm");
        form.action = "/slow";
        form.id = "slow";
    }""")
    button = page.locator("#slow button")
    busy = button.element_handle().evaluate("""async element => {
        element.click();
        await fetch("/arrived");
        element.click();
        element.click();
        return element.getAttribute("aria-busy");
    }""")
    assert busy == "true"
    received.hold.set()
    page.wait_for_url("**/portal")
    assert len(received.posts) == 1


def test_the_summary_of_errors_is_read_first(page):
    page.goto("/form")
    page.get_by_role("button", name="Salvează").click()
    expect(page.locator("[data-error-summary]")).to_be_focused()
    page.locator("[data-error-summary] a").first.click()
    expect(page.locator("#name")).to_be_focused()


def test_what_was_refused_is_not_sent_again_by_reloading(page):
    page.goto("/form")
    sent = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    page.get_by_role("button", name="Salvează").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    page.wait_for_load_state("load")
    page.reload()
    expect(page.locator("[data-error-summary]")).to_have_count(0)
    assert len(sent) == 1


def test_an_ended_session_leads_to_sign_in_and_back(page):
    page.goto("/portal?tab=plati")
    add(page, {"hx-get": "/ended"})
    page.locator("#added").click()
    page.wait_for_url("**/sign-in?next=%2Fportal%3Ftab%3Dplati")


def test_an_answer_may_bring_a_toast(page):
    page.goto("/portal")
    add(page, {"hx-get": "/answer/200"})
    page.locator("#added").click()
    expect(page.locator("#answer")).to_be_visible()
    expect(page.locator("#toasts .toast.tone-success")).to_have_text("Gata")


def test_a_failed_request_says_so_and_changes_nothing(page):
    page.goto("/portal")
    add(page, {"hx-get": "/answer/502"})
    page.locator("#added").click()
    toast = page.locator("#toasts .toast.tone-danger")
    expect(toast).to_be_visible()
    expect(page.locator("#answer")).to_have_count(0)
    toast.locator("[data-dismiss]").click()
    expect(toast).to_have_count(0)


def test_the_errors_of_a_form_come_back_into_it(page):
    page.goto("/portal")
    add(page, {"hx-get": "/answer/422", "hx-swap": "outerHTML"})
    page.locator("#added").click()
    expect(page.locator("#answer")).to_be_visible()


def test_what_is_typed_while_an_answer_is_under_way_stays(page):
    page.goto("/portal")
    page.evaluate(
        """() => document.querySelector("main").insertAdjacentHTML("beforeend",
            '<div id="asked"><input id="first" value="before"><input id="second" value=""></div>')"""
    )
    held = []

    def hold(route):
        held.append(route)

    page.route("**/registry", hold)
    page.evaluate("() => { htmx.ajax('GET', '/registry', {target: '#asked', swap: 'outerHTML'}) }")
    expect(page.locator("#progress")).to_have_class(re.compile("htmx-request"))
    page.locator("#second").fill("typed")
    answer = '<div id="asked" data-answer><input id="first" value="after"><input id="second" value=""></div>'
    held[0].fulfill(body=answer, content_type="text/html")
    expect(page.locator("#asked[data-answer]")).to_be_visible()
    expect(page.locator("#first")).to_have_value("after")
    expect(page.locator("#second")).to_have_value("typed")


def test_our_own_error_fragment_lands_in_the_toasts(page):
    page.goto("/portal")
    add(page, {"hx-get": "/nowhere"})
    page.locator("#added").click()
    expect(page.locator("#toasts .toast")).to_have_count(1)


def test_a_value_is_copied_and_announced(page):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto("/admin/client")
    page.locator("[data-copy]").first.click()
    expect(page.locator("#toasts .toast")).to_have_text("Copiat")
    assert page.evaluate("navigator.clipboard.readText()") == "RO49AAAA1B31007593840000"


def test_a_slash_opens_the_palette(page):
    page.goto("/admin")
    page.keyboard.press("/")
    typed = page.locator("#palette-input")
    expect(typed).to_be_focused()
    page.keyboard.type("a/b")
    expect(typed).to_have_value("a/b")
    expect(page.locator("#palette-hits")).to_contain_text("a/b")
    typed.fill("clien")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/clienti")


def test_an_arrow_pressed_before_the_palette_is_answered_counts(page):
    page.goto("/admin")
    page.keyboard.press("/")
    page.locator("#palette-input").fill("c")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin#comenzi")


def test_the_skip_link_is_the_first_stop(page):
    page.goto("/portal")
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    expect(page.locator(".skip-link")).to_be_in_viewport()


def test_targets_on_a_phone_are_large_enough(chrome, address):
    with chrome.new_context(base_url=address, viewport=PHONE, has_touch=True, is_mobile=True) as context:
        page = context.new_page()
        page.goto("/form")
        heights = page.evaluate("""() => [...document.querySelectorAll(".input, .select, .dock-link, .submit-row .btn")]
            .map(element => element.getBoundingClientRect().height)""")
        assert heights
        assert min(heights) >= 44
