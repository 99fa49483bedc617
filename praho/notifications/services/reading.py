"""Messages as staff see them."""

from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.web.paging import Page
from praho.models.notifications import Message, MessageState
from praho.notifications import repos
from praho.notifications.services import rendering


def listed(state: MessageState | None, recipient: str, cursor: str | None) -> Page[Message]:
    """Return a page of messages, the newest first; `recipient` is a whole address."""
    return repos.listed(state, recipient, cursor)


def shown(public_id: str) -> tuple[Message, rendering.Parts]:
    """Return a message with its texts; secret links are hidden, for they belong to the recipient alone."""
    row = repos.find(public_id)
    if row is None:
        raise NotFound(_("This message does not exist."))
    return row, rendering.render(row, rendering.masked(rendering.secrets_of(row)))


def failed_count() -> int:
    """Return how many messages could not be handed over for good."""
    return repos.failed_count()


def of_customer(customer_id: int, limit: int) -> list[Message]:
    """Return a customer's newest messages."""
    return repos.of_customer(customer_id, limit)
