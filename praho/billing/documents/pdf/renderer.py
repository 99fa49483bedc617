"""Documents as PDF, set by typst. The same document always gives the same bytes.

The fonts are ours and nothing of the machine is used; names and texts travel as JSON input, so that no letter in
them is markup.
"""

import json
import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as day_time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from praho.billing.documents import snapshot
from praho.billing.documents.pdf import content
from praho.billing.documents.pdf.look import PLAIN, Logo, Look

if TYPE_CHECKING:
    import typst

_FOLDER = Path(__file__).parent
_TEMPLATE = _FOLDER / "document.typ"
_PICTURE = _FOLDER / "picture.typ"
_FONTS = _FOLDER / "fonts"

# One compiler serves the whole process; it must not be entered twice at once.
_lock = threading.Lock()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A structured form of the document that travels inside the PDF (PDF/A-3)."""

    name: str
    content: bytes


def render(
    document: snapshot.DocumentSnapshot,
    locale: str | None = None,
    *,
    second: str | None = None,
    look: Look = PLAIN,
    xml: Attachment | None = None,
) -> bytes:
    """Return the document as PDF/A-3b in `locale`, or else in its own; `second` puts another language beside it."""
    language = document.locale if locale is None else locale
    inputs = {
        "document": json.dumps(content.in_languages(document, language, second), ensure_ascii=False),
        "look": json.dumps(look.as_json(), ensure_ascii=False),
    }
    if xml is not None:
        inputs |= {"xml": xml.content.decode(), "xml-name": xml.name}
    # The file is dated by the document, not by the moment at which it happens to be made.
    stamp = datetime.combine(document.issue_date, day_time(), UTC)
    return typeset(_TEMPLATE, inputs, stamp)


def typeset(template: Path, inputs: dict[str, str], stamp: datetime) -> bytes:
    """Return what a template below `praho/billing` makes of its inputs, as PDF/A-3b that is dated `stamp`."""
    with _lock:
        return _compiled(template, inputs, stamp)


def can_draw(logo: Logo) -> bool:
    """Return whether a picture can be set in PDF/A-3b: a damaged one, or one that links others, would stop them all."""
    import typst  # noqa: PLC0415

    inputs = {"look": json.dumps(Look(logo=logo).as_json())}
    try:
        with _lock:
            _compiler(_PICTURE).compile(sys_inputs=inputs, format="pdf", pdf_standards=["a-3b"])
    except typst.TypstError:
        return False
    return True


def _compiled(template: Path, inputs: dict[str, str], stamp: datetime) -> bytes:
    """Return PDF/A-3b; where a name has letters that our fonts lack, which the standard forbids, plain PDF."""
    import typst  # noqa: PLC0415

    try:
        pdf = _compiler(template).compile(sys_inputs=inputs, format="pdf", timestamp=stamp, pdf_standards=["a-3b"])
    except typst.TypstError as error:
        if "could not be displayed" not in str(error):
            raise
        pdf = _compiler(template).compile(sys_inputs=inputs, format="pdf", timestamp=stamp)
    assert isinstance(pdf, bytes)
    return pdf


@lru_cache(maxsize=4)
def _compiler(source: Path) -> "typst.Compiler":
    # Imported when the first document is made: the compiler is 40 MB that a process may never need.
    import typst  # noqa: PLC0415

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])
    return typst.Compiler(input=source, root=_FOLDER.parents[1], font_paths=fonts, ignore_system_fonts=True)
