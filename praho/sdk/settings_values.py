"""Reading the values of a plugin's settings: from a form, and from where PRAHO keeps them.

`to_stored` gives one string per field. Those named by `settings.secret_names` belong into the encrypted
store.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar
from urllib.parse import urlsplit

from praho.sdk import texts
from praho.sdk.errors import InvalidSettings
from praho.sdk.settings import FieldDescription, FieldKind, describe, secret_names, typed
from praho.sdk.texts import Message

S = TypeVar("S")

_ = texts.of_package("praho.sdk")


def secret_values(values: object) -> frozenset[str]:
    """Return the secrets themselves: what the HTTP client of the account must mask."""
    stored = to_stored(values)
    return frozenset(stored[name] for name in secret_names(type(values)) if stored[name])


def from_form(cls: type[S], form: Mapping[str, str], kept: Mapping[str, str] | None = None) -> S:
    """Return the settings that a submitted form describes, or raise `InvalidSettings` with an error per
    field.

    A box that was not ticked is absent from a form and means no. An empty secret means the one in `kept`
    (what `to_stored` gave before), if there is one.
    """
    values: dict[str, str | None] = {}
    for field in describe(cls):
        submitted = form.get(field.name, "").strip()
        if field.secret and not submitted and kept is not None:
            submitted = kept.get(field.name, "")
        if field.kind is FieldKind.BOOLEAN:
            submitted = "false" if submitted in ("", "false", "0", "off") else "true"
        values[field.name] = submitted
    return _build(cls, values)


def from_stored(cls: type[S], stored: Mapping[str, str]) -> S:
    """Return the settings that `to_stored` gave; a field that was added since then has its default.

    Raises `InvalidSettings` where a value no longer fits or a new field has no default.
    """
    return _build(cls, {field.name: stored.get(field.name, field.default) for field in describe(cls)})


def to_stored(values: object) -> dict[str, str]:
    """Return the settings as strings, in the form that `from_stored` reads."""
    return {field.name: typed(getattr(values, field.name)) for field in describe(type(values))}


def _build(cls: type[S], values: Mapping[str, str | None]) -> S:
    errors: dict[str, Message] = {}
    converted: dict[str, object] = {}
    for field in describe(cls):
        try:
            converted[field.name] = _convert(field, values[field.name] or "")
        except _Unacceptable as error:
            errors[field.name] = error.message
    if errors:
        raise InvalidSettings(errors)
    return cls(**converted)


class _Unacceptable(Exception):
    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def _convert(field: FieldDescription, value: str) -> object:
    if field.required and not value:
        raise _Unacceptable(_("Please fill in this field."))
    return _CONVERTERS[field.kind](field, value)


def _convert_text(_field: FieldDescription, value: str) -> str:
    if any(character in value for character in "\r\n\0"):
        raise _Unacceptable(_("This field takes a single line."))
    return value


def _convert_url(_field: FieldDescription, value: str) -> str:
    message = _("Please give a full address that starts with http:// or https://.")
    try:
        parts = urlsplit(value)
        host = parts.hostname
    except ValueError:
        raise _Unacceptable(message) from None
    if parts.scheme not in ("http", "https") or not host or any(character.isspace() for character in value):
        raise _Unacceptable(message)
    return value.rstrip("/")


def _convert_integer(field: FieldDescription, value: str) -> int:
    try:
        number = int(value)
    except ValueError:
        raise _Unacceptable(_("Please give a whole number.")) from None
    if field.minimum is not None and number < field.minimum:
        raise _Unacceptable(_("The smallest number allowed is %(limit)s.", limit=str(field.minimum)))
    if field.maximum is not None and number > field.maximum:
        raise _Unacceptable(_("The largest number allowed is %(limit)s.", limit=str(field.maximum)))
    return number


def _convert_boolean(_field: FieldDescription, value: str) -> bool:
    return value == "true"


def _convert_choice(field: FieldDescription, value: str) -> str:
    if value not in {option.value for option in field.choices}:
        raise _Unacceptable(_("Please choose one of the options."))
    return value


_CONVERTERS: dict[FieldKind, Callable[[FieldDescription, str], object]] = {
    FieldKind.TEXT: _convert_text,
    FieldKind.SECRET: _convert_text,
    FieldKind.URL: _convert_url,
    FieldKind.INTEGER: _convert_integer,
    FieldKind.BOOLEAN: _convert_boolean,
    FieldKind.CHOICE: _convert_choice,
}
