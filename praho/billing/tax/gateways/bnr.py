"""The reference rates of the National Bank of Romania (curs.bnr.ro), published about 13:00 on banking days.

One file holds the last ten banking days, others a calendar year each. The XML namespace changed with the files of
2026, so only local names count; the old address answers with a web page, which is no file of rates.
"""

import logging
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from lxml import etree

from praho.billing.tax.exchange import HOME, Rate
from praho.sdk.errors import NotSent, OutcomeUnknown
from praho.sdk.http_client import HttpClient, Timeouts

LAST_DAYS = "/nbrfxrates10days.xml"
OF_A_YEAR = "/files/xml/years/nbrfxrates{year}.xml"
_CURRENCY = re.compile(r"[A-Z]{3}")


class RatesUnavailable(Exception):
    """No file of rates came: the bank's server is down, slow, or sent something else."""


def ask(base_url: str, path: str, *, seconds: float = 8.0) -> list[Rate]:
    """Return the rates of one of the bank's files, or raise `RatesUnavailable`; a file with one bad rate is refused."""
    client = HttpClient(logging.getLogger(__name__), timeouts=Timeouts(connect=5.0, read=seconds, total=seconds * 2))
    try:
        response = client.request("GET", base_url + path)
    except (NotSent, OutcomeUnknown) as error:
        raise RatesUnavailable(str(error)) from error
    if not response.ok:
        raise RatesUnavailable(f"the bank answered {response.status}")
    try:
        return list(read(response.body))
    except ValueError as error:
        raise RatesUnavailable(str(error)) from error


def read(content: bytes) -> Iterator[Rate]:
    """Yield the rates of a file; raises ValueError for what is none."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise ValueError("the answer is no XML") from error
    if "".join(node.text or "" for node in root.iter("{*}OrigCurrency")).strip() != HOME:
        raise ValueError("the answer is no file of rates in lei")
    for day in root.iter("{*}Cube"):
        published_on = date.fromisoformat(day.get("date", ""))
        for node in day.iterchildren("{*}Rate"):
            yield _rate(node, published_on)


def _rate(node: etree._Element, published_on: date) -> Rate:
    currency, typed = node.get("currency", ""), (node.text or "").strip()
    try:
        lei, units = Decimal(typed), int(node.get("multiplier", "1"))
    except (InvalidOperation, ValueError) as error:
        raise ValueError(f"{typed!r} is no rate of {currency}") from error
    if not _CURRENCY.fullmatch(currency) or not lei.is_finite() or lei <= 0 or units <= 0:
        raise ValueError(f"{typed!r} is no rate of {currency}")
    return Rate(currency, lei / units, published_on)
