"""Which language a reader gets, and how texts are translated in code and in templates."""

import threading
from pathlib import Path

import flask
import pytest
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import InputRequired

from praho.core import i18n
from praho.core.principal import ActorKind, Principal, acting_as

CATALOGUE = r"""
msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\n"
"Language: ro\n"
"Plural-Forms: nplurals=3; plural=(n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2);\n"

msgid "Hello, %(name)s!"
msgstr "Bună, %(name)s!"

msgid "Fish & chips"
msgstr "Pește & <b>cartofi</b>"

msgid "%(num)s day"
msgid_plural "%(num)s days"
msgstr[0] "%(num)s zi"
msgstr[1] "%(num)s zile"
msgstr[2] "%(num)s de zile"

msgctxt "verb"
msgid "Order"
msgstr "Comandați"

msgid "Order"
msgstr "Comandă"

msgid "100% free"
msgstr "100% gratuit"

msgid "100%% of %(what)s"
msgstr "100%% din %(what)s"
"""


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    path = tmp_path / "ro" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text(CATALOGUE, encoding="utf-8")
    monkeypatch.setattr(i18n, "_directories", [])
    i18n.add_directory(tmp_path)
    i18n.forget_translations()
    yield path
    i18n.forget_translations()


@pytest.fixture
def app(catalogue):
    app = flask.Flask(__name__)
    app.secret_key = "only for the tests of languages"
    app.config["WTF_CSRF_ENABLED"] = False
    i18n.init_app(app)
    return app


def render(app, source, **values):
    with app.test_request_context(headers={"Accept-Language": "ro"}):
        return flask.render_template_string(source, **values)


@pytest.mark.parametrize(
    ("header", "locale"),
    [
        (None, "ro"),
        ("", "ro"),
        ("en", "en"),
        ("ro-RO", "ro"),
        ("en-GB,en;q=0.9", "en"),
        ("de,en;q=0.5", "en"),
        ("de,fr", "ro"),
        ("en;q=0.3,ro;q=0.8", "ro"),
        ("*", "ro"),
        (";;nonsense", "ro"),
    ],
)
def test_without_a_choice_the_browser_decides_then_romanian(app, header, locale):
    headers = {} if header is None else {"Accept-Language": header}
    with app.test_request_context(headers=headers):
        assert i18n.current_locale() == locale


def test_an_explicit_choice_beats_the_browser(app):
    with app.test_request_context(headers={"Accept-Language": "ro"}):
        assert i18n.current_locale() == "ro"
        i18n.choose("en")
        assert i18n.current_locale() == "en"
        with pytest.raises(ValueError, match="unsupported"):
            i18n.choose("de")


def test_the_profile_speaks_where_the_session_is_silent(app):
    person = Principal(ActorKind.USER, "Ana", locale="en")
    with app.test_request_context(headers={"Accept-Language": "ro"}), acting_as(person):
        assert i18n.current_locale() == "en"
        i18n.choose("ro")
        assert i18n.current_locale() == "ro"


@pytest.mark.parametrize(("chosen", "locale"), [("en", "en"), ("de", "ro"), (None, "ro")])
def test_the_application_may_know_the_choice(catalogue, chosen, locale):
    app = flask.Flask(__name__)
    i18n.init_app(app, explicit_choice=lambda: chosen)
    with app.test_request_context():
        assert i18n.current_locale() == locale


def test_the_choice_is_asked_for_once_a_request(catalogue):
    asked = []
    app = flask.Flask(__name__)
    i18n.init_app(app, explicit_choice=lambda: asked.append(1))
    with app.test_request_context():
        for _ in range(5):
            i18n.gettext("Order")
    assert len(asked) == 1


def test_documents_and_mails_have_their_own_locale(app):
    assert i18n.gettext("Order") == "Comandă"
    with i18n.in_locale("en"):
        assert i18n.gettext("Order") == "Order"
        with i18n.in_locale("ro"):
            assert i18n.gettext("Order") == "Comandă"
        assert i18n.current_locale() == "en"
    with app.test_request_context(headers={"Accept-Language": "en"}), i18n.in_locale("ro"):
        assert i18n.gettext("Order") == "Comandă"
    with pytest.raises(ValueError, match="unsupported"), i18n.in_locale("de"):
        pass


def test_another_thread_does_not_see_it(catalogue):
    seen = []
    with i18n.in_locale("en"):
        thread = threading.Thread(target=lambda: seen.append(i18n.current_locale()))
        thread.start()
        thread.join()
    assert seen == ["ro"]


def test_parameters_context_and_plurals(catalogue):
    assert i18n.gettext("Hello, %(name)s!", name="Ana") == "Bună, Ana!"
    assert i18n.gettext("100% free") == "100% gratuit"
    assert i18n.pgettext("verb", "Order") == "Comandați"
    days = [i18n.ngettext("%(num)s day", "%(num)s days", n) for n in (0, 1, 2, 19, 20, 101)]
    assert days == ["0 zile", "1 zi", "2 zile", "19 zile", "20 de zile", "101 zile"]
    assert i18n.gettext("Not in any catalogue: %(x)s", x=1) == "Not in any catalogue: 1"


def test_lazy_texts_wait_for_their_reader(catalogue):
    lazy = i18n.lazy_gettext("Hello, %(name)s!", name="Ana")
    days = i18n.lazy_ngettext("%(num)s day", "%(num)s days", 2)
    assert (str(lazy), str(days)) == ("Bună, Ana!", "2 zile")
    with i18n.in_locale("en"):
        assert (str(lazy), str(days)) == ("Hello, Ana!", "2 days")


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("{{ _('Hello, %(name)s!', name=x) }}", "Bună, &lt;i&gt;!"),
        ("{{ gettext('Hello, %(name)s!', name=x) }}", "Bună, &lt;i&gt;!"),
        ("{% trans name=x %}Hello, {{ name }}!{% endtrans %}", "Bună, &lt;i&gt;!"),
        ("{% trans name=x %}\n  Hello,\n  {{ name }}!\n{% endtrans %}", "Bună, &lt;i&gt;!"),
        ("{{ _('Hello, %(name)s!', name=y) }}", "Bună, <em>!"),
        ("{{ _('Fish & chips') }}", "Pește &amp; &lt;b&gt;cartofi&lt;/b&gt;"),
        ("{% trans %}Fish & chips{% endtrans %}", "Pește &amp; &lt;b&gt;cartofi&lt;/b&gt;"),
        ("{{ ngettext('%(num)s day', '%(num)s days', 20) }}", "20 de zile"),
        ("{% trans num=2 %}{{ num }} day{% pluralize %}{{ num }} days{% endtrans %}", "2 zile"),
        ("{{ pgettext('verb', 'Order') }}", "Comandați"),
        ("{{ _('100% free') }}", "100% gratuit"),
        ("{% trans what=x %}100% of {{ what }}{% endtrans %}", "100% din &lt;i&gt;"),
        ("{% autoescape false %}{{ _('Fish & chips') }}{% endautoescape %}", "Pește & <b>cartofi</b>"),
        ("{{ current_locale() }}", "ro"),
    ],
)
def test_templates_escape_translations_and_what_they_are_given(app, source, html):
    from markupsafe import Markup

    assert render(app, source, x="<i>", y=Markup("<em>")) == html


def test_messages_of_form_fields_are_translated_too(app):
    class Form(FlaskForm):
        name = StringField(validators=[InputRequired()])

    with app.test_request_context(method="POST", headers={"Accept-Language": "ro"}):
        form = Form()
        form.validate()
        assert form.name.errors == ["Acest câmp este obligatoriu."]


def test_a_newer_source_beats_the_compiled_catalogue(catalogue):
    import os

    from babel.messages import mofile, pofile

    with catalogue.open("rb") as source, catalogue.with_suffix(".mo").open("wb") as compiled:
        mofile.write_mo(compiled, pofile.read_po(source))
    catalogue.write_text(CATALOGUE.replace("Comandă", "Comanda nouă"), encoding="utf-8")
    for age, expected in ((10, "Comandă"), (-10, "Comanda nouă")):
        moment = catalogue.with_suffix(".mo").stat().st_mtime - age
        os.utime(catalogue, (moment, moment))
        i18n.forget_translations()
        assert i18n.gettext("Order") == expected


def test_our_catalogues_are_where_the_program_looks():
    assert Path(__file__).parents[2] / "translations" == i18n.TRANSLATIONS
    with i18n.in_locale("ro"):
        assert i18n.gettext("This is not an amount.") == "Aceasta nu este o sumă."
