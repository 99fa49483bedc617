"""How a plugin declares what staff must fill in for one account at the provider.

    @dataclass(frozen=True)
    class AcmeSettings:
        base_url: str = settings.url(label=_("API address"), default="https://api.acme.example")
        api_key: str = settings.secret(label=_("API key"))
        test_mode: bool = settings.boolean(label=_("Test mode"), default=True)

A class may check several fields together in `__post_init__` and raise `InvalidSettings`. `describe` is all
that a form generator needs; `praho.sdk.settings_values` checks what was typed and turns it into strings to
keep.
"""

import dataclasses
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from praho.sdk.texts import Message

_METADATA = "praho.setting"


class FieldKind(StrEnum):
    """How a field is edited."""

    TEXT = "text"
    URL = "url"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    SECRET = "secret"  # noqa: S105


@dataclass(frozen=True, slots=True)
class Choice:
    """One option of a choice: the value kept, and what staff read."""

    value: str
    label: Message


@dataclass(frozen=True, slots=True)
class FieldDescription:
    """One field of the form. `default` is in the form in which it would be typed ("8080", "true"), or None.

    A secret is write-only: the form shows whether one is kept, never the value, and an empty entry keeps it.
    """

    name: str
    kind: FieldKind
    label: Message
    help_text: Message
    required: bool
    default: str | None
    choices: tuple[Choice, ...]
    minimum: int | None
    maximum: int | None

    @property
    def secret(self) -> bool:
        """Whether the value must be encrypted and never be shown again."""
        return self.kind is FieldKind.SECRET


@dataclass(frozen=True, slots=True)
class _Declaration:
    kind: FieldKind
    label: Message
    help_text: Message
    required: bool = True
    choices: tuple[Choice, ...] = ()
    minimum: int | None = None
    maximum: int | None = None


def text(*, label: Message, help_text: Message = "", default: str | None = None, required: bool = True) -> Any:
    """Declare a line of text; the attribute is a `str`, empty where it is not required and not given."""
    if default is None and not required:
        default = ""
    return _field(_Declaration(FieldKind.TEXT, label, help_text, required), default)


def url(*, label: Message, help_text: Message = "", default: str | None = None) -> Any:
    """Declare an http or https address; it is kept without a slash at its end."""
    return _field(_Declaration(FieldKind.URL, label, help_text), default)


def integer(
    *,
    label: Message,
    help_text: Message = "",
    default: int | None = None,
    minimum: int | None = None,
    maximum: int | None = None,
) -> Any:
    """Declare a whole number between two limits, both included."""
    declaration = _Declaration(FieldKind.INTEGER, label, help_text, minimum=minimum, maximum=maximum)
    return _field(declaration, default)


def boolean(*, label: Message, help_text: Message = "", default: bool = False) -> Any:
    """Declare a yes or no."""
    return _field(_Declaration(FieldKind.BOOLEAN, label, help_text, required=False), default)


def choice(*, label: Message, choices: tuple[Choice, ...], help_text: Message = "", default: str | None = None) -> Any:
    """Declare one of several values; the attribute is the `str` of the option."""
    return _field(_Declaration(FieldKind.CHOICE, label, help_text, choices=choices), default)


def secret(*, label: Message, help_text: Message = "", required: bool = True) -> Any:
    """Declare a password or key; it has no default and does not show in the repr of the settings."""
    return _field(_Declaration(FieldKind.SECRET, label, help_text, required), None if required else "")


def describe(cls: type[Any]) -> tuple[FieldDescription, ...]:
    """Return the fields in the order of their declaration; a field declared otherwise is a TypeError."""
    return tuple(_description(field) for field in dataclasses.fields(cls))


def secret_names(cls: type[Any]) -> frozenset[str]:
    """Return the names of the fields whose values must be encrypted."""
    return frozenset(field.name for field in describe(cls) if field.secret)


def _field(declaration: _Declaration, default: object) -> Any:
    metadata = {_METADATA: declaration}
    shown = declaration.kind is not FieldKind.SECRET
    if default is None:
        return dataclasses.field(metadata=metadata, repr=shown, kw_only=True)
    return dataclasses.field(metadata=metadata, repr=shown, kw_only=True, default=default)


def _description(field: "dataclasses.Field[Any]") -> FieldDescription:
    declaration = field.metadata.get(_METADATA)
    if not isinstance(declaration, _Declaration):
        raise TypeError(f"{field.name} is not declared by a function of praho.sdk.settings")
    return FieldDescription(
        name=field.name,
        kind=declaration.kind,
        label=declaration.label,
        help_text=declaration.help_text,
        required=declaration.required,
        default=None if field.default is dataclasses.MISSING else typed(field.default),
        choices=declaration.choices,
        minimum=declaration.minimum,
        maximum=declaration.maximum,
    )


def typed(value: object) -> str:
    """Return a value as it would be typed into a form or kept: "8080", "true"."""
    return str(value).lower() if isinstance(value, bool) else str(value)
