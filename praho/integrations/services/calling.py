"""The call wrapper: the one place where PRAHO runs a plugin's code, and the one where anything may go wrong.

Whatever a plugin does becomes one of the kit's outcomes and a line in the call log. Calls wait for the network, so
none is made with a transaction open.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import structlog

from praho.core import clock, i18n, masking
from praho.core.crash import crash_point
from praho.core.db.scope import StrayChange, SystemScope, current_frame, entered
from praho.core.db.uow import assert_no_transaction, unit_of_work
from praho.core.request_id import current_request_id
from praho.integrations import repos
from praho.integrations.errors import UnknownPlugin
from praho.integrations.services import adapters
from praho.integrations.types import Account
from praho.models.integrations import CallOutcome, ProviderCall
from praho.sdk import texts
from praho.sdk.errors import InvalidSettings, NotSent, OutcomeUnknown, PluginError, ProviderRefused
from praho.sdk.outcomes import NeedsAction, Outcome, Pending, Rejected, Succeeded, Unknown

log = structlog.get_logger(__name__)

T = TypeVar("T")

_LONGEST_DETAIL = 4000
_NAMES: dict[type[Any], CallOutcome] = {
    Succeeded: CallOutcome.SUCCEEDED,
    Rejected: CallOutcome.REJECTED,
    Pending: CallOutcome.PENDING,
    NeedsAction: CallOutcome.NEEDS_ACTION,
    Unknown: CallOutcome.UNKNOWN,
}


def call(
    account_id: int,
    name: str,
    function: Callable[[Any], Outcome[T]],
    *,
    gives: type[T] | None = None,
    operation_id: int | None = None,
    seconds: float | None = None,
) -> Outcome[T]:
    """Make a changing call through an account and return what it came to.

    `function` gets the account's adapter; `seconds` bounds each exchange of it, for calls that somebody waits for.
    Raises NotSent where the request provably did not leave, so that the same call may be made again. Every other
    failure (an exception, a timeout, an answer that is no outcome, a success whose value is not of the type `gives`)
    is Unknown: it may have been carried out.
    """
    done = _run(account_id, name, function, seconds)
    if isinstance(done.result, NotSent):
        _keep(done, name, CallOutcome.NOT_SENT, str(done.result), operation_id)
        raise done.result
    outcome: Outcome[T] = _outcome(done.result, gives)
    _keep(done, name, _NAMES[type(outcome)], _detail(outcome), operation_id)
    return outcome


def ask(
    account_id: int,
    name: str,
    function: Callable[[Any], T],
    *,
    operation_id: int | None = None,
    seconds: float | None = None,
) -> T:
    """Make a reading call through an account and return its value; `seconds` bounds each exchange of it.

    Raises NotSent, OutcomeUnknown or ProviderRefused; any other failure of the plugin is an OutcomeUnknown.
    """
    done = _run(account_id, name, function, seconds)
    result = done.result
    if not isinstance(result, Exception):
        _keep(done, name, CallOutcome.ANSWERED, "", operation_id)
        answer: T = result
        return answer
    if isinstance(result, NotSent | OutcomeUnknown | ProviderRefused):
        error: Exception = result
    else:
        error = OutcomeUnknown(f"{type(result).__name__}: {result}")
    named = {NotSent: CallOutcome.NOT_SENT, ProviderRefused: CallOutcome.REJECTED}
    _keep(done, name, named.get(type(error), CallOutcome.UNKNOWN), str(error), operation_id)
    raise error


def local(account_id: int, function: Callable[[Any], T]) -> T:
    """Run a local operation of the account's adapter, one that calls nobody; its exceptions come through."""
    return function(adapters.build(account(account_id), adapters.CallLog()))


def end_reading() -> None:
    """End the transaction that the reads of the scope at hand have opened, so that a call may be made.

    Raises StrayChange inside a unit of work: no call may be made there at all.
    """
    frame = current_frame()
    if frame.depth:
        raise StrayChange("an outside call was tried inside a unit of work")
    frame.session.close()


def account(account_id: int) -> Account:
    """Return an account with its secrets, from a session of its own; raises UnknownAccount."""
    with entered(SystemScope("provider account")):
        return repos.account(account_id)


@dataclass(frozen=True, slots=True)
class _Done:
    """What came of running a plugin: a value, or the exception that it raised."""

    account: Account
    result: Any
    milliseconds: int
    lines: tuple[str, ...]


def _run(account_id: int, name: str, function: Callable[[Any], Any], seconds: float | None) -> _Done:
    assert_no_transaction()
    used = account(account_id)
    call_log = adapters.CallLog()
    started = time.monotonic()
    try:
        adapter = adapters.build(used, call_log, seconds=seconds)
    except (UnknownPlugin, InvalidSettings) as error:
        return _Done(used, NotSent(str(error)), 0, ())
    crash_point("call.before")
    try:
        result = function(adapter)
    except PluginError as error:
        result = error
    except Exception as error:  # whatever a plugin raises becomes an outcome
        log.warning("plugin failed", account=used.public_id, call=name, exc_info=True)
        result = error
    crash_point("call.after")
    assert_no_transaction()
    return _Done(used, result, round((time.monotonic() - started) * 1000), tuple(call_log.lines))


def _outcome(result: Any, gives: type[Any] | None) -> Any:
    """Return one of the kit's outcomes, whatever the plugin returned or raised."""
    if isinstance(result, ProviderRefused):
        return Rejected(result.reason, result.staff_text, result.customer_text)
    if isinstance(result, OutcomeUnknown):
        return Unknown(str(result))
    if isinstance(result, Exception):
        return Unknown(f"{type(result).__name__}: {result}")
    if type(result) not in _NAMES:
        return Unknown(f"the plugin answered with {type(result).__name__}, which is no outcome")
    if isinstance(result, Succeeded) and gives is not None and not isinstance(result.value, gives):
        return Unknown(f"the plugin answered with {type(result.value).__name__} instead of {gives.__name__}")
    return result


def _detail(outcome: Any) -> str:
    if isinstance(outcome, Rejected):
        return f"{outcome.reason}: {texts.render(outcome.staff_text, i18n.DEFAULT)}"
    if isinstance(outcome, Unknown):
        return outcome.reason
    if isinstance(outcome, Pending):
        return outcome.reference
    return ""


def _keep(done: _Done, name: str, outcome: CallOutcome, detail: str, operation_id: int | None) -> None:
    """Write the line of the call log, masked by the account's own secrets and by what looks like one."""
    text = "\n".join(line for line in (*done.lines, detail) if line)
    masked = masking.text(adapters.masker(done.account).text(text))[:_LONGEST_DETAIL]
    with entered(SystemScope("call log")), unit_of_work() as session:
        session.add(
            ProviderCall(
                account_id=done.account.id,
                operation_id=operation_id,
                name=name,
                outcome=outcome,
                detail=masked,
                milliseconds=done.milliseconds,
                request_id=current_request_id(),
                at=clock.now(),
            )
        )
