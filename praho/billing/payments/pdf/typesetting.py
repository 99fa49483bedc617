"""Receipts and statements as PDF, in the family of the documents: the same frame, fonts, colour and logo."""

import json
from datetime import UTC, date, datetime
from datetime import time as day_time
from pathlib import Path
from typing import Any

from praho.billing.documents.pdf import renderer
from praho.billing.documents.pdf.look import Look

_FOLDER = Path(__file__).parent


def receipt(content: dict[str, Any], day: date, look: Look) -> bytes:
    """Return a receipt as PDF, dated by `day`: the same content always gives the same bytes."""
    return _set("receipt.typ", content, day, look)


def statement(content: dict[str, Any], day: date, look: Look) -> bytes:
    """Return a statement of account as PDF, dated by `day`."""
    return _set("statement.typ", content, day, look)


def _set(template: str, content: dict[str, Any], day: date, look: Look) -> bytes:
    inputs = {
        "document": json.dumps(content, ensure_ascii=False),
        "look": json.dumps(look.as_json(), ensure_ascii=False),
    }
    return renderer.typeset(_FOLDER / template, inputs, datetime.combine(day, day_time(), UTC))
