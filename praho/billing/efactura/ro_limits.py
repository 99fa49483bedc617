"""The CIUS-RO rules that limit lengths, counts and decimals, as a table: `ro_limits.json`.

The table says what the ministry's rules mean, not what they can catch: BR-RO-L1017, L1018, L1019, A051,
A052 and A500 look in the wrong place there and never fire, so their paths are put right here.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any, Literal

from lxml import etree

from praho.billing.efactura import ubl
from praho.billing.efactura.findings import Finding, location

Kind = Literal["max-length", "max-count", "max-decimals"]
Find = Callable[[Any], Any]

_WHAT = {
    "max-length": "is longer than {limit} characters",
    "max-count": "occurs more than {limit} times",
    "max-decimals": "has more than {limit} decimals",
}


@dataclass(frozen=True, slots=True)
class Limit:
    """In every element of `context`, what lies at `path` keeps to `limit`."""

    rule_id: str
    published_as: str
    terms: tuple[str, ...]
    kind: Kind
    context: Find
    path: Find
    limit: int


def check(root: etree._Element) -> Iterator[Finding]:
    """Yield a finding for every value beyond its limit."""
    for limit in table():
        for node in limit.context(root):
            values = limit.path(node)
            if limit.kind == "max-count":
                if len(values) > limit.limit:
                    yield _finding(limit, node)
                continue
            yield from (_finding(limit, _element(value)) for value in values if _exceeds(limit, _text(value)))


@lru_cache(maxsize=1)
def table() -> tuple[Limit, ...]:
    """Return the rules, read once."""
    rows = json.loads(resources.files("praho.billing.efactura").joinpath("ro_limits.json").read_text())
    return tuple(
        Limit(
            rule_id=row["id"],
            published_as=row["published_as"],
            terms=tuple(row["terms"]),
            kind=row["kind"],
            context=etree.XPath(row["context"], namespaces=ubl.PREFIXES),
            path=etree.XPath(row["path"], namespaces=ubl.PREFIXES),
            limit=row["limit"],
        )
        for row in rows
    )


def _exceeds(limit: Limit, value: str) -> bool:
    measured = value.partition(".")[2] if limit.kind == "max-decimals" else value
    return len(measured) > limit.limit


def _element(value: etree._Element | str) -> etree._Element:
    # An attribute's value is a string that knows its element.
    return value.getparent() if isinstance(value, str) else value  # type: ignore[attr-defined]


def _text(value: etree._Element | str) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ubl.content(value)


def _finding(limit: Limit, node: etree._Element) -> Finding:
    what = _WHAT[limit.kind].format(limit=limit.limit)
    message = f"[{limit.published_as}] {'/'.join(limit.terms)} {what}."
    return Finding(limit.rule_id, message, location(node))
