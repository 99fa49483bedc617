"""The unit of work: the only place that commits.

A command opens `with unit_of_work():`; nested ones are savepoints. The outermost one first ends the read
transaction that the request's SELECTs opened and forgets the rows they loaded, so that a command sees the
database as it is now. Effects registered by `on_commit` run after the outermost commit, or never.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from praho.core.crash import crash_point
from praho.core.db.scope import Frame, StrayChange, current_frame, frames, refuse_changes


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """Run a block in one transaction (outermost) or savepoint (nested) of the current scope's session."""
    frame = current_frame()
    frame.depth += 1
    frame.hooks.append([])
    try:
        if frame.depth == 1:
            yield from _outermost(frame)
        else:
            yield from _savepoint(frame)
        hooks = frame.hooks.pop()
    except BaseException:
        frame.hooks.pop()
        raise
    finally:
        frame.depth -= 1
    if frame.depth > 0:
        frame.hooks[-1].extend(hooks)
        return
    for function, arguments in hooks:
        function(*arguments)


def _outermost(frame: Frame) -> Iterator[Session]:
    session = frame.session
    refuse_changes(session)
    session.close()
    frame.lock_rank = None
    try:
        yield session
        session.flush()
        crash_point("unit_of_work.before_commit")
        session.commit()
        crash_point("unit_of_work.after_commit")
    except BaseException:
        session.rollback()
        raise
    finally:
        frame.lock_rank = None
        session.close()


def _savepoint(frame: Frame) -> Iterator[Session]:
    rank = frame.lock_rank
    try:
        with frame.session.begin_nested():
            yield frame.session
    except BaseException:
        frame.lock_rank = rank  # going back to a savepoint gives the locks back that were taken after it
        raise


def on_commit(function: Callable[..., None], *arguments: Any) -> None:
    """Call `function(*arguments)` after the outermost commit; a rollback of this level drops it.

    Arguments are ids and plain values: a row of the database is refused, for it would be stale by then.
    """
    frame = require_unit_of_work()
    if any(hasattr(argument, "_sa_instance_state") for argument in arguments):
        raise TypeError("on_commit takes ids and values, not rows")
    frame.hooks[-1].append((function, arguments))


def require_unit_of_work() -> Frame:
    """Return the current frame; raises StrayChange outside a unit of work."""
    frame = current_frame()
    if frame.depth == 0:
        raise StrayChange("this belongs inside a unit of work")
    return frame


def assert_no_transaction() -> None:
    """Refuse to go on while any entered scope has a transaction open: what follows waits for the network."""
    for frame in frames():
        if frame.depth or frame.session.in_transaction():
            raise StrayChange("an outside call was tried with a transaction open")


def end_reading() -> None:
    """End what every entered scope was reading, for what follows waits for the network; not in a unit of work."""
    for frame in frames():
        if frame.depth == 0:
            frame.session.close()
    assert_no_transaction()
