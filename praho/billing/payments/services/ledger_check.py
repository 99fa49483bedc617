"""The nightly check that documents, money and ledger agree, for every customer, to the ban."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select

from praho.billing.payments import checks
from praho.core import clock
from praho.core.db.counting import counting
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.i18n import ngettext
from praho.core.money import Money
from praho.models.billing.payments import LedgerFinding

_NAMED = 5


def run() -> int:
    """Replace the findings of the last run by those of now; return how many there are."""
    with unit_of_work() as session:
        found = checks.disagreements()
        checks.forget_findings()
        now = clock.now()
        session.add_all(LedgerFinding(**finding, found_at=now) for finding in found)
        return len(found)


def alarm() -> str | None:
    """Return a sentence that names the customers of whom the last check found something wrong, else None."""
    with entered(SystemScope("health check")):
        names = checks.customers_with_findings()
    if not names:
        return None
    shown = ", ".join(names[:_NAMED]) + (" …" if len(names) > _NAMED else "")
    return ngettext(
        "The account of %(num)d customer does not agree with its documents and payments: %(names)s.",
        "The accounts of %(num)d customers do not agree with their documents and payments: %(names)s.",
        len(names),
        names=shown,
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not agree; `subject` is a public id, of a balance its currency."""

    customer_id: str
    customer_name: str
    what: str
    subject: str
    expected: Money
    found: Money


def findings() -> list[Finding]:
    """Return what the last check found, by customer. One query."""
    return [
        Finding(public_id, name, row.what, row.subject, _bare(row.expected_minor), _bare(row.found_minor))
        for row, public_id, name in checks.findings()
    ]


def _bare(minor: int) -> Money:
    """Return an amount that is shown without its currency: all of ours have two decimals."""
    return Money(minor, "RON")


def waiting() -> Select[Any]:
    """Count what the last check found."""
    return counting(LedgerFinding)
