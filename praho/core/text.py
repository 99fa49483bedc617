"""Text made comparable: for search (case, diacritics and punctuation do not count) and for Romanian sorting.

PostgreSQL stores what is computed here and only compares it: `array_to_tsvector(string_to_array(document, ' '))`
against `query::tsquery`, and `*_sort` columns under COLLATE "C".
"""

import re
import unicodedata

MAX_WORD_LENGTH = 64
MAX_QUERY_WORDS = 12
SORT_KEY_LENGTH = 160

# Letters that do not come apart into a base letter and a mark.
_BASE_LETTERS = str.maketrans({"ł": "l", "đ": "d", "ð": "d", "ø": "o", "æ": "ae", "œ": "oe", "ı": "i", "þ": "th"})
# Runs of letters, and runs of plain digits: `EXH-000001`, `exh 1` and `exh000001` meet each other this way.
_RUNS = re.compile(r"[0-9]+|[^\W\d_]+")
# Romanian has five letters of its own, each sorted after its base letter; ~ sorts after every letter.
_ROMANIAN_LETTERS = "ăâîșşțţ"
_SORT_LETTERS = str.maketrans({"ă": "a~", "â": "a~~", "î": "i~", "ș": "s~", "ş": "s~", "ț": "t~", "ţ": "t~"})


def fold(text: str) -> str:
    """Return the text without case and diacritics: `ȘTEFAN`, `Ştefan` and `stefan` are one."""
    # Twice, for taking a compatibility letter apart may bring forth a capital one (Unicode 3.13, D146).
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.translate(_BASE_LETTERS)


def words(text: str) -> list[str]:
    """Return the folded runs of letters and of digits, in their order.

    An e-mail address or a domain name falls into its labels, a document number into series and digits.
    """
    return [run[:MAX_WORD_LENGTH] for run in _RUNS.findall(fold(text))]


def search_document(*parts: str | None) -> str:
    """Return the words of all parts, sorted and without repetition, separated by single spaces.

    Digit runs with leading zeros are also listed without them, so that `1` finds number `000001`; an e-mail address
    is also listed as one word, which is as rare as its parts are common.
    """
    found: set[str] = set()
    for part in parts:
        for word in words(part or ""):
            found.add(word)
            if word.startswith("0") and word.strip("0"):
                found.add(word.lstrip("0"))
        found.update(_joined(chunk) for chunk in (part or "").split() if "@" in chunk)
    return " ".join(sorted(found - {""}))


def prefix_query(text: str) -> str | None:
    """Return a tsquery that finds documents with a word for each typed beginning, or None for nothing to find.

    The result holds only letters, digits and `:*&`, so that it may be cast to `tsquery` whatever was typed.
    """
    typed = [word for chunk in text.split() for word in ([_joined(chunk)] if "@" in chunk else words(chunk))]
    return " & ".join(f"{word}:*" for word in list(dict.fromkeys(typed))[:MAX_QUERY_WORDS] if word) or None


def _joined(address: str) -> str:
    """Return an e-mail address, or the beginning of one, as one word."""
    return "".join(words(address))[:MAX_WORD_LENGTH]


def sort_key(text: str) -> str:
    """Return a key whose bytes sort as a Romanian list does: a ă â b … i î j … s ș t ț.

    Case, punctuation and foreign diacritics do not count. At most `SORT_KEY_LENGTH` characters.
    """
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(letter for letter in composed if not unicodedata.combining(letter))
    spaced = " ".join(re.findall(r"[^\W_]+", bare))
    kept = "".join(letter if letter in _ROMANIAN_LETTERS else fold(letter) for letter in spaced)
    return kept.translate(_SORT_LETTERS)[:SORT_KEY_LENGTH]
