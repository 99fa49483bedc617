"""The table that is printed, and the file that machines read."""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from benchmarks import aims
from benchmarks.sizes import Size
from benchmarks.timing import Figure

_WIDEST = 44


def show(title: str, figures: Iterable[Figure]) -> None:
    """Print figures as a table; what misses its aim is marked."""
    click.echo(f"\n{title:{_WIDEST}} {'median':>8} {'p95':>8} {'queries':>8} {'floor':>8} {'× floor':>8} {'aim':>6}")
    for one in figures:
        queries = "" if one.queries is None else str(one.queries)
        aim = aims.of(one.name)
        held = "" if aim is None else f"{aim:6g}{' !' if one.median_ms > aim else ''}"
        click.echo(
            f"{one.name:{_WIDEST}} {one.median_ms:8.2f} {one.p95_ms:8.2f} {queries:>8} {one.floor_ms:8.2f}"
            f" {one.of_floor:8.1f} {held}"
        )


def show_sizes(found: Iterable[Size]) -> None:
    """Print what has no floor."""
    click.echo(f"\n{'Size':{_WIDEST}} {'amount':>8} {'aim':>8}")
    for one in found:
        click.echo(
            f"{one.name:{_WIDEST}} {one.amount:8.2f} {one.aim:8g} {one.unit}{' !' if one.amount > one.aim else ''}"
        )


def machine(database_version: str, size: int) -> str:
    """Return a line that says what was measured on."""
    return (
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}, Python {platform.python_version()},"
        f" PostgreSQL {database_version}, {size} customers"
    )


def write(path: Path, about: str, pages: Sequence[Figure], work: Sequence[Figure], found: Sequence[Size]) -> None:
    """Write everything by name: pages with their floor's milliseconds, work by what is done in a second."""
    result: dict[str, Any] = {"machine": about}
    for one in pages:
        result[one.name] = {**_times(one), "queries": one.queries, "floor_ms": round(one.floor_ms, 3)}
    for one in work:
        rates = {"per_second": one.median_ms, "floor_per_second": one.floor_ms}
        result[one.name] = {**_times(one), **{name: round(1000 / taken, 1) for name, taken in rates.items()}}
    for size in found:
        result[size.name] = {size.unit: round(size.amount, 2)}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _times(one: Figure) -> dict[str, float]:
    return {"median_ms": round(one.median_ms, 3), "p95_ms": round(one.p95_ms, 3)}
