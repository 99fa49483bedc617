"""The page of the design system shows every component, and what it offers to try works."""

import re

import pytest
from bs4 import BeautifulSoup

from praho.core.i18n import in_locale
from praho.ui import environment
from tests.ui import demo, markup

COMPONENTS = sorted(path.stem for path in (environment.TEMPLATES / "components").glob("*.html"))
PAGE = "/admin/design"


@pytest.fixture(scope="module")
def app():
    app = demo.create_app()
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.mark.parametrize("component", COMPONENTS)
def test_every_component_is_shown(component):
    """By the page itself or by the layout around it."""
    folders = ("design", "layouts")
    shown = "".join(path.read_text() for name in folders for path in (environment.TEMPLATES / name).glob("*.html"))
    assert f'"components/{component}.html"' in shown


def test_every_macro_of_a_component_is_named_or_used_by_one_that_is():
    design = "".join(path.read_text() for path in (environment.TEMPLATES / "design").glob("*.html"))
    others = "".join(path.read_text() for path in environment.TEMPLATES.rglob("*.html"))
    for name in COMPONENTS:
        source = (environment.TEMPLATES / f"components/{name}.html").read_text()
        for macro in re.findall(r"macro (\w+)\(", source):
            calls = len(re.findall(rf"\b{macro}\(", others)) - 1
            assert re.search(rf"\b{macro}\b", design) or calls > 0, f"{name}.{macro} is shown nowhere"


@pytest.mark.parametrize("locale", ["ro", "en"])
def test_the_page_is_sound_in_both_themes_at_once(client, locale):
    with in_locale(locale):
        response = client.get(PAGE)
    assert markup.faults(response.text) == []
    panels = BeautifulSoup(response.text, "lxml").select(".specimen")
    assert {panel["data-theme"] for panel in panels} == {"praho", "praho-dark"}


def test_one_theme_may_be_looked_at_alone(client):
    panels = BeautifulSoup(client.get(f"{PAGE}?theme=dark").text, "lxml").select(".specimen")
    assert {panel["data-theme"] for panel in panels} == {"praho-dark"}


def test_the_form_comes_back_with_its_errors_and_nothing_else(client):
    response = client.post(
        f"{PAGE}/form?theme=dark", data={"dark-name": "Ana", "dark-county": ""}, headers={"HX-Request": "true"}
    )
    page = BeautifulSoup(response.text, "lxml")
    assert response.status_code == 422
    assert page.find("input", {"name": "dark-name"})["value"] == "Ana"
    assert [link["href"] for link in page.select("[data-error-summary] a")] == ["#dark-email", "#dark-terms"]
    assert page.find("main") is None


def test_what_was_done_can_be_taken_back_without_a_script(client):
    given = {
        "light-name": "Ana",
        "light-county": "",
        "light-email": "ana@paine.ro",
        "light-cycle": "y",
        "light-terms": "y",
    }
    answer = client.post(f"{PAGE}/form?theme=light", data=given)
    assert (answer.status_code, answer.location) == (303, PAGE)
    undo = BeautifulSoup(client.get(PAGE).text, "lxml").select_one("#content [data-dismissible] form")
    assert undo["action"] == f"{PAGE}/undo"
    assert client.post(undo["action"]).status_code == 303
