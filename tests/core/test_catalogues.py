"""Catalogues follow the code, and the check says what is wrong with them."""

import pytest
from babel.messages import pofile
from babel.support import Translations
from click.testing import CliRunner

from praho.core import catalogues
from praho.core.catalogues import Home

CODE = """
from praho.core import i18n
from praho.core.i18n import gettext, lazy_gettext as _, ngettext

FIELD = _("Name")
STATE = i18n.lazy_pgettext("order", "Lapsed")
def greet(name, n):
    # NOTE: shown after signing in
    days = ngettext("%(num)s day", "%(num)s days", n)
    return gettext("Hello, %(name)s!", name=name) + days + i18n.pgettext("verb", "Order")
"""
PAGE = """
{% trans count=2 %}
  You have {{ count }}
  services
{% endtrans %}
<a title="{{ _('Name') }}">{{ _("Only on the page") }}</a>
{% trans %}100% sure{% endtrans %}
"""
TEXTS = {
    "Name": "Nume",
    "Hello, %(name)s!": "Bună, %(name)s!",
    "%(num)s day": ("%(num)s zi", "%(num)s zile", "%(num)s de zile"),
    "Order": "Comandați",
    "Lapsed": "Expirată",
    "You have %(count)s services": "Aveți %(count)s servicii",
    "Only on the page": "Numai în pagină",
    "100%% sure": "100%% sigur",
}


@pytest.fixture
def home(tmp_path):
    home = Home(tmp_path / "praho", tmp_path / "translations")
    (home.source / "web" / "templates").mkdir(parents=True)
    (home.source / "web" / "views.py").write_text(CODE, encoding="utf-8")
    (home.source / "web" / "templates" / "page.html").write_text(PAGE, encoding="utf-8")
    return home


@pytest.fixture
def translated(home):
    home.file("en").parent.mkdir(parents=True)
    home.file("en").touch()
    catalogues.update(home)
    translate(home, TEXTS)
    return home


def translate(home, texts, locale="ro"):
    catalog = catalogues.read(home, locale)
    for message in catalog:
        key = message.id if isinstance(message.id, str) else message.id[0]
        if key in texts:
            message.string = texts[key]
    with home.file(locale).open("wb") as stream:
        pofile.write_po(stream, catalog)


def add_code(home, line):
    with (home.source / "web" / "views.py").open("a", encoding="utf-8") as stream:
        stream.write(line + "\n")


def test_every_text_of_code_and_templates_is_found(home):
    found = {message.id if isinstance(message.id, str) else message.id[0] for message in catalogues.template(home)}
    assert found - {""} == set(TEXTS)


def test_a_translated_home_is_without_problems(translated):
    assert catalogues.problems(translated) == []


def test_nothing_translated_is_lost_and_nothing_guessed_by_an_update(translated):
    before = translated.file("ro").read_text(encoding="utf-8")
    assert 'msgstr "Bună, %(name)s!"' in before
    add_code(translated, 'X = _("Names")')
    catalogues.update(translated)
    assert catalogues.problems(translated) == ["ro: 'Names' is not translated"]
    translate(translated, {"Names": "Nume"})
    assert catalogues.problems(translated) == []


def test_an_update_of_what_is_in_line_changes_nothing(translated):
    catalogues.update(translated)
    before = translated.file("ro").read_bytes()
    catalogues.update(translated)
    assert translated.file("ro").read_bytes() == before
    assert b"views.py:" not in before


def test_texts_that_left_the_code_leave_the_catalogue(translated):
    (translated.source / "web" / "templates" / "page.html").write_text("", encoding="utf-8")
    problems = catalogues.problems(translated)
    assert "ro: 'Only on the page' is no longer used" in problems
    assert "en: 'Only on the page' is no longer used" in problems
    catalogues.update(translated)
    assert catalogues.problems(translated) == []
    assert "Numai" not in translated.file("ro").read_text(encoding="utf-8")


def test_a_missing_catalogue_misses_everything(home):
    problems = catalogues.problems(home)
    assert "ro: 'Name' is missing" in problems


@pytest.mark.parametrize(
    ("key", "translation", "problem"),
    [
        ("Name", "", "ro: 'Name' is not translated"),
        ("Name", "Ştefan", "ro: 'Name' has ş or ţ with a cedilla instead of ș or ț with a comma"),
        ("%(num)s day", ("%(num)s zi", "%(num)s zile", ""), "ro: '%(num)s day' is not translated"),
        ("Hello, %(name)s!", "Bună, %(nume)s!", "ro: 'Hello, %(name)s!' does not fit: 'nume'"),
        ("Hello, %(name)s!", "Bună!", "ro: 'Hello, %(name)s!' leaves out the parameter 'name'"),
        (
            "Hello, %(name)s!",
            "Bună, %(name)!",
            "ro: 'Hello, %(name)s!' does not fit: unsupported format character '!' (0x21) at index 13",
        ),
    ],
)
def test_translations_that_would_fail_a_reader_are_named(translated, key, translation, problem):
    translate(translated, {key: translation})
    assert problem in catalogues.problems(translated)


def test_a_guess_is_no_translation(translated):
    path = translated.file("ro")
    path.write_text(
        path.read_text(encoding="utf-8").replace('msgid "Name"', '#, fuzzy\nmsgid "Name"'), encoding="utf-8"
    )
    assert "ro: 'Name' is marked as a guess" in catalogues.problems(translated)


@pytest.mark.parametrize(
    "line",
    [
        'X = _(f"Hello {FIELD}")',
        'X = _("Hello " + str(FIELD))',
        'X = _("Hello %s" % FIELD)',
        'X = i18n.gettext("Hello {}".format(FIELD))',
        "X = gettext(FIELD)",
        'X = ngettext("one", FIELD, 2)',
        "X = _()",
    ],
)
def test_texts_that_nobody_could_translate_are_named(translated, line):
    add_code(translated, line)
    assert any("the text must be a plain literal" in problem for problem in catalogues.problems(translated))


@pytest.mark.parametrize("text", ["Read <a>this</a>", "a&nbsp;b"])
def test_markup_in_a_text_is_named(translated, text):
    add_code(translated, f"X = _({text!r})")
    catalogues.update(translated)
    assert any("holds markup" in problem for problem in catalogues.problems(translated))


def test_compiled_catalogues_are_what_a_process_reads(translated):
    catalogues.compile_all(translated)
    with translated.file("ro").with_suffix(".mo").open("rb") as stream:
        assert Translations(stream).gettext("Name") == "Nume"
    with translated.file("en").with_suffix(".mo").open("rb") as stream:
        assert Translations(stream).gettext("Name") == "Name"


def test_packages_with_catalogues_are_homes_too(tmp_path):
    kit = tmp_path / "praho" / "sdk"
    plugin = tmp_path / "plugins" / "praho-one" / "src" / "praho_one"
    for folder in (kit / "translations", plugin / "translations", tmp_path / "plugins" / "praho-two" / "src" / "two"):
        folder.mkdir(parents=True)
    assert catalogues.homes(tmp_path) == [
        Home(tmp_path / "praho", tmp_path / "translations"),
        Home(plugin, plugin / "translations"),
        Home(kit, kit / "translations"),
    ]


def test_a_home_leaves_the_texts_of_another_to_it(translated):
    kit = translated.source / "sdk"
    (kit / "deep").mkdir(parents=True)
    (kit / "translations").mkdir()
    (kit / "deep" / "texts.py").write_text('_("Of the kit")\n_(f"{1}")\n', encoding="utf-8")
    assert catalogues.problems(translated) == []
    assert len(catalogues.problems(Home(kit, kit / "translations"))) == 2


def test_an_english_catalogue_may_reword_but_need_not_be_there(home):
    catalogues.update(home)
    assert not home.file("en").exists()
    translate(home, TEXTS)
    assert catalogues.problems(home) == []


def test_the_commands_do_it_for_every_home(translated, monkeypatch):
    monkeypatch.setattr(catalogues, "homes", lambda: [translated])
    run = CliRunner().invoke
    assert run(catalogues.commands, ["check"]).exit_code == 0
    assert run(catalogues.commands, ["extract"]).exit_code == 0
    assert (translated.catalogues / "messages.pot").exists()
    assert run(catalogues.commands, ["compile"]).exit_code == 0
    add_code(translated, 'X = _("New")')
    failed = run(catalogues.commands, ["check"])
    assert failed.exit_code == 1
    assert "ro: 'New' is missing" in failed.output
    assert run(catalogues.commands, ["update"]).exit_code == 0
    assert "ro: 'New' is not translated" in run(catalogues.commands, ["check"]).output
