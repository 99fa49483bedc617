"""What becomes of the mails to somebody who has the right to be forgotten: they go, sent or not."""

from sqlalchemy import ColumnElement, and_, or_

from praho.core.i18n import lazy_gettext as _
from praho.core.personal_data import Forgotten, delete
from praho.models.notifications import Message


def rows(whom: Forgotten) -> ColumnElement[bool]:
    """Return whether a mail was written about the customer, or to somebody of it."""
    return or_(
        Message.customer_id == whom.customer_id,
        Message.user_id.in_(whom.user_ids),
        and_(Message.customer_id.is_(None), Message.recipient.in_(whom.addresses)),
    )


RULES = (delete(Message, _("The mails that we wrote"), rows),)
