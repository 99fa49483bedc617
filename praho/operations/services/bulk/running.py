"""Doing a bulk run: claim an item, do it in a unit of work of its own, note what became of it; then the next."""

from praho.core import clock
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.desk import BulkAction, BulkWork
from praho.core.errors import PrahoError
from praho.core.i18n import DEFAULT, in_locale
from praho.core.i18n import gettext as _
from praho.core.principal import ActorKind, Principal, acting_as
from praho.models.operations import BulkItem, BulkItemState, BulkRun
from praho.operations import repos
from praho.operations.services.bulk import starting
from praho.users.services import people

BATCH = 25
"""How many items one attempt of the job does, so that other jobs get their turn."""


def go_on(run_id: str) -> bool:
    """Do up to `BATCH` items of a run, and return whether none is left. Each is done as the person who asked.

    An item that was cut off is done again: its command refuses or ignores what is done already.
    """
    run = repos.bulk_run(run_id)
    if run is None or run.finished_at is not None:
        return True
    action, who = starting.action(run.action), _person(run.user_id)
    for item_id, subject_id in repos.open_items(run.id, BATCH):
        _note(item_id, BulkItemState.RUNNING, None)
        with acting_as(who), in_locale(who.locale or DEFAULT):
            error = _do(action, who, BulkWork(subject_id, run.note, run.public_id))
        _note(item_id, BulkItemState.DONE if error is None else BulkItemState.FAILED, error)
    return _finish(run.id)


def _do(action: BulkAction, who: Principal, work: BulkWork) -> str | None:
    if not who.may(action.permission):
        return _("You may not do this.")
    try:
        action.run(work)
    except PrahoError as refusal:
        return str(refusal)
    return None


def _person(user_id: int) -> Principal:
    return people.acting(user_id) or Principal(ActorKind.STAFF, _("Former staff"), user_id=user_id)


def _note(item_id: int, state: BulkItemState, error: str | None) -> None:
    with unit_of_work():
        item = locking.lock_one(BulkItem, item_id)
        assert item is not None
        item.state = state
        item.error = error


def _finish(run_id: int) -> bool:
    with unit_of_work():
        run = locking.lock_one(BulkRun, run_id)
        assert run is not None
        if repos.open_items(run_id, 1):
            return False
        run.finished_at = clock.now()
        return True
