"""How large things are and how long a start takes: what has no floor."""

import gzip
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.reader import Reader
from praho import ui
from praho.billing.efactura import standard
from praho.config import ROOT

_STATIC = Path(ui.__file__).parent / "static"


@dataclass(frozen=True)
class Size:
    """One amount with its unit, and what it should stay below."""

    name: str
    amount: float
    unit: str
    aim: float


def start(environment: Mapping[str, str], times: int) -> Size:
    """Measure how long a fresh process takes to have the application: the fastest of some."""
    taken = []
    for _time in range(times):
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import wsgi"], cwd=ROOT, env=dict(environment), check=True)
        taken.append(time.perf_counter() - begun)
    return Size("start of wsgi:app", min(taken), "s", 2)


def worker(megabytes: float) -> Size:
    return Size("gunicorn worker", megabytes, "MB", 180)


def checker() -> Size:
    """Return the memory of the validator that this process has started by checking."""
    pid = standard.shared_worker.pid
    assert pid is not None
    return Size("e-Factura validator", psutil.Process(pid).memory_info().rss / 2**20, "MB", 400)


def assets(reader: Reader, path: str) -> list[Size]:
    """Return what a page's styles and scripts weigh on the wire."""
    tree = reader.get(path).tree
    styles = tree.xpath("//link[@rel='stylesheet']/@href")
    scripts = tree.xpath("//script/@src")
    return [Size(f"CSS of {path}", _kilobytes(styles), "KB", 60), Size(f"JS of {path}", _kilobytes(scripts), "KB", 60)]


def _kilobytes(addresses: list[str]) -> float:
    names = {address.partition("?")[0].removeprefix("/static/") for address in addresses}
    return sum(len(gzip.compress((_STATIC / name).read_bytes())) for name in names) / 1024
