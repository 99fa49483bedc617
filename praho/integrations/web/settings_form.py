"""The form of an account, generated from what its plugin declares."""

from collections.abc import Mapping
from dataclasses import dataclass

from praho.core import i18n
from praho.integrations.services.browsing import AccountView, PluginLine
from praho.sdk import texts
from praho.sdk.settings import FieldKind

PREFIX = "setting-"
"""Before the names of controls, so that a plugin's field may have any name."""


@dataclass(frozen=True, slots=True)
class FormField:
    """One control, in the reader's language. A secret never has a value; `kept` says whether there is one."""

    name: str
    kind: FieldKind
    label: str
    help: str
    required: bool
    value: str
    checked: bool
    kept: bool
    choices: tuple[tuple[str, str], ...]
    minimum: int | None
    maximum: int | None
    errors: tuple[object, ...]


def entered_values(form: Mapping[str, str]) -> dict[str, str]:
    """Return what was typed into the controls, by the names of the plugin's fields."""
    return {name.removeprefix(PREFIX): value for name, value in form.items() if name.startswith(PREFIX)}


def fields(
    plugin: PluginLine,
    account: AccountView | None,
    entered: Mapping[str, str] | None,
    errors: Mapping[str, object],
) -> list[FormField]:
    """Return the controls of a plugin's settings: as typed where something was, else as kept, else the defaults."""
    locale = i18n.current_locale()
    made = []
    for field in plugin.fields:
        kept = account is not None and field.name in account.secrets
        before = (field.default if account is None else account.values.get(field.name, field.default)) or ""
        value = before if entered is None else entered.get(field.name, "")
        made.append(
            FormField(
                name=f"{PREFIX}{field.name}",
                kind=field.kind,
                label=texts.render(field.label, locale),
                help=texts.render(field.help_text, locale),
                required=field.required and not kept,
                value="" if field.secret else value,
                checked=value not in ("", "false", "0", "off"),
                kept=kept,
                choices=tuple((choice.value, texts.render(choice.label, locale)) for choice in field.choices),
                minimum=field.minimum,
                maximum=field.maximum,
                errors=(errors[field.name],) if field.name in errors else (),
            )
        )
    return made
