"""Addresses of the static files, with a fingerprint of the content so that browsers may keep them for ever."""

import hashlib
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent / "static"
URL_PREFIX = "/static/"


@cache
def asset_url(name: str) -> str:
    """Return the address of a file below `static/`; a name that is not there is a FileNotFoundError."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"{URL_PREFIX}{name}?v={digest}"


def font_url(name: str) -> str:
    """Return the address under which the stylesheet names a font; a preload must name the same one."""
    return f"{URL_PREFIX}fonts/{name}"
