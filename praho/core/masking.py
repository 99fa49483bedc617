"""What must not be read in a log: secrets by the name of their field, personal codes and credentials by their look."""

import dataclasses
import itertools
import re
from collections.abc import Mapping, Set
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from praho.core.identifiers import cnp

HIDDEN = "***"
_DEEPEST = 12

# Whole names, and the parts of names between underscores and hyphens (`smtp_password`, `X-Api-Key`).
_NAMED_ALONE = """
authorization cookie cookies cnp csrf cvc cvv epp otp pan passphrase passwd password pin pwd secret secrets signature
token tokens totp
"""
_NAMED_IN_PAIRS = """
access_key api_key auth_code card_number encryption_key encryption_keys private_key recovery_code recovery_codes
secret_key session_key signing_key
"""
_NAMES = frozenset(_NAMED_ALONE.split())
_PAIRS = frozenset(_NAMED_IN_PAIRS.split())
_SQUEEZED = frozenset(pair.replace("_", "") for pair in _PAIRS)
_NAME_PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+")

_CREDENTIALS = re.compile(r"\b(Bearer|Basic|Digest)\s+[^\s\"',;]+", re.IGNORECASE)
_URL_PASSWORD = re.compile(r"(://[^:/@\s]*):[^@/\s]+@")
_NAMED_VALUE = re.compile(
    r"\b([\w-]*(?:password|passwd|secret|token|signature|api_?key|auth_?code)[\w-]*)(['\"]?\s*[=:]\s*)"
    r"('[^']*'|\"[^\"]*\"|[^\s&,;)}\]]+)",
    re.IGNORECASE,
)


def is_secret_name(name: str) -> bool:
    """Say whether a field of this name (in any spelling: `apiKey`, `API-KEY`, `smtp_password`) holds a secret."""
    parts = [part.lower() for part in _NAME_PARTS.findall(name)]
    pairs = {"_".join(pair) for pair in itertools.pairwise(parts)}
    return bool(_NAMES.intersection(parts) or _PAIRS & pairs or "".join(parts) in _SQUEEZED)


def text(value: str) -> str:
    """Return a text without personal codes, credentials, passwords in URLs and `token=…` values."""
    shown = cnp.mask_in_text(value)
    shown = _CREDENTIALS.sub(rf"\1 {HIDDEN}", shown)
    shown = _URL_PASSWORD.sub(rf"\1:{HIDDEN}@", shown)
    return _NAMED_VALUE.sub(rf"\1\2{HIDDEN}", shown)


def value(found: Any, depth: int = 0) -> Any:
    """Return a copy of plain data that is safe to log, whatever is nested in it.

    Mappings and dataclasses become dicts, sequences and sets lists; other objects their masked `repr`.
    """
    if depth > _DEEPEST:
        return "…"
    if found is None or isinstance(found, bool | float | Decimal | date | datetime):
        return found
    if isinstance(found, int):
        shown = text(str(found))
        return found if shown == str(found) else shown
    if isinstance(found, str):
        return text(found)
    if isinstance(found, bytes | bytearray):
        return f"<{len(found)} bytes>"
    if isinstance(found, Mapping):
        return {text(str(key)): _named(str(key), inner, depth) for key, inner in found.items()}
    if isinstance(found, list | tuple | Set):
        return [value(inner, depth + 1) for inner in found]
    if dataclasses.is_dataclass(found) and not isinstance(found, type):
        names = [each.name for each in dataclasses.fields(found)]
        return {name: _named(name, getattr(found, name), depth) for name in names}
    return text(repr(found))


def _named(name: str, found: Any, depth: int) -> Any:
    if found is None or isinstance(found, bool):
        return found
    return HIDDEN if is_secret_name(name) else value(found, depth + 1)
