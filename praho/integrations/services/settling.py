"""Claim → call → record: driving one claimed effect to its end, however often the process dies on the way.

The call is made with no transaction open, and its answer is recorded together with its effects, under the row's
lock, so that they happen once. An outcome that nobody knows is settled by asking the provider, or by repeating the
same call under the same key where the provider honours keys; it is never called anew.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, StrEnum, auto
from typing import Any, Generic, TypeVar

import structlog

from praho.core import clock, i18n
from praho.core.db import locking
from praho.core.db.uow import require_unit_of_work, unit_of_work
from praho.core.i18n import gettext as _
from praho.core.jobs.kinds import Again, JobKind
from praho.integrations import repos
from praho.integrations.errors import OperationStillOpen
from praho.integrations.events import OperationDue
from praho.integrations.services import calling, loading
from praho.integrations.types import Operation
from praho.models.customers import Customer
from praho.models.integrations import OPEN_OPERATIONS, OperationState, ProviderOperation
from praho.sdk import texts
from praho.sdk.errors import NotSent, OutcomeUnknown, ProviderRefused
from praho.sdk.outcomes import NeedsAction, Outcome, Pending, Reason, Rejected, Succeeded, Unknown

log = structlog.get_logger(__name__)

T = TypeVar("T")

# A provider that does not honour keys, asked this long after the call and knowing nothing, has done nothing.
NO_TRACE_AFTER = timedelta(minutes=15)
# Providers forget keys after a day; a repeat later than this would be a new call.
KEYS_LAST = timedelta(hours=23)
_PAUSED_SECONDS = 60.0
_SHORTEST_WAIT, _LONGEST_WAIT = 2.0, 600.0


@dataclass(frozen=True, slots=True)
class Steps(Generic[T]):
    """What one kind of operation does outside, and what PRAHO makes of the answer.

    `call` makes the changing call under the operation's key; `ask` returns what the provider has under one of the
    operation's keys, or None. `idempotent` is the capability that says that the provider honours keys. `record`
    runs once, in the transaction of the operation's end, with the customer locked.
    """

    call: Callable[[Any, Operation], Outcome[T]]
    ask: Callable[[Any, Operation], T | None]
    record: Callable[[Operation, Succeeded[T] | Rejected], None]
    gives: type[T]
    idempotent: StrEnum


class _Turn(Enum):
    OVER = auto()
    PAUSED = auto()
    CALL = auto()
    FIND_OUT = auto()


def settle(operation_id: int, steps: Steps[T]) -> Again | None:
    """Take an operation one step further: what its job does, as often as it is run.

    Returns None when the operation is over, else when to look again.
    """
    operation, turn = _take(operation_id)
    if operation is None or turn is _Turn.OVER:
        return None
    if turn is _Turn.PAUSED:
        return Again(_PAUSED_SECONDS, "the provider account is switched off")
    try:
        outcome = _first_call(operation, steps) if turn is _Turn.CALL else _find_out(operation, steps)
    except NotSent as error:
        return _not_sent(operation, str(error))
    return _record(operation, steps, outcome)


def close_as_not_done(kind: JobKind[OperationDue], subject: tuple[str, str], steps: Steps[T], text: str) -> bool:
    """Record, on a person's word, that the provider did not do what nobody knew: the operation ends as rejected.

    Needs a unit of work. Returns False where no operation is open. A claim whose call never left may be closed at
    any time; while a call may be under way the command is refused (OperationStillOpen).
    """
    require_unit_of_work()
    found = repos.newest_operation(kind.name, *subject)
    row = None if found is None else _locked(found.id, found.customer_id)
    if row is None or row.state not in OPEN_OPERATIONS:
        return False
    if row.state is OperationState.CLAIMED and row.called_at is not None:
        raise OperationStillOpen(_("The request to the provider is under way. Please try again in a minute."))
    _end(row, repos.operation(row), steps, Rejected(Reason.OTHER, text))
    return True


def _take(operation_id: int) -> tuple[Operation | None, _Turn]:
    """Say what there is to do, and mark the first call as made before it is."""
    with unit_of_work():
        row = locking.lock_one(ProviderOperation, operation_id)
        if row is None or row.state not in OPEN_OPERATIONS:
            return None, _Turn.OVER
        operation = repos.operation(row)
        if row.state is not OperationState.CLAIMED or row.called_at is not None:
            return operation, _Turn.FIND_OUT
        if not repos.account(row.account_id).active:
            return operation, _Turn.PAUSED
        row.called_at = clock.machine_now()
        return operation, _Turn.CALL


def _first_call(operation: Operation, steps: Steps[T]) -> Outcome[T]:
    if operation.earlier_keys:
        # What a former try left behind is taken over, not asked for a second time.
        found = _look(operation, steps)
        if isinstance(found, Unknown):
            raise NotSent(found.reason)
        if found is not None:
            return Succeeded(found)
    return _call(operation, steps)


def _find_out(operation: Operation, steps: Steps[T]) -> Outcome[T]:
    found = _look(operation, steps)
    if isinstance(found, Unknown):
        return found
    if found is not None:
        return Succeeded(found)
    if operation.state is OperationState.PENDING:
        return Unknown("the provider has not finished")
    idempotent = steps.idempotent in _capabilities(operation.account_id)
    if idempotent and _age(operation) < KEYS_LAST:
        return _call(operation, steps)
    if not idempotent and _age(operation) > NO_TRACE_AFTER:
        return Rejected(Reason.OTHER, _("The provider has no trace of the request."))
    return Unknown("the provider has no trace of the request yet")


def _look(operation: Operation, steps: Steps[T]) -> T | Unknown | None:
    try:
        found = calling.ask(
            operation.account_id,
            f"{operation.kind}.ask",
            lambda adapter: steps.ask(adapter, operation),
            operation_id=operation.id,
        )
    except (NotSent, OutcomeUnknown, ProviderRefused) as error:
        return Unknown(str(error))
    if found is not None and not isinstance(found, steps.gives):
        return Unknown(f"the plugin answered with {type(found).__name__} instead of {steps.gives.__name__}")
    return found


def _call(operation: Operation, steps: Steps[T]) -> Outcome[T]:
    return calling.call(
        operation.account_id,
        operation.kind,
        lambda adapter: steps.call(adapter, operation),
        gives=steps.gives,
        operation_id=operation.id,
    )


def _capabilities(account_id: int) -> frozenset[StrEnum]:
    account = calling.account(account_id)
    return loading.plugin(account.kind, account.plugin).capabilities


def _not_sent(operation: Operation, reason: str) -> Again:
    """Give the claim of a first call that never left back; of an older call everything is still open."""
    with unit_of_work():
        row = locking.lock_one(ProviderOperation, operation.id)
        if row is not None and row.state in OPEN_OPERATIONS:
            row.reason = reason
            row.called_at = operation.called_at
    return Again(_wait(clock.machine_now() - operation.created_at), reason)


def _record(operation: Operation, steps: Steps[T], outcome: Outcome[T]) -> Again | None:
    with unit_of_work():
        row = _locked(operation.id, operation.customer_id)
        if row is None or row.state not in OPEN_OPERATIONS:
            if isinstance(outcome, Succeeded) and row is not None and row.state is OperationState.REJECTED:
                log.error("a rejected operation succeeded after all", operation=operation.key)
            return None
        if isinstance(outcome, Succeeded | Rejected):
            _end(row, operation, steps, outcome)
            return None
        return _leave_open(row, operation, outcome)


def _end(row: ProviderOperation, operation: Operation, steps: Steps[T], outcome: Succeeded[T] | Rejected) -> None:
    row.state = OperationState.SUCCEEDED if isinstance(outcome, Succeeded) else OperationState.REJECTED
    row.reason = None if isinstance(outcome, Succeeded) else texts.render(outcome.staff_text, i18n.DEFAULT)
    row.decided_at = clock.machine_now()
    steps.record(operation, outcome)


def _leave_open(row: ProviderOperation, operation: Operation, outcome: Pending | NeedsAction | Unknown) -> Again:
    if isinstance(outcome, Unknown):
        if row.state is not OperationState.PENDING:
            row.state = OperationState.UNKNOWN
        row.reason = outcome.reason
        return Again(_wait(_age(operation)), outcome.reason)
    row.state = OperationState.PENDING
    row.reference = outcome.reference or None
    if isinstance(outcome, Pending):
        return Again(float(outcome.check_after_seconds), "the provider will finish later")
    instructions = "" if outcome.instructions is None else texts.render(outcome.instructions, i18n.DEFAULT)
    row.reason = " ".join(part for part in (instructions, outcome.url) if part)
    return Again(_LONGEST_WAIT, "the provider waits for a person")


def _locked(operation_id: int, customer_id: int | None) -> ProviderOperation | None:
    if customer_id is not None:
        locking.lock_one(Customer, customer_id)
    return locking.lock_one(ProviderOperation, operation_id)


def _age(operation: Operation) -> timedelta:
    return clock.machine_now() - (operation.called_at or operation.created_at)


def _wait(age: timedelta) -> float:
    """Return the seconds until the next look: half of what has passed, within limits."""
    return max(_SHORTEST_WAIT, min(_LONGEST_WAIT, age.total_seconds() / 2))
