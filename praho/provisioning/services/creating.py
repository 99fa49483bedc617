"""Creating a hosting account: asked for once, done by a job, active on the provider's word alone."""

from praho.audit.services import recording
from praho.core import clock, events, i18n, text
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.i18n import gettext as _
from praho.core.identifiers import domain_name as domain_names
from praho.core.ids import new_public_id
from praho.core.jobs.kinds import Again
from praho.core.jobs.queueing import enqueue
from praho.customers.types import BillingProfile
from praho.integrations.services import operations, settling
from praho.integrations.types import Operation
from praho.models.catalogue import BillingCycle
from praho.models.customers import Customer
from praho.models.provisioning import Service, ServiceState
from praho.provisioning import gateways, repos
from praho.provisioning.errors import DomainNeeded, NoSuchService, WrongState
from praho.provisioning.events import (
    ANNOUNCE_SERVICE,
    CREATE,
    ServiceActivated,
    ServiceCancelled,
    ServiceFailed,
    ServiceWork,
)
from praho.provisioning.gateways import Created
from praho.provisioning.services import credentials, terms
from praho.sdk import texts
from praho.sdk.dto import Secret
from praho.sdk.outcomes import Rejected, Succeeded
from praho.sdk.provisioners import Capability, CreateRequest

SUBJECT = "service"


def request(
    *,
    origin: str,
    customer_id: int,
    product_id: int,
    label: str,
    domain_name: str | None,
    account_id: int,
    plan: str,
    cycle: str,
    price_minor: int,
    currency: str,
    profile: BillingProfile,
    renewal_discount: tuple[int, int | None] = (0, 0),
) -> str:
    """Have a hosting account created through a provisioner account; return the service's public id.

    `origin` names what asked for it (an order item): the same one gives the same service, whatever else is said.
    `plan` is the package's name at the provider, `price_minor` the net price of one cycle, and
    `renewal_discount` what comes off it at how many of the next cycles (None: at all of them). Needs the system's or
    staff's scope. Raises DomainNeeded, and InvalidDomainName for what is no domain.
    """
    with unit_of_work() as session:
        locking.lock_one(Customer, customer_id)
        existing = repos.by_origin(origin)
        if existing is not None:
            return existing.public_id
        if not domain_name:
            raise DomainNeeded(_("A hosting account needs a domain name."))
        domain = domain_names.parse(domain_name)
        row = Service(
            public_id=new_public_id("svc"),
            customer_id=customer_id,
            origin=origin,
            product_id=product_id,
            label=label,
            domain_name=domain.ascii,
            state=ServiceState.CREATING,
            account_id=account_id,
            plan=plan,
            contact_email=profile.email,
            cycle=BillingCycle(cycle),
            price_minor=price_minor,
            renewal_discount_minor=renewal_discount[0],
            renewal_discount_cycles=renewal_discount[1],
            currency=currency,
            search=text.search_document(label, domain.ascii, domain.unicode),
            created_at=clock.now(),
        )
        credentials.keep(row, credentials.new_password())
        session.add(row)
        session.flush()
        _claim(row)
        recording.record(
            "service.create",
            subject=(SUBJECT, row.public_id),
            customer_id=customer_id,
            changes={"domain_name": [None, domain.ascii], "plan": [None, plan]},
        )
        return row.public_id


def retry(public_id: str) -> None:
    """Ask the provider once more for an account that it refused: a new operation, which first looks for the old one.

    Raises WrongState, and OperationStillOpen where the provider has not decided.
    """
    with unit_of_work():
        row = _locked(public_id)
        if row.state is not ServiceState.FAILED:
            raise WrongState(_("Only a failed service can be tried again."))
        row.state = ServiceState.CREATING
        row.failure = row.failure_reason = None
        operations.claim_again(
            CREATE,
            row.origin,
            account_id=row.account_id,
            customer_id=row.customer_id,
            subject=(SUBJECT, public_id),
            request=_facts(row),
        )
        _audit("service.retry", row, ServiceState.FAILED)


def give_up(public_id: str) -> None:
    """End, on a person's word, a creation of which nobody knows: that person has looked, and it is not there.

    Raises WrongState, and OperationStillOpen while a call may be under way.
    """
    with unit_of_work():
        row = _found(public_id)
        if row.state is not ServiceState.CREATING:
            raise WrongState(_("This service is not being created."))
        sentence = _("Closed by hand: it was not found at the provider.")
        settling.close_as_not_done(CREATE, (SUBJECT, public_id), _steps(row), sentence)


def cancel(public_id: str) -> None:
    """Give a failed service up for good, and forget its password. Raises WrongState."""
    with unit_of_work():
        row = _locked(public_id)
        if row.state is not ServiceState.FAILED:
            raise WrongState(_("Only a failed service can be cancelled."))
        row.state = ServiceState.CANCELLED
        credentials.erase(row)
        events.publish(ServiceCancelled(row.customer_id, row.public_id, row.origin))
        _audit("service.cancel", row, ServiceState.FAILED)


def drive(operation_id: int) -> Again | None:
    """Take a creation one step further; what its job does."""
    with unit_of_work():
        subject = operations.subject_of(operation_id)
        row = None if subject is None else repos.find(subject[1])
        if row is None or row.state is not ServiceState.CREATING:
            return None
        steps = _steps(row)
    return settling.settle(operation_id, steps)


def _claim(row: Service) -> None:
    operations.claim(
        CREATE,
        row.origin,
        account_id=row.account_id,
        customer_id=row.customer_id,
        subject=(SUBJECT, row.public_id),
        request=_facts(row),
    )


def _steps(row: Service) -> settling.Steps[Created]:
    """Return what is done outside for a service; made from its snapshot, so that every repeat is equal."""
    wanted = CreateRequest(row.domain_name or "", row.plan, row.contact_email, Secret(credentials.kept(row)))
    return settling.Steps(
        call=lambda adapter, operation: gateways.create(adapter, wanted, operation.key),
        ask=lambda adapter, operation: gateways.find(adapter, wanted.domain, operation.keys),
        record=_record,
        gives=Created,
        idempotent=Capability.IDEMPOTENT_CREATE,
    )


def _record(operation: Operation, outcome: Succeeded[Created] | Rejected) -> None:
    # The driver holds the customer's lock.
    row = locking.lock_one(Service, _found(operation.subject_id).id)
    assert row is not None
    if isinstance(outcome, Succeeded):
        _activate(row, outcome.value)
    else:
        _fail(row, outcome, operation.key)


def _activate(row: Service, created: Created) -> None:
    """Make the service active. Nothing else may: it takes an entitlement (the request) and the provider's word."""
    row.state = ServiceState.ACTIVE
    row.term_start, row.term_end = terms.first_term(clock.today(), BillingCycle(row.cycle))
    row.anchor_day = row.term_start.day
    row.remote_id = created.account.account_id
    row.username = created.account.username
    row.panel_url = created.account.login_url
    row.activated_at = clock.now()
    row.failure = row.failure_reason = None
    if created.password is not None:
        credentials.keep(row, created.password.reveal())
    events.publish(ServiceActivated(row.customer_id, row.public_id, row.origin, row.term_start, row.term_end))
    enqueue(ANNOUNCE_SERVICE, ServiceWork(row.public_id), occasion=row.public_id)
    _audit("service.activated", row, ServiceState.CREATING)


def _fail(row: Service, refusal: Rejected, try_id: str) -> None:
    """Leave the decision to staff; the password is kept for their next try."""
    row.state = ServiceState.FAILED
    row.failure = texts.render(refusal.staff_text, i18n.DEFAULT)
    row.failure_reason = refusal.reason
    events.publish(ServiceFailed(row.customer_id, row.public_id, row.origin, row.failure, try_id))
    _audit("service.creation_failed", row, ServiceState.CREATING)


def _found(public_id: str) -> Service:
    row = repos.find(public_id)
    if row is None:
        raise NoSuchService(_("There is no such service."))
    return row


def _locked(public_id: str) -> Service:
    found = _found(public_id)
    locking.lock_one(Customer, found.customer_id)
    row = locking.lock_one(Service, found.id)
    assert row is not None
    return row


def _facts(row: Service) -> dict[str, object]:
    return {"domain": row.domain_name, "package": row.plan, "cycle": row.cycle}


def _audit(action: str, row: Service, before: ServiceState) -> None:
    recording.record(
        action,
        subject=(SUBJECT, row.public_id),
        customer_id=row.customer_id,
        changes={"state": [before, row.state], "failure": [None, row.failure]},
    )
