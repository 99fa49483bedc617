"""Texts that a page can hold: no control characters, and no word wider than its column."""

import re
from collections.abc import Iterable

# A word beyond this gets invisible places to break; normal words and domain names stay as they are.
_LONGEST_WORD = 32
_LONG_WORD = re.compile(rf"\S{{{_LONGEST_WORD + 1},}}")
_ZERO_WIDTH_SPACE = "\u200b"


def text(value: str) -> str:
    """Return one paragraph: white space collapsed, unprintable characters dropped, endless words breakable."""
    words = " ".join(value.split())
    shown = "".join(character for character in words if character.isprintable())
    return _LONG_WORD.sub(_breakable, shown)


def paragraphs(values: Iterable[str]) -> list[str]:
    """Return the paragraphs that have something to show."""
    return [shown for shown in (text(value) for value in values) if shown]


def _breakable(found: re.Match[str]) -> str:
    word = found[0]
    pieces = [word[start : start + _LONGEST_WORD] for start in range(0, len(word), _LONGEST_WORD)]
    return _ZERO_WIDTH_SPACE.join(pieces)
