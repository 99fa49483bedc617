"""Timing the same thing many times, beside its floor."""

import statistics
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from benchmarks.reader import Reader
from benchmarks.wsgi_names import FLOOR

WARM = 2
"""Turns before those that count."""
_FLOOR_EVERY = 4


@dataclass(frozen=True)
class Figure:
    """What was measured of one thing. `floor_ms` is the median of the least that the same kind of work costs."""

    name: str
    median_ms: float
    p95_ms: float
    floor_ms: float
    queries: int | None = None

    @property
    def of_floor(self) -> float:
        return self.median_ms / self.floor_ms


def page(reader: Reader, name: str, path: str, times: int) -> Figure:
    """Measure a page `times` times, with the bare page asked for in between. Raises RuntimeError where none comes."""
    taken: list[float] = []
    floor: list[float] = []
    queries = None
    for number in range(times + WARM):
        answer = reader.get(path)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
        if number % _FLOOR_EVERY == 0:
            floor.append(reader.get(f"{FLOOR}/").seconds)
        if number >= WARM:
            taken.append(answer.seconds)
            queries = answer.queries
    return _figure(name, taken, floor, queries)


def work(name: str, act: Callable[[], object], floor: Callable[[], object], times: int) -> Figure:
    """Measure a function `times` times, in turn with its floor."""
    taken: list[float] = []
    least: list[float] = []
    for number in range(times + WARM):
        for function, list_of in ((act, taken), (floor, least)):
            begun = time.perf_counter()
            function()
            if number >= WARM:
                list_of.append(time.perf_counter() - begun)
    return _figure(name, taken, least, None)


def _figure(name: str, taken: Iterable[float], floor: Iterable[float], queries: int | None) -> Figure:
    ordered = sorted(taken)
    p95 = ordered[min(len(ordered) - 1, int(len(ordered) * 0.95))]
    return Figure(name, statistics.median(ordered) * 1000, p95 * 1000, statistics.median(floor) * 1000, queries)
