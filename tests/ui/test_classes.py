"""Every class that is used is built: a page never waits for somebody who has npm."""

from tests.ui import classes


def test_every_class_of_a_template_is_built():
    names = classes.built()
    missing = {
        str(path.relative_to(classes.ROOT)): found
        for path in classes.templates()
        if (found := classes.missing(classes.in_template(path.read_text()), names))
    }
    assert missing == {}, "run `make css`"


def test_every_class_of_a_form_is_built():
    names = classes.built()
    missing = {
        str(path.relative_to(classes.ROOT)): found
        for path in classes.modules()
        if (found := classes.missing(classes.in_module(path.read_text()), names))
    }
    assert missing == {}, "run `make css`"


def test_the_reader_sees_plain_conditional_and_composed_classes():
    source = (
        '<a class="btn {{ KIND_CLASSES[kind] }}{% if wide %} btn-block{% endif %} tone-{{ tone }}">'
        '<i class="{{ "one" if size == "sm" else "two" }}">{% set KIND_CLASSES = {"a": "x y"} %}'
    )
    assert classes.in_template(source) == {"btn", "btn-block", f"tone-{classes.HOLE}", "one", "two", "x", "y"}


def test_the_reader_puts_composed_classes_together():
    source = (
        '<b class="tile tone-{{ "info" if calm else "warning" }}{{ " wide" if wide }} btn{{ " btn-sm" if small }}">'
    )
    assert classes.in_template(source) >= {"tile", "tone-info", "tone-warning", "wide", "btn", "btn-sm"}


def test_a_composed_class_needs_a_built_one():
    used = {f"tone-{classes.HOLE}", f"shade-{classes.HOLE}", "btn"}
    assert classes.missing(used, {"tone-info", "btn"}) == {f"shade-{classes.HOLE}"}


def test_escaped_selectors_are_read():
    assert {"lg:grid-cols-3", "btn", "w-1/2"} <= classes.built()
