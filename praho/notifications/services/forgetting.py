"""Forgetting whom a last mail went to: somebody who has been erased."""

from datetime import timedelta

from praho.core import clock
from praho.core.db.uow import unit_of_work
from praho.models.notifications import Message, MessageState
from praho.notifications import repos

_AT_LAST = timedelta(days=30)


def forget(row: Message) -> None:
    """Overwrite the address and the name of a locked message. Needs a unit of work."""
    row.recipient = row.recipient_name = ""
    row.error = None


def forget_undelivered() -> None:
    """Overwrite the addresses of mails that could not be handed over for a month: nobody tries them any more."""
    with unit_of_work():
        for row in repos.undelivered_to_forget(clock.now() - _AT_LAST):
            row.state = MessageState.FAILED
            forget(row)
