"""Sheets as answers that are sent while they are read."""

from collections.abc import Callable, Iterator

from flask import Response

from praho.core.db.scope import StaffScope
from praho.core.i18n import current_locale
from praho.core.principal import current_principal
from praho.core.web.streaming import Streamed
from praho.reports import files
from praho.reports.types import Sheet

_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def as_csv(sheet: Sheet) -> Response:
    """Answer with a sheet as CSV, in the reader's way of writing numbers."""
    romanian = current_locale() == "ro"
    return _answer(f"{sheet.name}.csv", _CSV, lambda: files.csv_chunks(sheet, romanian=romanian))


def as_xlsx(sheet: Sheet) -> Response:
    """Answer with a sheet as an Excel workbook."""
    return _answer(f"{sheet.name}.xlsx", _XLSX, lambda: files.xlsx_chunks(sheet))


def _answer(name: str, content_type: str, chunks: Callable[[], Iterator[bytes]]) -> Response:
    user_id = current_principal().user_id
    assert user_id is not None
    answer = Response(Streamed(StaffScope(user_id), chunks), content_type=content_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
