"""Templates call the components as they are defined: a misspelt keyword is found before anybody opens the page."""

import pytest

from tests.ui import classes, demo, macros


@pytest.fixture(scope="module")
def parser():
    return demo.create_app().jinja_env


def test_every_call_of_a_component_fits_its_definition(parser):
    folders = [classes.ROOT / name for name in ("praho", "plugins", "tests/ui")]
    paths = sorted(path for folder in folders for path in folder.rglob("*.html") if "node_modules" not in path.parts)
    assert paths
    found = {
        str(path.relative_to(classes.ROOT)): faults for path in paths if (faults := list(macros.misuses(parser, path)))
    }
    assert found == {}


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{{ badge("x", colour="red") }}', "['colour'] unknown"),
        ("{{ badge() }}", "['label'] missing"),
        ('{{ badge("x", "info", "check", false, 5) }}', "too many values"),
        ('{{ badge("x", label="y") }}', "['label'] given twice"),
        ("{{ card() }}", "needs a body"),
        ('{% call badge("x") %}y{% endcall %}', "takes no body"),
    ],
)
def test_misuse_is_seen(parser, tmp_path, line, fault):
    template = tmp_path / "page.html"
    imports = '{% from "components/badge.html" import badge %}{% from "components/card.html" import card %}'
    template.write_text(imports + line)
    assert [found.split(": ", 2)[2] for found in macros.misuses(parser, template)] == [fault]


def test_right_calls_are_let_through(parser, tmp_path):
    template = tmp_path / "page.html"
    template.write_text(
        '{% from "components/button.html" import button, gone %}{% from "components/card.html" import card %}'
        '{{ button("x", hx_get="/y") }}{% call card("t") %}b{% endcall %}{{ button(*parts) }}'
    )
    assert list(macros.misuses(parser, template)) == ["line 1: components/button.html has no gone"]
