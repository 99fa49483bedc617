"""Documents as PDF, set by typst. The same document always gives the same bytes.

The fonts are ours and nothing of the machine is used; names and texts travel as JSON input, so that no letter in
them is markup.
"""

import json
import threading
from datetime import UTC, datetime
from datetime import time as day_time
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from praho.billing.documents import snapshot
from praho.billing.documents.pdf import content
from praho.core import i18n

if TYPE_CHECKING:
    import typst

_FOLDER = Path(__file__).parent
_TEMPLATE = _FOLDER / "document.typ"
_FONTS = _FOLDER / "fonts"

# One compiler serves the whole process; it must not be entered twice at once.
_lock = threading.Lock()


def render(document: snapshot.DocumentSnapshot, locale: str | None = None) -> bytes:
    """Return the document as a PDF in `locale`, or else in its own."""
    language = document.locale if locale is None else locale
    with i18n.in_locale(language):
        data = content.of(document, language)
    # The file is dated by the document, not by the moment at which it happens to be made.
    stamp = datetime.combine(document.issue_date, day_time(), UTC)
    with _lock:
        pdf = _compiler().compile(
            sys_inputs={"document": json.dumps(data, ensure_ascii=False)}, format="pdf", timestamp=stamp
        )
    assert isinstance(pdf, bytes)
    return pdf


@lru_cache(maxsize=1)
def _compiler() -> "typst.Compiler":
    # Imported when the first document is made: the compiler is 40 MB that a process may never need.
    import typst  # noqa: PLC0415

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[_FONTS])
    return typst.Compiler(input=_TEMPLATE, root=_FOLDER, font_paths=fonts, ignore_system_fonts=True)
