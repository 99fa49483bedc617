"""What every parser of this package raises, and how it reads what people type.

A parser returns a frozen value in normal form or raises. The error never repeats the input: what was typed
may be a personal code, and error texts end up in logs and mails.
"""

import re
import unicodedata

from praho.core import errors

_SEPARATORS = re.compile(r"[\s\u200b\u2060\ufeff\-\u2010-\u2015]+")


class InvalidIdentifier(errors.Invalid, ValueError):
    """An identifier that cannot be right. `code` is a stable key such as `cui.check_digit`.

    It is a ValueError too, so that a form field can show its sentence beside itself.
    """

    def __init__(self, code: str, message: object) -> None:
        super().__init__(message)
        self.code = code


def normal(text: str) -> str:
    """Return the text with compatibility characters (full-width digits, say) made plain, and trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def compact(text: str) -> str:
    """Return the text in its plain form, upper case, without spaces and hyphens."""
    return _SEPARATORS.sub("", normal(text)).upper()
