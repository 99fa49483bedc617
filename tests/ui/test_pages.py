"""Every layout and component renders right markup, with every value defined, in both languages."""

import pytest
from bs4 import BeautifulSoup

from praho.core.i18n import in_locale
from praho.ui import environment
from praho.ui.navigation import Brand
from tests.ui import demo, markup


@pytest.fixture(scope="module")
def app():
    app = demo.create_app()
    app.config["WTF_CSRF_ENABLED"] = False
    return app


@pytest.fixture
def client(app):
    return app.test_client()


def soup(response) -> BeautifulSoup:
    return BeautifulSoup(response.text, "lxml")


@pytest.mark.parametrize("locale", ["ro", "en"])
@pytest.mark.parametrize("path", demo.PAGES)
def test_pages_are_sound(client, path, locale):
    with in_locale(locale):
        response = client.get(path)
    assert response.status_code == 200
    assert markup.faults(response.text) == []
    assert soup(response).html["lang"] == locale


def test_every_template_compiles(app):
    names = [path.relative_to(environment.TEMPLATES) for path in environment.TEMPLATES.rglob("*.*")]
    assert names
    for name in names:
        app.jinja_env.get_template(str(name))


def test_errors_stand_beside_their_fields_and_lead_there(client):
    response = client.post("/form", data={"name": "Moara", "email": "nu-e-adresa", "county": "BV", "cycle": "y"})
    page = soup(response)
    assert response.status_code == 422
    assert markup.faults(response.text) == []
    cui = page.find(id="cui")
    assert cui["aria-invalid"] == "true"
    assert cui["aria-describedby"] == "cui-error cui-help"
    assert "Completați CUI-ul." in page.find(id="cui-error").get_text()
    assert page.find(id="name")["value"] == "Moara"
    assert "aria-invalid" not in page.find(id="name").attrs
    leads = [link["href"] for link in page.select("[data-error-summary] a")]
    assert leads == ["#cui", "#email", "#password", "#terms"]


def test_a_money_form_carries_its_token(client):
    page = soup(client.get("/form"))
    assert page.find("input", {"name": "form_token"})["value"] == "demo-token"


def test_the_navigation_marks_where_one_is(client):
    page = soup(client.get("/portal/documente"))
    marked = page.select(".nav-link[aria-current=page]")
    assert [link.get_text(strip=True) for link in marked] == ["Documente"]
    assert len(page.select(".dock a")) == 4


def test_a_column_says_how_it_is_ordered_and_turns_its_order(client):
    page = soup(client.get("/admin/documente?sort=-total&state=open"))
    column = page.find("th", attrs={"aria-sort": True})
    assert column["aria-sort"] == "descending"
    assert column.a["href"] == "/admin/documente?state=open&sort=total"


@pytest.mark.parametrize(
    ("cookie", "theme"), [(None, None), ("light", "praho"), ("dark", "praho-dark"), ('"><script>', None)]
)
def test_the_theme_comes_from_the_cookie(client, cookie, theme):
    if cookie is not None:
        client.set_cookie("praho_theme", cookie)
    assert soup(client.get("/portal")).html.get("data-theme") == theme


def test_an_unknown_page_is_a_page(client):
    response = client.get("/nowhere", headers={"Accept": "text/html"})
    assert response.status_code == 404
    assert markup.faults(response.text) == []


def test_an_error_of_a_fragment_goes_to_the_toasts(client):
    response = client.get("/nowhere", headers={"HX-Request": "true", "Accept": "*/*"})
    assert (response.status_code, response.headers["HX-Retarget"]) == (404, "#toasts")
    assert soup(response).select(".toast [data-dismiss]")


def test_flashed_messages_have_their_tone(app):
    client = app.test_client()
    with client.session_transaction() as session:
        session["_flashes"] = [("success", "Salvat."), ("error", "<b>Nu</b> a mers.")]
    response = client.get("/portal")
    tones = [" ".join(alert["class"]) for alert in soup(response).select("#content [data-dismissible]")]
    assert tones == ["alert tone-success", "alert tone-danger"]
    assert "&lt;b&gt;Nu&lt;/b&gt; a mers." in response.text


@pytest.mark.parametrize("locale", ["ro", "en"])
def test_a_mail_needs_no_request(app, locale):
    source = """{% extends "email/layout.html" %}
    {% from "email/parts.html" import button, facts, heading, note, paragraph %}
    {% block preheader %}Scadentă mâine{% endblock %}
    {% block content %}{{ heading("Bună ziua") }}{{ paragraph("Text & text") }}{{ facts([("Total", "10,00 RON")]) }}
    {{ button("Plătiți", "https://host.example/p/1") }}{{ note("Notă") }}{% endblock %}"""
    brand = Brand("Carpat Host", "https://host.example/", ("Carpat Host SRL", "CUI RO 12345674"))
    with app.app_context(), in_locale(locale):
        html = app.jinja_env.from_string(source).render(brand=brand)
        text = app.jinja_env.get_template("email/layout.txt").render(brand=brand)
    nesting = markup.Nesting()
    nesting.feed(html)
    assert (nesting.faults, nesting.open) == ([], [])
    assert f'lang="{locale}"' in html
    assert "Text &amp; text" in html
    assert "class=" not in html
    assert text.strip().startswith("--")
    assert "Carpat Host SRL" in text
