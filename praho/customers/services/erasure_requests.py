"""Requests to be forgotten (GDPR art. 17): taken in, refused with a reason, and looked at."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Select, select

from praho.audit.services import recording
from praho.core import clock, months, working_days
from praho.core.contributions import Recipient
from praho.core.db import locking
from praho.core.db.counting import counting
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import require_unit_of_work, unit_of_work
from praho.core.errors import Conflict, Invalid, NotFound
from praho.core.formatting import date as printed_date
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.core.web import form_tokens
from praho.core.web.paging import Page, page_of
from praho.customers import repos
from praho.customers.services import changing
from praho.models.customers import Customer, ErasureChannel, ErasureRequest, ErasureState
from praho.notifications.services import sending
from praho.users.services import passwords

LONGEST_REASON = 2000
SOON_DAYS = 7


def answer_due(received_on: date) -> date:
    """Return the last Bucharest day for the answer to a request that came on a day: a month later.

    GDPR art. 12 (3). By Regulation 1182/71 art. 3 that is the same date, or the month's last day where it has no
    such date, and the next working day where it is none.
    """
    return working_days.at_or_after(months.add_months(received_on, 1))


def record(customer_ref: str, channel: ErasureChannel, received_on: date, *, form_token: str) -> str:
    """Take in a request that reached staff; return its public id. Once for each form.

    Raises NotFound, Invalid with the field `received_on`, Conflict where one is open or the customer is erased.
    """
    if received_on > clock.today():
        message = _("This day has not come yet.")
        raise Invalid(message, fields={"received_on": message})

    def keep() -> str:
        found = repos.by_public_id(customer_ref)
        if found is None:
            raise NotFound(_("There is no such customer."))
        return _keep(found.id, channel, received_on)

    with unit_of_work():
        return form_tokens.once(form_token, "customers.erasure.record", keep)


def ask(customer_id: int, *, password: str, form_token: str) -> str:
    """Take in the wish of an owner, who gives the password again; return the request's public id. Once for each form.

    The caller may see the customer. Raises WrongPassword (field `password`), TooManyRequests, Conflict as `record`.
    """
    user_id = current_principal().user_id
    assert user_id is not None
    passwords.check(user_id, password, field="password")
    with entered(SystemScope("ask to be erased")), unit_of_work():
        return form_tokens.once(
            form_token,
            "customers.erasure.ask",
            lambda: _keep(customer_id, ErasureChannel.PORTAL, clock.today()),
        )


def refuse(public_id: str, reason: str) -> None:
    """Refuse an open request and mail the reason; raises NotFound, Invalid (field `reason`), Conflict when answered.

    The mail names the authority and the courts, as GDPR art. 12 (4) asks.
    """
    why = reason.strip()
    if not why or len(why) > LONGEST_REASON:
        message = _("Give the reason, in at most %(most)s characters.", most=LONGEST_REASON)
        raise Invalid(message, fields={"reason": message})
    with unit_of_work():
        customer, request = lock(public_id)
        decide(request, ErasureState.REFUSED)
        request.reason = why
        sending.send(
            "customers/erasure_refused",
            f"erasure-refused:{request.public_id}",
            Recipient(customer.email, customer.name, customer.locale),
            {"received_on": printed_date(request.received_on, customer.locale), "reason": why},
            customer_id=customer.id,
        )
        recording.record(
            "customer.erasure_refused",
            subject=("customer", customer.public_id),
            customer_id=customer.id,
            changes={"request": [None, request.public_id], "reason": [None, why]},
        )


def lock(public_id: str) -> tuple[Customer, ErasureRequest]:
    """Lock a request and its customer, which comes first; raise NotFound. Needs a unit of work."""
    found = _by_public_id(public_id)
    customer = changing.lock(found.customer_id)
    request = locking.lock_one(ErasureRequest, found.id)
    if request is None:
        raise _unknown()
    return customer, request


def decide(request: ErasureRequest, state: ErasureState) -> None:
    """Note the answer on a locked request; raise Conflict where there is one already."""
    if request.state is not ErasureState.OPEN:
        raise Conflict(_("This request has been answered already."))
    request.state = state
    request.decided_at = clock.now()
    request.decided_by = current_principal().user_id


def one(public_id: str) -> tuple[ErasureRequest, Customer]:
    """Return a request and its customer, in a staff scope; raise NotFound."""
    request = _by_public_id(public_id)
    return request, session().get_one(Customer, request.customer_id)


def newest_of(customer_id: int) -> ErasureRequest | None:
    """Return a customer's newest request. One query; not for the portal's role."""
    return session().scalar(
        select(ErasureRequest)
        .where(ErasureRequest.customer_id == customer_id)
        .order_by(ErasureRequest.id.desc())
        .limit(1)
    )


def own_newest(customer_id: int) -> ErasureRequest | None:
    """Return the newest request of a customer whose pages the caller may see."""
    with entered(SystemScope("asked to be erased")):
        return newest_of(customer_id)


def listing(state: ErasureState, cursor: str | None) -> tuple[Page[ErasureRequest], dict[int, Customer]]:
    """Return a page of requests, the most urgent of open ones first, with their customers by id. Two queries."""
    wanted = select(ErasureRequest).where(ErasureRequest.state == state)
    if state is ErasureState.OPEN:
        page = page_of(wanted, [ErasureRequest.due_on, ErasureRequest.id], cursor, descending=False)
    else:
        page = page_of(wanted, [ErasureRequest.due_on, ErasureRequest.id], cursor)
    return page, _customers([request.customer_id for request in page.items])


def due_soon() -> Select[Any]:
    """Count the open requests whose answer is due within seven days, or late."""
    last = date.fromordinal(clock.today().toordinal() + SOON_DAYS)
    return counting(ErasureRequest, ErasureRequest.state == ErasureState.OPEN, ErasureRequest.due_on <= last)


def _keep(customer_id: int, channel: ErasureChannel, received_on: date) -> str:
    database = require_unit_of_work().session
    customer = changing.lock(customer_id)
    newest = newest_of(customer_id)
    if newest is not None and newest.state is ErasureState.OPEN:
        raise Conflict(_("There is an open request already."))
    request = ErasureRequest(
        customer_id=customer_id,
        channel=channel,
        received_on=received_on,
        due_on=answer_due(received_on),
        recorded_by=current_principal().user_id,
        created_at=clock.now(),
    )
    database.add(request)
    database.flush()
    recording.record(
        "customer.erasure_requested",
        subject=("customer", customer.public_id),
        customer_id=customer_id,
        changes={"request": [None, request.public_id], "how": [None, channel]},
    )
    return request.public_id


def _customers(ids: Sequence[int]) -> dict[int, Customer]:
    return {row.id: row for row in session().scalars(select(Customer).where(Customer.id.in_(ids)))}


def _by_public_id(public_id: str) -> ErasureRequest:
    found = session().scalar(select(ErasureRequest).where(ErasureRequest.public_id == public_id))
    if found is None:
        raise _unknown()
    return found


def _unknown() -> NotFound:
    return NotFound(_("There is no such request."))
