"""How a domain declares its business settings; values live in the settings domain."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class SettingKind(StrEnum):
    TEXT = "text"
    LONG_TEXT = "long_text"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    CHOICE = "choice"
    COLOUR = "colour"
    """Written as `#0f5e63`."""
    IMAGE = "image"
    """A PNG, JPEG or SVG file; the value is the hash under which it is kept, or nothing."""


@dataclass(frozen=True, slots=True)
class SettingField:
    """One business setting: its key, how it is edited, and what it is until somebody sets it.

    `check` returns a translated sentence for a value that cannot be accepted, else None.
    """

    key: str
    label: object
    kind: SettingKind
    default: str | int | bool
    group: str
    help: object = ""
    choices: tuple[tuple[str, object], ...] = ()
    check: Callable[[str], object | None] | None = None
