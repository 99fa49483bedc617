"""Playing the story from its beginning to today, with the clock moved to each of its steps."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from praho.core import clock
from praho.core.db.scope import entered
from praho.operations.services.demo import acting, steps, troubles, work
from praho.operations.services.demo.acting import Stage

Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many."""

_IN_SCOPE: Mapping[type[Any], Callable[[Stage, str, Any], None]] = {
    steps.Join: acting.join,
    steps.Buy: acting.buy,
    steps.Transfer: acting.transfer,
    steps.Card: acting.card,
    steps.Cancel: acting.cancel,
    steps.Lapse: acting.lapse,
    steps.Note: acting.note,
    steps.Forget: acting.forget,
    steps.Resolve: acting.resolve,
}
# These do jobs on the way, and open the scopes for the rest themselves.
_OUTSIDE: Mapping[type[Any], Callable[[Stage, str, Any], None]] = {
    steps.MailOutage: troubles.mail_outage,
    steps.LostAnswer: troubles.lost_answer,
}


def play(story: Sequence[steps.Step], stage: Stage, progress: Progress) -> None:
    """Play the steps in their order, each with all the work that follows from it; outside any scope.

    Business time is put back at the end; so is the outside world's.
    """
    try:
        for number, step in enumerate(story):
            progress(number, len(story))
            stage.world.move_clock(step.at)
            with clock.moved_to(step.at):
                _play(step, stage)
                work.do_all()
        progress(len(story), len(story))
    finally:
        stage.world.move_clock(clock.now())


def _play(step: steps.Step, stage: Stage) -> None:
    kind = type(step.action)
    if kind in _OUTSIDE:
        _OUTSIDE[kind](stage, step.key, step.action)
        return
    with entered(work.SCOPE):
        _IN_SCOPE[kind](stage, step.key, step.action)
