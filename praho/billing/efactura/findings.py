"""What a check of an invoice found."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lxml import etree


class Severity(StrEnum):
    """An error makes the ministry refuse the file, or makes the file untrue; a warning asks for a look."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One broken rule: its id, what is wrong, and the path of the element (`/Invoice/InvoiceLine[2]/…`)."""

    rule_id: str
    message: str
    location: str
    severity: Severity = Severity.ERROR


def errors_in(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return only the findings that stop the invoice."""
    return tuple(finding for finding in findings if finding.severity is Severity.ERROR)


def location(node: etree._Element) -> str:
    """Return the path of an element with its position among its namesakes: `/Invoice[1]/InvoiceLine[2]`."""
    steps = []
    current: etree._Element | None = node
    while current is not None:
        position = sum(1 for _sibling in current.itersiblings(current.tag, preceding=True)) + 1
        steps.append(f"{etree.QName(current).localname}[{position}]")
        current = current.getparent()
    return "/" + "/".join(reversed(steps))
