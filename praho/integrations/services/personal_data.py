"""What providers were told and have reported about somebody who has the right to be forgotten."""

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select

from praho.core.i18n import lazy_gettext as _
from praho.core.personal_data import Forgotten, delete, mentions, nothing, of_customer, pseudonymise, wiped
from praho.models.billing.payments import PaymentAttempt
from praho.models.integrations import InboxMessage, InboxState, ProviderAccount, ProviderCall, ProviderOperation

REPORTS = _("What payment providers reported")
REQUESTS = _("What registrars and servers were asked for, and the log of those calls")


def calls(whom: Forgotten) -> ColumnElement[bool]:
    """Return whether a line of the call log belongs to the customer's operations, or names somebody of it."""
    own = select(ProviderOperation.id).where(ProviderOperation.customer_id == whom.customer_id)
    return or_(ProviderCall.operation_id.in_(own), mentions(whom, ProviderCall.detail))


def reports(whom: Forgotten) -> ColumnElement[bool]:
    """Return whether a webhook that was acted upon reports of a payment that the customer tried."""
    named = (
        select(PaymentAttempt.id)
        .where(
            PaymentAttempt.customer_id == whom.customer_id,
            PaymentAttempt.account_id == InboxMessage.account_id,
            func.strpos(cast(InboxMessage.event, Text), PaymentAttempt.public_id) > 0,
        )
        .exists()
    )
    return and_(
        InboxMessage.state == InboxState.HANDLED, or_(named, mentions(whom, InboxMessage.event, InboxMessage.error))
    )


def _nothing_said(_whom: Forgotten) -> dict[str, object]:
    return {}


def _no_body(_whom: Forgotten) -> bytes:
    return b""


RULES = (
    delete(ProviderCall, REQUESTS, calls),
    pseudonymise(
        ProviderOperation,
        REQUESTS,
        of_customer(ProviderOperation),
        {"request": _nothing_said, "reference": wiped, "reason": wiped},
        plain=("kind", "intent", "subject_kind", "subject_id"),
    ),
    pseudonymise(
        InboxMessage,
        REPORTS,
        reports,
        {"event": _nothing_said, "body": _no_body, "error": wiped},
        plain=("external_id",),
    ),
    *nothing(ProviderAccount),
)
