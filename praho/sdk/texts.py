"""Texts of a plugin in the languages of their readers.

A plugin ships `translations/<locale>/LC_MESSAGES/messages.po` inside its package; English is the source. A
`Text` knows its package, so whoever shows it (a page, a mail, months later) can translate it then:

    _ = texts.of_package("praho_acme")
    LABEL = _("API key")
    TAKEN = _("The name %(name)s is taken.", name="exemplu.ro")

The catalogues are read as they are: nothing has to be compiled.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, TypeAlias

from babel.messages import pofile


@dataclass(frozen=True, slots=True)
class Text:
    """An English sentence with named `%(x)s` parameters, translatable by the catalogue of `package`."""

    package: str
    source: str
    parameters: tuple[tuple[str, str], ...] = ()

    def translate(self, locale: str) -> str:
        """Return the sentence in `locale` ("ro", "en"), or in English where the catalogue has no
        translation.
        """
        sentence = _catalogue(self.package, locale).get(self.source, self.source)
        return sentence % dict(self.parameters) if self.parameters else sentence

    def __str__(self) -> str:
        return self.source % dict(self.parameters) if self.parameters else self.source


Message: TypeAlias = str | Text
"""A sentence for a person: a `Text`, or a plain string where the words are the provider's own."""


def of_package(package: str) -> Callable[..., Text]:
    """Return the function that a plugin calls `_`; `package` is the import name that has `translations/`."""

    def text(source: str, /, **parameters: str) -> Text:
        return Text(package, source, tuple(parameters.items()))

    return text


def render(message: Message, locale: str) -> str:
    """Return `message` in the language of its reader."""
    return message.translate(locale) if isinstance(message, Text) else message


def source_text(message: Message) -> str:
    """Return `message` in English, for logs and exceptions."""
    return str(message)


def encode(message: Message) -> str | dict[str, Any]:
    """Return `message` as a JSON value that `decode` turns back, so that it is translated for who reads it then."""
    if isinstance(message, str):
        return message
    return {"package": message.package, "source": message.source, "parameters": dict(message.parameters)}


def decode(kept: str | Mapping[str, Any]) -> Message:
    """Return the message that `encode` wrote."""
    if isinstance(kept, str):
        return kept
    return Text(kept["package"], kept["source"], tuple(kept["parameters"].items()))


@cache
def _catalogue(package: str, locale: str) -> Mapping[str, str]:
    file = resources.files(package) / "translations" / locale / "LC_MESSAGES" / "messages.po"
    if not file.is_file():
        return {}
    with file.open("rb") as stream:
        catalogue = pofile.read_po(stream, locale=locale)
    return {str(entry.id): str(entry.string) for entry in catalogue if entry.id and entry.string}
