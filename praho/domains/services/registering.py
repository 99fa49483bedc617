"""Registering a domain: asked for once, done by a job, decided by the registry alone."""

from collections.abc import Sequence

from sqlalchemy.exc import IntegrityError

from praho.audit.services import recording
from praho.core import clock, events, i18n, text
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.i18n import gettext as _
from praho.core.identifiers import domain_name
from praho.core.identifiers.domain_name import InvalidDomainName
from praho.core.ids import new_public_id
from praho.core.jobs.kinds import Again
from praho.customers.types import BillingProfile
from praho.domains import gateways, repos
from praho.domains.errors import NameTaken, NoSuchDomain, WrongState
from praho.domains.events import (
    REGISTER,
    DomainRegistered,
    DomainRegistrationCancelled,
    DomainRegistrationFailed,
)
from praho.domains.services import nameservers, registrants
from praho.integrations.services import operations, settling
from praho.integrations.types import Operation
from praho.models.customers import Customer
from praho.models.domains import DomainName, DomainState
from praho.sdk import texts
from praho.sdk.outcomes import Rejected, Succeeded
from praho.sdk.registrars import Capability, RegisterRequest, Registration

SUBJECT = "domain"


def request(
    *,
    origin: str,
    customer_id: int,
    name: str,
    years: int,
    account_id: int,
    profile: BillingProfile,
    hosts: Sequence[str] | None = None,
) -> str:
    """Have a domain registered through a registrar account; return its public id.

    `origin` names what asked for it (an order item): the same one gives the same domain, whatever else is said.
    `years` is 1 to 10; `hosts` are the nameservers, those of the setting where None. Needs the system's or staff's
    scope. Raises InvalidDomainName, RegistrantIncomplete, and NameTaken where another live domain has the name.
    """
    with unit_of_work():
        locking.lock_one(Customer, customer_id)
        existing = repos.by_origin(origin)
        if existing is not None:
            return existing.public_id
        parsed = domain_name.parse(name)
        suffix = _suffix(parsed)
        contact = registrants.contact_of(profile)
        registrants.check(contact, suffix)
        row = DomainName(
            public_id=new_public_id("dom"),
            customer_id=customer_id,
            origin=origin,
            name=parsed.ascii,
            tld=suffix,
            account_id=account_id,
            years=years,
            nameservers=list(hosts or nameservers.default()),
            search=text.search_document(parsed.ascii, parsed.unicode),
            created_at=clock.now(),
        )
        row.registrant = registrants.to_json(contact)
        _take_name(row)
        operations.claim(
            REGISTER,
            origin,
            account_id=account_id,
            customer_id=customer_id,
            subject=(SUBJECT, row.public_id),
            request=_facts(row),
        )
        recording.record(
            "domain.register",
            subject=(SUBJECT, row.public_id),
            customer_id=customer_id,
            changes={"name": [None, row.name], "years": [None, years]},
        )
        return row.public_id


def retry(public_id: str) -> None:
    """Ask the registry once more for a domain that it refused: a new operation, which first looks for the old one.

    Raises WrongState, NameTaken, and OperationStillOpen where the registry has not decided.
    """
    with unit_of_work():
        row = _locked(public_id)
        if row.state is not DomainState.FAILED:
            raise WrongState(_("Only a failed registration can be tried again."))
        _take_name(row)
        operations.claim_again(
            REGISTER,
            row.origin,
            account_id=row.account_id,
            customer_id=row.customer_id,
            subject=(SUBJECT, public_id),
            request=_facts(row),
        )
        _audit("domain.retry", row, DomainState.FAILED)


def give_up(public_id: str) -> None:
    """End, on a person's word, a registration of which nobody knows: that person has looked, and it is not there.

    Raises WrongState, and OperationStillOpen while a call may be under way.
    """
    with unit_of_work():
        row = _found(public_id)
        if row.state is not DomainState.REGISTERING:
            raise WrongState(_("This domain is not being registered."))
        sentence = _("Closed by hand: it was not found at the registrar.")
        settling.close_as_not_done(REGISTER, (SUBJECT, public_id), _steps(row), sentence)


def cancel(public_id: str) -> None:
    """Give a failed registration up for good; the name is free for others. Raises WrongState."""
    with unit_of_work():
        row = _locked(public_id)
        if row.state is not DomainState.FAILED:
            raise WrongState(_("Only a failed registration can be cancelled."))
        row.state = DomainState.CANCELLED
        events.publish(DomainRegistrationCancelled(row.customer_id, row.public_id, row.origin, row.name))
        _audit("domain.cancel", row, DomainState.FAILED)


def drive(operation_id: int) -> Again | None:
    """Take a registration one step further; what its job does."""
    with unit_of_work():
        subject = operations.subject_of(operation_id)
        row = None if subject is None else repos.find(subject[1])
        if row is None or row.state is not DomainState.REGISTERING:
            return None
        steps = _steps(row)
    return settling.settle(operation_id, steps)


def _steps(row: DomainName) -> settling.Steps[Registration]:
    """Return what is done outside for a domain; made from its snapshot, so that every repeat is equal."""
    wanted = RegisterRequest(row.name, row.years, registrants.of(row), tuple(row.nameservers))
    return settling.Steps(
        call=lambda adapter, operation: gateways.register(adapter, wanted, operation.key),
        ask=lambda adapter, operation: gateways.find(adapter, wanted.name, operation.keys),
        record=_record,
        gives=Registration,
        idempotent=Capability.IDEMPOTENT_REGISTER,
    )


def _record(operation: Operation, outcome: Succeeded[Registration] | Rejected) -> None:
    # The driver holds the customer's lock.
    row = locking.lock_one(DomainName, _found(operation.subject_id).id)
    assert row is not None
    if isinstance(outcome, Succeeded):
        _activate(row, outcome.value)
    else:
        _fail(row, outcome, operation.key)


def _activate(row: DomainName, registration: Registration) -> None:
    """Make the domain active, with the dates that the registry gave: they are never reckoned."""
    row.state = DomainState.ACTIVE
    row.remote_id = registration.external_id
    row.registered_on = clock.local_date(registration.registered_at)
    row.expires_on = clock.local_date(registration.expires_at)
    row.activated_at = clock.now()
    row.failure = row.failure_reason = None
    if registration.nameservers:
        row.nameservers = list(registration.nameservers)
    events.publish(DomainRegistered(row.customer_id, row.public_id, row.origin, row.name, row.expires_on))
    _audit("domain.registered", row, DomainState.REGISTERING)


def _fail(row: DomainName, refusal: Rejected, try_id: str) -> None:
    """Free the name, and leave the decision to staff."""
    row.state = DomainState.FAILED
    row.failure = texts.render(refusal.staff_text, i18n.DEFAULT)
    row.failure_reason = refusal.reason
    events.publish(DomainRegistrationFailed(row.customer_id, row.public_id, row.origin, row.name, row.failure, try_id))
    _audit("domain.registration_failed", row, DomainState.REGISTERING)


def _take_name(row: DomainName) -> None:
    """Write the row as one that registers; the index alone decides whether another live domain has its name."""
    name = row.name
    try:
        with unit_of_work() as session:
            row.state = DomainState.REGISTERING
            row.failure = row.failure_reason = None
            session.add(row)
            session.flush()
    except IntegrityError as error:
        if "uq_domains_domain_name_live" not in str(error.orig):
            raise
        raise NameTaken(_("The name %(name)s is taken.", name=name)) from error


def _suffix(name: domain_name.DomainName) -> str:
    try:
        return domain_name.split(name, repos.suffixes()).suffix
    except InvalidDomainName:
        return name.ascii.partition(".")[2]


def _found(public_id: str) -> DomainName:
    row = repos.find(public_id)
    if row is None:
        raise NoSuchDomain(_("There is no such domain."))
    return row


def _locked(public_id: str) -> DomainName:
    found = _found(public_id)
    locking.lock_one(Customer, found.customer_id)
    row = locking.lock_one(DomainName, found.id)
    assert row is not None
    return row


def _facts(row: DomainName) -> dict[str, object]:
    return {"name": row.name, "years": row.years, "nameservers": row.nameservers}


def _audit(action: str, row: DomainName, before: DomainState) -> None:
    recording.record(
        action,
        subject=(SUBJECT, row.public_id),
        customer_id=row.customer_id,
        changes={"state": [before, row.state], "name": [None, row.name], "failure": [None, row.failure]},
    )
