"""Pictures that settings name, such as the logo: told apart by their content, whatever their file is called."""

import hashlib
from dataclasses import dataclass

from lxml import etree

from praho.core import clock
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.models.settings import SettingImage
from praho.settings import repos

LARGEST_BYTES = 300 * 1024
MEDIA_TYPES = {"png": "image/png", "jpg": "image/jpeg", "svg": "image/svg+xml"}
_SVG = "{http://www.w3.org/2000/svg}svg"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture; `format` is `png`, `jpg` or `svg`."""

    format: str
    content: bytes


def keep(content: bytes) -> str:
    """Keep a picture, once for each content, and return its hash; raises Invalid for what is none, or is too large."""
    if len(content) > LARGEST_BYTES:
        raise Invalid(_("The file is too large: at most %(count)s KB.", count=LARGEST_BYTES // 1024))
    kind = _format(content)
    if kind is None:
        raise Invalid(_("This is no PNG, JPEG or SVG picture."))
    digest = hashlib.sha256(content).hexdigest()
    with unit_of_work():
        if repos.image(digest) is None:
            session().add(SettingImage(sha256=digest, format=kind, content=content, created_at=clock.now()))
    return digest


def find(sha256: str) -> Image | None:
    """Return a picture by its hash, or None where the setting is empty."""
    row = repos.image(sha256) if sha256 else None
    return None if row is None else Image(row.format, row.content)


def _format(content: bytes) -> str | None:
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    except etree.XMLSyntaxError:
        return None
    return "svg" if root.tag == _SVG else None
