"""Messages as staff see them."""

from datetime import datetime

from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.web.paging import Page
from praho.models.notifications import Message, MessageState
from praho.notifications import repos
from praho.notifications.services import rendering


def listed(state: MessageState | None, recipient: str, cursor: str | None, *, oldest: bool = False) -> Page[Message]:
    """Return a page of messages, the newest first; `recipient` is a whole address."""
    return repos.listed(state, recipient, cursor, oldest=oldest)


def shown(public_id: str) -> tuple[Message, rendering.Parts]:
    """Return a message with its texts; secret links are hidden, for they belong to the recipient alone."""
    row = repos.find(public_id)
    if row is None:
        raise NotFound(_("This message does not exist."))
    return row, rendering.render(row, rendering.masked(rendering.secrets_of(row)))


def history(customer_id: int, before: datetime | None, limit: int) -> list[Message]:
    """Return the messages written to a customer up to and with an instant, the newest first."""
    return repos.history(customer_id, before, limit)
