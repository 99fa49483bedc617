"""From what was typed into a settings screen to values that may be kept."""

import re
from collections.abc import Mapping

from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.settings.types import SettingValue

_LONGEST_TEXT = 500
_LONGEST_LONG_TEXT = 50_000
_LARGEST = 10**9
_COLOUR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)


def checked(fields: list[SettingField], typed: Mapping[str, str]) -> dict[str, SettingValue]:
    """Return a value for each setting; raise Invalid naming every refused one by its key.

    A box that was not ticked is off; a text that was not sent is empty; nothing is guessed.
    """
    values: dict[str, SettingValue] = {}
    refused: dict[str, object] = {}
    for field in fields:
        try:
            values[field.key] = _value(field, typed.get(field.key, ""))
        except _Refused as refusal:
            refused[field.key] = refusal.sentence
    if refused:
        raise Invalid(_("Please correct the marked fields."), fields=refused)
    return values


class _Refused(Exception):
    def __init__(self, sentence: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def _value(field: SettingField, typed: str) -> SettingValue:
    if field.kind is SettingKind.BOOLEAN:
        return typed != ""
    text = typed.strip()
    value: SettingValue = _whole_number(text) if field.kind is SettingKind.INTEGER else text
    if field.kind is SettingKind.COLOUR and not _COLOUR.fullmatch(text):
        raise _Refused(_("Choose a colour, such as #0f5e63."))
    if field.kind is SettingKind.CHOICE and text not in {key for key, _label in field.choices}:
        raise _Refused(_("Choose one of the list."))
    longest = _LONGEST_LONG_TEXT if field.kind is SettingKind.LONG_TEXT else _LONGEST_TEXT
    if len(text) > longest:
        raise _Refused(_("At most %(count)s characters fit here.", count=longest))
    sentence = field.check(text) if field.check is not None and text else None
    if sentence is not None:
        raise _Refused(sentence)
    return value


def _whole_number(text: str) -> int:
    if not text.isascii() or not text.removeprefix("-").isdigit() or abs(int(text)) > _LARGEST:
        raise _Refused(_("Write a whole number."))
    return int(text)
