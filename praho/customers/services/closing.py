"""Closing a customer with whom there is nothing left to do, and opening it again."""

from praho.audit.services import recording
from praho.core.db.uow import unit_of_work
from praho.core.domain import registry
from praho.core.errors import Conflict, NotFound
from praho.core.i18n import gettext as _
from praho.customers import repos
from praho.customers.errors import StillOpen
from praho.customers.services import changing
from praho.models.customers import Customer, CustomerState


def obstacles(customer_id: int) -> tuple[str, ...]:
    """Return in sentences what of a customer is still open, as all domains say; a query for each. A staff scope."""
    found = (obstacle.find(customer_id) for obstacle in registry().contributed("obstacles"))
    return tuple(sentence for sentence in found if sentence is not None)


def close(public_id: str, reason: str) -> None:
    """Close a customer: its members get no further, and nobody orders for it. Documents and history stay.

    Raises NotFound, Conflict where it is closed already, and StillOpen while anything of it lives or is owed.
    """
    with unit_of_work():
        customer = _locked(public_id)
        if customer.state is not CustomerState.ACTIVE:
            raise Conflict(_("This customer is closed already."))
        found = obstacles(customer.id)
        if found:
            raise StillOpen(" ".join(found))
        _set(customer, CustomerState.CLOSED, reason)


def reopen(public_id: str, reason: str) -> None:
    """Open a closed customer again; raises NotFound, and Conflict where it is open or erased for good."""
    with unit_of_work():
        customer = _locked(public_id)
        if customer.state is not CustomerState.CLOSED:
            raise Conflict(_("This customer is not closed."))
        _set(customer, CustomerState.ACTIVE, reason)


def _locked(public_id: str) -> Customer:
    found = repos.by_public_id(public_id)
    if found is None:
        raise NotFound(_("There is no such customer."))
    return changing.lock(found.id)


def _set(customer: Customer, state: CustomerState, reason: str) -> None:
    before = customer.state
    customer.state = state
    recording.record(
        "customer.closed" if state is CustomerState.CLOSED else "customer.reopened",
        subject=("customer", customer.public_id),
        customer_id=customer.id,
        changes={"state": [before, state], "reason": [None, reason]},
    )
