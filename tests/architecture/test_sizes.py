"""Small pieces: limits without an allow-list. Migrations are exempt: they are history."""

from tests.architecture import sources

MODULE_LINES = 400
FUNCTION_LINES = 60
TEMPLATE_LINES = 200


def test_modules_are_small():
    too_long = {
        str(path): count for path in sources.modules() if (count := len(sources.text(path).splitlines())) > MODULE_LINES
    }
    assert too_long == {}


def test_functions_are_small():
    too_long = {
        f"{sources.place(path, function)} {function.name}": count
        for path in sources.modules()
        for function in sources.functions(path)
        if (count := (function.end_lineno or 0) - function.lineno + 1) > FUNCTION_LINES
    }
    assert too_long == {}


def test_templates_are_small():
    too_long = {
        str(path): count
        for path in sources.templates()
        if (count := len(sources.text(path).splitlines())) > TEMPLATE_LINES
    }
    assert too_long == {}
