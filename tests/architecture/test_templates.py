"""Templates compile, with every filter and global they name, and keep to the content-security policy."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import flask
import jinja2
import pytest
from pydantic import SecretStr

from praho import app as application
from praho.config import Config, new_encryption_key
from tests.architecture import sources

PAGES = [path for path in sources.templates() if path.is_relative_to("praho") and path.suffix != ".typ"]
# Mail readers know no style sheets, so that mails carry their styles inline.
OF_THE_CHROME = {"account", "brand", "footer_links", "languages", "navigation", "search_url", "switcher"}
SEEN_IN_A_BROWSER = [path for path in sources.templates() if path.suffix == ".html" and "email" not in path.parts]


@pytest.fixture(scope="module")
def environment() -> Iterator[jinja2.Environment]:
    """The application's own environment; no database is asked."""
    app: flask.Flask = application.create_app(
        Config(
            _env_file=None,
            database_url=SecretStr("postgresql://nobody@127.0.0.1:1/none"),
            secret_key=SecretStr("test"),
            encryption_keys=SecretStr(new_encryption_key("test")),
        )
    )
    with app.app_context():
        yield app.jinja_env


def test_there_are_templates():
    assert PAGES


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_a_template_compiles(environment: jinja2.Environment, path: Path):
    environment.compile(sources.text(path), filename=str(path))


@pytest.mark.parametrize("path", PAGES, ids=str)
def test_what_a_template_includes_exists(environment: jinja2.Environment, path: Path):
    parsed = environment.parse(sources.text(path), filename=str(path))
    named = parsed.find_all((jinja2.nodes.Extends, jinja2.nodes.Include, jinja2.nodes.Import, jinja2.nodes.FromImport))
    for node in named:
        if isinstance(node.template, jinja2.nodes.Const):
            environment.get_template(node.template.value)


def test_no_page_takes_a_name_of_the_chrome_around_it():
    """A page's value under one of these names would replace what the layout shows: no menu, no way to sign out."""
    taken = [
        f"{sources.place(path, call)} {keyword.arg}"
        for path in sources.modules("praho")
        for call in sources.calls(path)
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"render", "render_template"}
        for keyword in call.keywords
        if keyword.arg in OF_THE_CHROME
    ]
    assert taken == []


@pytest.mark.parametrize("path", SEEN_IN_A_BROWSER, ids=str)
def test_no_inline_styles_and_handlers(path: Path):
    text = sources.text(path)
    assert re.findall(r"""<[^>]*\sstyle\s*=""", text) == []
    assert re.findall(r"""<[^>]*\son[a-z]+\s*=\s*["']""", text) == []
    assert re.findall(r"""(?:href|src|action)\s*=\s*["']\s*javascript:""", text) == []
