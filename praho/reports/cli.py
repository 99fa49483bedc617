"""`praho reports`: the books on standard output or in a file, for whoever fetches them by a script."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import click
from flask import Flask

from praho.core import i18n
from praho.core.db.scope import SystemScope, entered
from praho.reports import files
from praho.reports.services import journal, receipts
from praho.reports.types import Period, Sheet, Wanted

CSV, XLSX = "csv", "xlsx"
_SHEETS: dict[str, Callable[[Period], Sheet]] = {
    "journal": lambda period: journal.sheet(Wanted(period)),
    "receipts": receipts.sheet,
}


class _PeriodText(click.ParamType[Period]):
    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Period:
        found = value if isinstance(value, Period) else Period.parse(str(value))
        if found is None:
            self.fail("a month is written 2026-10, a quarter 2026-Q4", param, ctx)
        return found


@click.group("reports")
def group() -> None:
    """Write the company's books."""


@group.command("journal")
@click.option("--month", "period", type=_PeriodText(), required=True, help="2026-10, or a quarter: 2026-Q4.")
@click.option("--format", "kind", type=click.Choice([CSV, XLSX]), default=CSV, show_default=True)
@click.option("--output", type=click.File("wb"), default="-", help="A file; standard output by default.")
@click.option("--locale", type=click.Choice(["ro", "en"]), default="ro", show_default=True)
@click.pass_obj
def journal_command(
    opened: Callable[[], AbstractContextManager[Flask]], period: Period, kind: str, output: Any, locale: str
) -> None:
    """Write the sales journal of a month or a quarter."""
    _write("journal", opened, period, kind, output, locale)


@group.command("receipts")
@click.option("--month", "period", type=_PeriodText(), required=True, help="2026-10, or a quarter: 2026-Q4.")
@click.option("--format", "kind", type=click.Choice([CSV, XLSX]), default=CSV, show_default=True)
@click.option("--output", type=click.File("wb"), default="-", help="A file; standard output by default.")
@click.option("--locale", type=click.Choice(["ro", "en"]), default="ro", show_default=True)
@click.pass_obj
def receipts_command(
    opened: Callable[[], AbstractContextManager[Flask]], period: Period, kind: str, output: Any, locale: str
) -> None:
    """Write the payments received in a month or a quarter."""
    _write("receipts", opened, period, kind, output, locale)


def _write(
    name: str,
    opened: Callable[[], AbstractContextManager[Flask]],
    period: Period,
    kind: str,
    output: Any,
    locale: str,
) -> None:
    with opened(), i18n.in_locale(locale), entered(SystemScope("reports")):
        sheet = _SHEETS[name](period)
        chunks = files.csv_chunks(sheet, romanian=locale == "ro") if kind == CSV else files.xlsx_chunks(sheet)
        for chunk in chunks:
            output.write(chunk)
