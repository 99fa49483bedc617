"""What providers were told and have reported about somebody who has the right to be forgotten."""

from sqlalchemy import ColumnElement, String, and_, literal_column, select, union_all

from praho.core.i18n import lazy_gettext as _
from praho.core.personal_data import Forgotten, delete, mentions, nothing, of_customer, pseudonymise, wiped
from praho.models.billing.payments import PaymentAttempt
from praho.models.integrations import InboxMessage, InboxState, ProviderAccount, ProviderCall, ProviderOperation

REPORTS = _("What payment providers reported")
REQUESTS = _("What registrars and servers were asked for, and the log of those calls")


def calls(whom: Forgotten) -> ColumnElement[bool]:
    """Return whether a line of the call log belongs to the customer's operations, or to none and names it."""
    own = select(ProviderCall.id).join(ProviderOperation, ProviderOperation.id == ProviderCall.operation_id)
    named = select(ProviderCall.id).where(
        ProviderCall.operation_id.is_(None), mentions((*whom.words, *whom.names), ProviderCall.detail)
    )
    return ProviderCall.id.in_(union_all(own.where(ProviderOperation.customer_id == whom.customer_id), named))


def reports(whom: Forgotten) -> ColumnElement[bool]:
    """Return whether a webhook that was acted upon reports of a payment that the customer tried, or names it."""
    # As the index has it: with the path in the statement's text.
    key = literal_column("(integrations_inbox.event #>> '{payment,key}')", String)
    tried = select(InboxMessage.id).join(PaymentAttempt, PaymentAttempt.public_id == key)
    named = select(InboxMessage.id).where(key.is_(None), mentions(whom.words, InboxMessage.event, InboxMessage.error))
    found = union_all(tried.where(PaymentAttempt.customer_id == whom.customer_id), named)
    return and_(InboxMessage.state == InboxState.HANDLED, InboxMessage.id.in_(found))


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
