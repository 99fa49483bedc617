"""What a check of an invoice found."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


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
