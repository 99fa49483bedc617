"""Fitting texts into the lengths of CIUS-RO without losing more than must be lost."""

import re
from dataclasses import dataclass

# Everything that XML 1.0 cannot carry: control characters, lone surrogates, and the two non-characters.
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

NAME_LENGTH = 100
DESCRIPTION_LENGTH = 200
LINE_NOTE_LENGTH = 300
NOTE_LENGTH = 300
MAX_NOTES = 20


@dataclass(frozen=True, slots=True)
class ItemTexts:
    """An item's name (BT-153), description (BT-154) and line note (BT-127); empty ones are left out."""

    name: str
    description: str
    note: str


def clean(text: str) -> str:
    """Return the text as it may stand in XML: forbidden characters dropped, white space collapsed."""
    return " ".join(_FORBIDDEN.sub("", text).split())


def cut(text: str, length: int) -> tuple[str, str]:
    """Split a clean text into at most `length` characters and the rest.

    The cut falls between words, unless that would leave less than half of what there is room for.
    """
    if len(text) <= length:
        return text, ""
    at = text.rfind(" ", 0, length + 1)
    if at < length // 2:
        at = length
    return text[:at].rstrip(), text[at:].lstrip()


def shorten(text: str, length: int) -> str:
    """Return the text if it fits, else its beginning with an ellipsis, `length` characters at most."""
    if len(text) <= length:
        return text
    return cut(text, length - 1)[0] + "…"


def item(description: str, details: str) -> ItemTexts:
    """Spread a line's texts: what the name cannot hold goes to the description, then to the line's note."""
    name, rest = cut(clean(description), NAME_LENGTH)
    more = clean(f"{rest} {details}")
    middle, rest = cut(more, DESCRIPTION_LENGTH)
    return ItemTexts(name, middle, shorten(rest, LINE_NOTE_LENGTH))


def notes(paragraphs: tuple[str, ...]) -> list[str]:
    """Return the paragraphs as notes of 300 characters at most, 20 at most, without empty ones."""
    pieces = []
    for paragraph in paragraphs:
        rest = clean(paragraph)
        while rest:
            piece, rest = cut(rest, NOTE_LENGTH)
            pieces.append(piece)
    return pieces[:MAX_NOTES]
