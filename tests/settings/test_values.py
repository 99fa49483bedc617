"""Settings: typed, declared once, read by somebody, kept where they differ, recorded when they change."""

import ast
import importlib
import re
from pathlib import Path

import pytest
from sqlalchemy import text

from praho.core import domain
from praho.core.db.scope import AnonymousScope, StaffScope, SystemScope, entered, session
from praho.core.domain import Domain
from praho.core.errors import Invalid, NotFound
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.models.audit import AuditEvent
from praho.models.settings import Setting
from praho.settings.services import catalogue, changing, company, groups, values
from tests.architecture import sources

STAFF = StaffScope(1)
FIELDS = (
    SettingField(
        "t.text", "Text", SettingKind.TEXT, "default", "t", check=lambda typed: "no" if typed == "bad" else None
    ),
    SettingField("t.number", "Number", SettingKind.INTEGER, 14, "t"),
    SettingField("t.flag", "Flag", SettingKind.BOOLEAN, True, "t"),
    SettingField("t.choice", "Choice", SettingKind.CHOICE, "a", "t", choices=(("a", "A"), ("b", "B"))),
    SettingField("t.long", "Long", SettingKind.LONG_TEXT, "", "t"),
)
TYPED = {"t.text": "new", "t.number": "7", "t.choice": "b", "t.long": "Line\nline"}


@pytest.fixture
def declared(db):
    domain.install([Domain(name="t", settings=FIELDS)])
    yield
    domain.install(())


def test_a_setting_is_its_default_until_somebody_sets_it(declared):
    with entered(AnonymousScope()):
        assert (values.text("t.text"), values.integer("t.number"), values.flag("t.flag")) == ("default", 14, True)


def test_what_is_set_is_read_in_every_scope(declared):
    with entered(STAFF):
        changing.change("t", TYPED)
        assert values.integer("t.number") == 7, "the change is seen by the scope that made it"
    with entered(AnonymousScope()):
        assert values.text("t.text") == "new"
        assert values.flag("t.flag") is False, "a box that is not ticked is off"
        assert values.get("t.long") == "Line\nline"


def test_all_settings_cost_one_query(declared, count_queries):
    with entered(AnonymousScope()), count_queries() as counted:
        for field in FIELDS:
            values.get(field.key)
    assert counted.count == 1


def test_an_undeclared_key_is_a_programming_error(declared):
    with entered(AnonymousScope()), pytest.raises(KeyError):
        values.get("t.unknown")
    with entered(AnonymousScope()), pytest.raises(TypeError):
        values.integer("t.text")


def test_a_value_of_another_kind_in_the_database_does_not_leak(declared, db):
    with entered(STAFF):
        changing.change("t", TYPED)
    db.execute(text("UPDATE settings_value SET value = '\"nine\"' WHERE key = 't.number'"))
    with entered(AnonymousScope()):
        assert values.integer("t.number") == 14


def test_a_value_that_equals_its_default_is_not_kept(declared):
    with entered(STAFF):
        changing.change("t", TYPED)
        changing.change("t", {**TYPED, "t.text": "default"})
        kept = {row.key for row in session().query(Setting)}
    assert kept == {"t.number", "t.flag", "t.choice", "t.long"}


def test_a_change_is_recorded_once_with_old_and_new(declared):
    with entered(STAFF):
        assert set(changing.change("t", TYPED)) == {field.key for field in FIELDS}
        assert changing.change("t", TYPED) == []
    with entered(SystemScope("test")):
        (event,) = session().query(AuditEvent)
    assert (event.action, event.subject_id) == ("settings.changed", "t")
    assert event.changes["t.number"] == [14, 7]


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ({"t.text": "bad"}, "t.text"),
        ({"t.text": "x" * 501}, "t.text"),
        ({"t.number": ""}, "t.number"),
        ({"t.number": "1.5"}, "t.number"),
        ({"t.number": "٣"}, "t.number"),
        ({"t.number": "9" * 30}, "t.number"),
        ({"t.choice": "c"}, "t.choice"),
    ],
)
def test_what_cannot_be_is_refused_by_its_key_and_nothing_is_kept(declared, typed, key):
    with entered(STAFF):
        with pytest.raises(Invalid) as refusal:
            changing.change("t", {**TYPED, **typed})
        assert set(refusal.value.fields) == {key}
        assert session().query(Setting).count() == 0


def test_a_group_that_nobody_declares_is_not_found(declared):
    with entered(STAFF), pytest.raises(NotFound):
        changing.change("unknown", {})


def test_a_key_is_declared_once():
    domain.install([Domain(name="a", settings=FIELDS), Domain(name="b", settings=FIELDS[:1])])
    try:
        with pytest.raises(ValueError, match=r"t\.text"):
            catalogue.fields()
    finally:
        domain.install(())


def test_every_declared_setting_has_a_consumer(domains):
    assert set(catalogue.fields()) - _keys_read() == set()


def test_every_default_passes_its_own_check(domains):
    for field in catalogue.fields().values():
        if field.check is not None and field.default != "":
            assert field.check(str(field.default)) is None, field.key


def test_every_group_has_a_title_of_its_own(domains):
    assert all(group.intro for group in groups.listing())


def _keys_read() -> set[str]:
    """The keys that the program reads: the first arguments of the reading functions, and the company's fields."""
    readers = {f"praho.settings.services.values.{name}" for name in ("get", "text", "integer", "flag")}
    found = {field.key for field in company.FIELDS if _is_read_by_the_seller(field.key)}
    declared = set(catalogue.fields())
    for path in sources.modules("praho"):
        for call in sources.calls(path):
            if sources.full_name(path, call.func) in readers and call.args:
                found |= _constant(path, call.args[0]) | _composed(call.args[0], declared)
    return found


def _constant(path: Path, argument: ast.expr) -> set[str]:
    if isinstance(argument, ast.Constant):
        return {argument.value}
    name = sources.full_name(path, argument)
    module, _point, attribute = name.rpartition(".")
    if module and not module.startswith("praho."):
        return set()
    owner = importlib.import_module(module or ".".join(path.with_suffix("").parts))
    value = getattr(owner, attribute, None)
    return {value} if isinstance(value, str) else set()


def _composed(argument: ast.expr, declared: set[str]) -> set[str]:
    """The declared keys that a formatted text may become."""
    if not isinstance(argument, ast.JoinedStr):
        return set()
    parts = [re.escape(each.value) if isinstance(each, ast.Constant) else r"[a-z_]+" for each in argument.values]
    return {key for key in declared if re.fullmatch("".join(parts), key)}


def _is_read_by_the_seller(key: str) -> bool:
    source = sources.text(Path("praho/settings/services/company.py"))
    return f'_text("{key.removeprefix("company.")}")' in source
