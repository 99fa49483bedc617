"""Orders, addresses, filters and initials."""

import datetime as dt

import pytest

from praho.core import clock
from praho.core.i18n import in_locale
from praho.core.money import Money
from praho.ui import filters
from praho.ui.lists import Sort, query_url, twin_url
from praho.ui.people import initials
from tests.ui import demo

DEFAULT = Sort("issued", descending=True)


@pytest.fixture(scope="module")
def app():
    return demo.create_app()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, DEFAULT),
        ("", DEFAULT),
        ("total", Sort("total")),
        ("-total", Sort("total", descending=True)),
        ("password", DEFAULT),
        ("--total", DEFAULT),
    ],
)
def test_an_order_is_read_from_the_address(text, expected):
    assert Sort.parse(text, {"issued", "total"}, DEFAULT) == expected


def test_a_click_on_a_column_turns_its_order():
    assert Sort("total").toggled("total") == "-total"
    assert Sort("total", descending=True).toggled("total") == "total"
    assert Sort("total").toggled("issued") == "issued"
    assert (Sort("total").aria("total"), Sort("total").aria("issued")) == ("ascending", None)


def test_an_address_keeps_the_filters_and_forgets_the_place(app):
    with app.test_request_context("/admin/documente?state=open&tag=a&tag=b&cursor=xyz"):
        assert query_url(sort="-total") == "/admin/documente?state=open&tag=a&tag=b&sort=-total"
        assert query_url(cursor="next", state=None) == "/admin/documente?tag=a&tag=b&cursor=next"
        assert query_url(state=None, tag=None) == "/admin/documente"


def test_an_address_escapes_what_was_typed(app):
    with app.test_request_context("/list?q=a%26b%3Dc+d"):
        assert query_url(sort="x") == "/list?q=a%26b%3Dc+d&sort=x"


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Ana-Maria Șerban", "AȘ"),
        ("Fabrica de Pâine SRL", "FS"),
        ("moara", "M"),
        ("", "?"),
        ("„Înălțimi” Verzi", "V"),
        ("  ", "?"),
    ],
)
def test_initials(name, expected):
    assert initials(name) == expected


def test_filters_follow_the_locale_of_the_moment(app):
    template = app.jinja_env.from_string("{{ amount|money }} {{ day|date }} {{ rate|percent }} {{ cui|cui }}")
    values = {"amount": Money(123456, "RON"), "day": dt.date(2026, 1, 15), "rate": 21, "cui": "RO12345674"}
    with in_locale("ro"):
        assert template.render(values) == "1.234,56 RON 15 ian. 2026 21% RO 12345674"
    with in_locale("en"):
        assert template.render(values) == "1,234.56 RON 15 Jan 2026 21% RO 12345674"


@pytest.mark.parametrize(
    ("days", "expected"), [(0, "astăzi"), (1, "mâine"), (-1, "ieri"), (12, "peste 12 zile"), (-40, "acum 1 lună")]
)
def test_a_near_day_has_a_name(days, expected):
    with in_locale("ro"):
        assert filters.relative_day(clock.today() + dt.timedelta(days=days)) == expected


def test_a_language_is_named_in_the_readers_own():
    with in_locale("ro"):
        assert [filters.language(one) for one in ("ro", "en")] == ["Română", "Engleză"]
    with in_locale("en"):
        assert [filters.language(one) for one in ("ro", "en")] == ["Romanian", "English"]


def test_the_day_of_an_instant_is_bucharests():
    with in_locale("en"):
        assert filters.day(dt.datetime(2026, 1, 15, 22, 30, tzinfo=dt.UTC)) == "16 Jan 2026"


def test_the_same_list_in_another_form_takes_names_of_the_address_as_data(app):
    app.add_url_rule("/twin.csv", "twin")
    with app.test_request_context("/list?q=a&cursor=x&endpoint=b&_external=1&_scheme=javascript&_anchor=%0Aalert(1)"):
        assert twin_url("twin") == "/twin.csv?q=a&endpoint=b&_external=1&_scheme=javascript&_anchor=%0Aalert%281%29"
    with app.test_request_context("/list"):
        assert twin_url("twin") == "/twin.csv"
