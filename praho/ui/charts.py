"""What charts and sparklines draw: figures that a view hands over, written for people by the server.

A chart's figures stand in the page as a table; the script draws from the same values. Nothing here is a float:
amounts and decimals travel as whole numbers of their smallest unit, with the number of digits behind the point.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from babel import dates

from praho.core import formatting, money
from praho.core.i18n import current_locale
from praho.core.money import Money

Figure = Money | Decimal | int
"""One value of a chart; all values of a plot are of one kind, and money of one currency."""

_SPARK_WIDTH = 96
_SPARK_HEIGHT = 28
_SPARK_MARGIN = 2


class Step(StrEnum):
    """What one point of a chart stands for, where its label is a date."""

    DAY = "day"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class Series:
    """One line or one row of bars. `None` is a gap. `colour` (1 to 5) is taken by position where it is 0."""

    label: object
    values: Sequence[Figure | None]
    colour: int = 0


@dataclass(frozen=True, slots=True)
class Plot:
    """Everything that a chart shows: `labels` are calendar days (of a month: any of its days) or texts.

    Every series has as many values as there are labels; another length is a ValueError.
    """

    labels: Sequence[dt.date | str]
    series: Sequence[Series]
    step: Step = Step.DAY

    def __post_init__(self) -> None:
        if any(len(series.values) != len(self.labels) for series in self.series):
            raise ValueError("a series has one value for each label")

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw: no value at all, or zero everywhere."""
        return all(_is_nothing(value) for series in self.series for value in series.values)

    @property
    def dated(self) -> bool:
        """Whether the labels are days or months."""
        return all(isinstance(label, dt.date) for label in self.labels)

    def rows(self) -> list[tuple[str, list[Figure | None]]]:
        """Return each label in full with the values of every series there."""
        written = [_label(label, self.step, short=False) for label in self.labels]
        return [(text, [series.values[at] for series in self.series]) for at, text in enumerate(written)]

    def colours(self) -> list[int]:
        """Return the colour of each series, 1 to 5."""
        return [series.colour or at % 5 + 1 for at, series in enumerate(self.series)]

    def drawing(self, kind: str, unit: str = "") -> dict[str, Any]:
        """Return what the script draws from, ready for JSON. `kind`: line, area or bar (several bars are stacked)."""
        values = [value for series in self.series for value in series.values if value is not None]
        digits = max((_digits(value) for value in values), default=0)
        currency = next((value.currency for value in values if isinstance(value, Money)), "")
        return {
            "kind": kind,
            "unit": f" {currency}" if currency else unit,
            "digits": digits,
            "fixed": bool(currency),
            "short": [_label(label, self.step, short=True) for label in self.labels],
            "full": [_label(label, self.step, short=False) for label in self.labels],
            "series": [
                {
                    "label": str(series.label),
                    "colour": colour,
                    "values": [None if value is None else _scaled(value, digits) for value in series.values],
                }
                for series, colour in zip(self.series, self.colours(), strict=True)
            ],
        }


def sparkline(values: Sequence[Figure]) -> str:
    """Return the `points` of an SVG polyline, 96 units wide and 28 high, through all values; "" for fewer than two."""
    if len(values) < 2:
        return ""
    digits = max(_digits(value) for value in values)
    scaled = [_scaled(value, digits) for value in values]
    lowest, highest = min(scaled), max(scaled)
    span = (highest - lowest) or 1
    room = _SPARK_HEIGHT - 2 * _SPARK_MARGIN
    across = _SPARK_WIDTH - 2 * _SPARK_MARGIN
    points = []
    for at, value in enumerate(scaled):
        x = _SPARK_MARGIN + Decimal(across * at) / (len(scaled) - 1)
        # Values that never change lie in the middle.
        up = Decimal(room * (value - lowest)) / span if highest != lowest else Decimal(room) / 2
        points.append(f"{x:.1f},{_SPARK_HEIGHT - _SPARK_MARGIN - up:.1f}")
    return " ".join(points)


def _is_nothing(value: Figure | None) -> bool:
    return value is None or (value.minor if isinstance(value, Money) else value) == 0


def _digits(value: Figure) -> int:
    if isinstance(value, Money):
        return money.exponent(value.currency)
    return max(0, -int(Decimal(value).as_tuple().exponent)) if isinstance(value, Decimal) else 0


def _scaled(value: Figure, digits: int) -> int:
    if isinstance(value, Money):
        return value.minor
    return int(Decimal(value).scaleb(digits))


def _label(label: dt.date | str, step: Step, *, short: bool) -> str:
    if not isinstance(label, dt.date):
        return str(label)
    locale = current_locale()
    if step is Step.MONTH:
        return dates.format_date(label, "LLL yy" if short else "LLLL y", locale=locale)
    return dates.format_date(label, "d MMM", locale=locale) if short else formatting.date(label, locale)
