"""A form is made from a settings class, and what was typed comes back checked."""

from dataclasses import dataclass

import pytest

from praho.sdk import settings, settings_values, texts
from praho.sdk.errors import InvalidSettings
from praho.sdk.settings import Choice, FieldKind


@dataclass(frozen=True)
class Sample:
    base_url: str = settings.url(label="Address", help_text="Where it is", default="https://a.example")
    user: str = settings.text(label="User")
    api_key: str = settings.secret(label="Key")
    note: str = settings.text(label="Note", required=False)
    second_key: str = settings.secret(label="Second key", required=False)
    port: int = settings.integer(label="Port", default=8080, minimum=1, maximum=65535)
    mode: str = settings.choice(label="Mode", choices=(Choice("a", "A"), Choice("b", "B")), default="a")
    live: bool = settings.boolean(label="Live", default=True)


FORM = {"base_url": "https://b.example/api/", "user": " ana ", "api_key": "k1", "port": "9", "mode": "b", "live": "on"}


def test_the_description_is_all_that_a_form_needs():
    described = {field.name: field for field in settings.describe(Sample)}
    assert list(described) == ["base_url", "user", "api_key", "note", "second_key", "port", "mode", "live"]
    assert [field.kind for field in described.values()] == [
        FieldKind.URL, FieldKind.TEXT, FieldKind.SECRET, FieldKind.TEXT, FieldKind.SECRET, FieldKind.INTEGER,
        FieldKind.CHOICE, FieldKind.BOOLEAN,
    ]  # fmt: skip
    assert [name for name, field in described.items() if field.required] == [
        "base_url", "user", "api_key", "port", "mode",
    ]  # fmt: skip
    assert (described["base_url"].label, described["base_url"].help_text) == ("Address", "Where it is")
    assert [field.default for field in described.values()] == [
        "https://a.example", None, None, "", "", "8080", "a", "true",
    ]  # fmt: skip
    assert [option.value for option in described["mode"].choices] == ["a", "b"]
    assert (described["port"].minimum, described["port"].maximum) == (1, 65535)
    assert settings.secret_names(Sample) == {"api_key", "second_key"}


def test_a_good_form():
    values = settings_values.from_form(Sample, FORM)
    assert values == Sample(
        base_url="https://b.example/api", user="ana", api_key="k1", note="", second_key="", port=9, mode="b", live=True
    )


def test_a_box_that_was_not_ticked_means_no():
    assert (
        settings_values.from_form(Sample, {name: text for name, text in FORM.items() if name != "live"}).live is False
    )
    assert settings_values.from_form(Sample, FORM | {"live": "false"}).live is False


def test_an_empty_secret_keeps_the_one_that_is_kept():
    kept = settings_values.to_stored(settings_values.from_form(Sample, FORM))
    assert settings_values.from_form(Sample, FORM | {"api_key": ""}, kept).api_key == "k1"
    assert settings_values.from_form(Sample, FORM | {"api_key": "k2"}, kept).api_key == "k2"
    with pytest.raises(InvalidSettings):
        settings_values.from_form(Sample, FORM | {"api_key": ""})


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("user", ""), ("user", "   "), ("user", "a\nb"), ("user", "a\0b"),
        ("base_url", ""), ("base_url", "b.example"), ("base_url", "ftp://b.example"), ("base_url", "https://"),
        ("base_url", "javascript:alert(1)"), ("base_url", "https://[b"), ("base_url", "https://b .example"),
        ("port", ""), ("port", "0"), ("port", "65536"), ("port", "8o"), ("port", "1.5"),
        ("mode", ""), ("mode", "c"),
    ],
)  # fmt: skip
def test_each_bad_entry_has_its_error(field, typed):
    with pytest.raises(InvalidSettings) as caught:
        settings_values.from_form(Sample, FORM | {field: typed})
    assert list(caught.value.errors) == [field]


def test_all_errors_come_at_once_and_in_the_reader_s_language():
    with pytest.raises(InvalidSettings) as caught:
        settings_values.from_form(Sample, {"port": "70000"})
    words = {name: texts.render(error, "ro") for name, error in caught.value.errors.items()}
    assert words["user"] == "Vă rugăm să completați acest câmp."
    assert words["port"] == "Cel mai mare număr permis este 65535."
    assert set(words) == {"base_url", "user", "api_key", "port", "mode"}


def test_kept_strings_give_the_same_settings():
    values = settings_values.from_form(Sample, FORM)
    kept = settings_values.to_stored(values)
    assert all(isinstance(text, str) for text in kept.values())
    assert settings_values.from_stored(Sample, kept) == values


def test_a_field_added_later_has_its_default():
    kept = settings_values.to_stored(settings_values.from_form(Sample, FORM))
    del kept["port"], kept["live"]
    values = settings_values.from_stored(Sample, kept)
    assert (values.port, values.live) == (8080, True)
    del kept["user"]
    with pytest.raises(InvalidSettings):
        settings_values.from_stored(Sample, kept)


def test_secrets_do_not_show():
    values = settings_values.from_form(Sample, FORM | {"api_key": "hidden-1"})
    assert "hidden-1" not in repr(values)
    assert settings_values.secret_values(values) == {"hidden-1"}


def test_a_field_declared_otherwise_is_an_error():
    @dataclass(frozen=True)
    class Wrong:
        name: str = "x"

    with pytest.raises(TypeError, match="name"):
        settings.describe(Wrong)


def test_a_class_may_check_fields_together():
    @dataclass(frozen=True)
    class Pair:
        low: int = settings.integer(label="Low")
        high: int = settings.integer(label="High")

        def __post_init__(self) -> None:
            if self.low > self.high:
                raise InvalidSettings({"high": "too low"})

    with pytest.raises(InvalidSettings, match="high: too low"):
        settings_values.from_form(Pair, {"low": "2", "high": "1"})
