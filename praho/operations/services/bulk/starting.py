"""Asking for one action over many things: the run, its items and its job, in one transaction."""

import re
from collections.abc import Sequence

from praho.audit.services import recording
from praho.core import clock
from praho.core.db.uow import unit_of_work
from praho.core.desk import BulkAction
from praho.core.domain import registry
from praho.core.errors import Forbidden, Invalid, NotFound
from praho.core.i18n import gettext as _
from praho.core.jobs.queueing import enqueue
from praho.core.principal import current_principal
from praho.core.web import form_tokens
from praho.models.operations import BulkItem, BulkRun
from praho.operations.events import RUN_BULK, BulkRunWork

MOST_ITEMS = 500
_ID = re.compile(r"[A-Za-z0-9_]{1,60}")


def action(name: str) -> BulkAction:
    """Return a contributed action; raises NotFound."""
    for found in registry().contributed("bulk_actions"):
        if found.name == name:
            bulk: BulkAction = found
            return bulk
    raise NotFound(_("There is no such action."))


def offered(endpoint: str) -> list[BulkAction]:
    """Return what whoever asks may do to many rows of a list."""
    principal = current_principal()
    return [
        found
        for found in registry().contributed("bulk_actions")
        if found.endpoint == endpoint and principal.may(found.permission)
    ]


def start(name: str, subject_ids: Sequence[str], note: str, *, form_token: str) -> str:
    """Ask for an action over some things by their public ids, once for each form; return the run's public id.

    Raises Forbidden, NotFound for no such action, and Invalid where nothing or too much was chosen, or where the
    action asks for a text that is missing.
    """
    wanted = action(name)
    who = current_principal()
    if who.user_id is None or not who.may(wanted.permission):
        raise Forbidden(_("You may not do this."))
    subjects = list(dict.fromkeys(subject_ids))
    if not subjects:
        raise Invalid(_("Please choose at least one row."))
    if len(subjects) > MOST_ITEMS:
        raise Invalid(_("Please choose at most %(most)d rows.", most=MOST_ITEMS))
    if any(not _ID.fullmatch(subject) for subject in subjects):
        raise Invalid(_("There is no such row in the list."))
    if wanted.note and not note.strip():
        raise Invalid(_("Please give a reason."))
    user_id = who.user_id
    with unit_of_work():
        return form_tokens.once(form_token, "operations.bulk", lambda: _start(wanted, subjects, note.strip(), user_id))


def _start(wanted: BulkAction, subjects: list[str], note: str, user_id: int) -> str:
    with unit_of_work() as session:
        run = BulkRun(action=wanted.name, user_id=user_id, note=note, total=len(subjects), created_at=clock.now())
        session.add(run)
        session.flush()
        session.add_all(BulkItem(run_id=run.id, subject_id=subject) for subject in subjects)
        enqueue(RUN_BULK, BulkRunWork(run.public_id), occasion=run.public_id)
        recording.record(
            "bulk.started",
            subject=("bulk_run", run.public_id),
            changes={"action": [None, wanted.name], "items": [None, len(subjects)]},
        )
        return run.public_id
