"""Erasing a customer: what would go and what has to stay, and doing it, all or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from praho.audit.services import recording
from praho.core import i18n
from praho.core.contributions import Recipient
from praho.core.db import erasing, locking
from praho.core.db.uow import unit_of_work
from praho.core.domain import registry
from praho.core.formatting import date as printed_date
from praho.core.i18n import gettext
from praho.core.i18n import lazy_gettext as _
from praho.core.personal_data import Forgotten, Ground, TableRule, Treatment
from praho.customers.errors import StillOpen
from praho.customers.services import closing, erasure_requests, forgetting
from praho.models.customers import Customer, CustomerState, ErasureRequest, ErasureState
from praho.models.users import User
from praho.notifications.services import sending

GROUNDS: Mapping[Ground, object] = {
    Ground.ACCOUNTING: _("accounting law asks for it (Legea contabilității 82/1991, art. 25; GDPR, art. 17 (3) (b))"),
    Ground.TAX: _("tax law asks for it as evidence (Codul fiscal, art. 321; GDPR, art. 17 (3) (b))"),
    Ground.PROOF: _("it proves that you were answered (GDPR, art. 5 (2) and art. 17 (3) (e))"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """What becomes, or became, of one kind of data: so many rows, kept on a ground until a Bucharest date."""

    what: str
    treatment: Treatment
    rows: int
    ground: str = ""
    until: date | None = None


def plan(customer: Customer) -> list[Line]:
    """Return what an erasure would do to a customer's data, as it is now. Some ten queries, in a staff scope."""
    whom = forgetting.whom(customer)
    rules = _rules()
    return _lines(_report(zip(rules, erasing.counts(rules, whom), strict=True), whom))


def told(report: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Return the report of an erasure as lines, in the language in force."""
    return _lines(report)


def carry_out(public_id: str) -> None:
    """Carry out an open request: everything goes that need not stay, in one transaction, and the answer is mailed.

    Raises NotFound, Conflict where it was answered before, StillOpen while anything of the customer lives or is owed.
    """
    with unit_of_work() as database:
        customer, request = erasure_requests.lock(public_id)
        erasure_requests.decide(request, ErasureState.DONE)
        request.report = []
        found = closing.obstacles(customer.id)
        if found:
            raise StillOpen(" ".join(found))
        # Whoever changes an account of theirs, or takes it to another customer, comes before or finds it erased.
        locking.lock(User, forgetting.member_ids(customer.id))
        before, recipient = customer.state, Recipient(customer.email, customer.name, customer.locale)
        whom = forgetting.whom(customer)
        request.report = _erase(whom)
        database.flush()
        database.expire(customer)
        _answer(request, recipient, customer.id)
        recording.record(
            "customer.erased",
            subject=("customer", whom.customer_ref),
            customer_id=whom.customer_id,
            changes={"state": [before, CustomerState.ERASED], "request": [None, request.public_id]},
        )


def _erase(whom: Forgotten) -> list[dict[str, Any]]:
    """Carry out every rule; return the report, one entry for each table that had something of the customer."""
    # What is kept, and until when, is said first, while the customer's own numbers still find it.
    kept, gone = ([rule for rule in _rules() if (rule.treatment is Treatment.KEEP) is stays] for stays in (True, False))
    report = _report([(rule, erasing.count(rule, whom)) for rule in kept], whom)
    report += _report([(rule, erasing.carry_out(rule, whom)) for rule in gone], whom)
    return [entry for entry in report if entry["rows"]]


def _answer(request: ErasureRequest, recipient: Recipient, customer_id: int) -> None:
    with i18n.in_locale(recipient.locale):
        lines = _lines(request.report or [])
        facts = {
            "received_on": printed_date(request.received_on, recipient.locale),
            "erased": [line.what for line in lines if line.treatment is not Treatment.KEEP],
            "kept": [_reason(line, recipient.locale) for line in lines if line.treatment is Treatment.KEEP],
        }
    sending.send(
        "customers/erased",
        f"erasure:{request.public_id}",
        recipient,
        facts,
        customer_id=customer_id,
        forgets=True,
    )


def _reason(line: Line, locale: str) -> str:
    if line.until is None:
        return gettext("%(what)s: %(why)s", what=line.what, why=line.ground)
    day = printed_date(line.until, locale)
    return gettext("%(what)s, until %(day)s: %(why)s", what=line.what, day=day, why=line.ground)


def _rules() -> list[TableRule]:
    return [rule for rule in registry().personal_data if rule.treatment is not Treatment.NONE]


def _report(counted: Iterable[tuple[TableRule, int]], whom: Forgotten) -> list[dict[str, Any]]:
    last_days: dict[Any, date | None] = {None: None}
    entries = []
    for rule, number in counted:
        if rule.until is not None and rule.until not in last_days:
            last_days[rule.until] = rule.until(whom)
        until = last_days[rule.until]
        entries.append(
            {
                "table": rule.model.__tablename__,
                "treatment": rule.treatment.value,
                "rows": number,
                "ground": None if rule.ground is None else rule.ground.value,
                "until": None if until is None else until.isoformat(),
            }
        )
    return entries


def _lines(entries: Iterable[Mapping[str, Any]]) -> list[Line]:
    """Return entries of tables as lines for people: tables of one kind and one fate are one."""
    names = {rule.model.__tablename__: str(rule.what) for rule in _rules()}
    found: dict[tuple[str, bool], Line] = {}
    for entry in entries:
        treatment = Treatment(entry["treatment"])
        key = (names.get(entry["table"], entry["table"]), treatment is Treatment.KEEP)
        before = found.get(key)
        until = max((day for day in (_day(entry), before and before.until) if day), default=None)
        ground = "" if entry["ground"] is None else str(GROUNDS[Ground(entry["ground"])])
        if entry["rows"]:
            rows = entry["rows"] + (0 if before is None else before.rows)
            found[key] = Line(key[0], treatment, rows, ground, until)
    return sorted(found.values(), key=lambda line: line.treatment is Treatment.KEEP)


def _day(entry: Mapping[str, Any]) -> date | None:
    return None if entry["until"] is None else date.fromisoformat(entry["until"])
