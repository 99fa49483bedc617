"""Every recurring job of providers, domains and services, run by the job runner with one due thing each."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs import scheduling
from praho.core.jobs.table import Job, JobState
from praho.customers.services import profiles
from praho.domains import events as domain_events
from praho.domains import module as domains_module
from praho.domains.services import registering
from praho.integrations import events
from praho.integrations import module as integrations_module
from praho.models.domains import DomainName, DomainState
from praho.models.integrations import CallOutcome, InboxMessage, ProviderCall, ProviderOperation
from praho.models.provisioning import Service, ServiceState
from praho.provisioning import events as provisioning_events
from praho.provisioning import module as provisioning_module
from praho.provisioning.services import creating
from praho_sandbox.testing import SandboxWorld
from tests.factories import customers, providers, services
from tests.integrations import test_inbox


def tick() -> None:
    schedule = (*integrations_module.DOMAIN.schedule, *domains_module.DOMAIN.schedule)
    scheduling.enqueue_due((*schedule, *provisioning_module.DOMAIN.schedule))


def lose_jobs() -> None:
    """Take every job away, and make everything that waits two minutes older."""
    with entered(SystemScope("test")), unit_of_work() as session:
        for job in session.scalars(select(Job)):
            session.delete(job)
        for operation in session.scalars(select(ProviderOperation)):
            operation.created_at -= timedelta(minutes=2)
        for message in session.scalars(select(InboxMessage)):
            message.received_at -= timedelta(minutes=2)


def kinds(state: JobState) -> set[str]:
    with entered(SystemScope("test")) as session:
        return set(session.scalars(select(Job.kind).where(Job.state == state)))


def test_registrations_and_creations_whose_jobs_are_lost_are_finished(
    live_db, sandbox: SandboxWorld, run_jobs: Callable[[], int]
):
    customer = customers.make_customer()
    registrar, provisioner = providers.make_registrar(sandbox), providers.make_provisioner(sandbox)
    product = services.make_plan(provisioner)
    with entered(SystemScope("test")):
        profile = profiles.billing_profile(customer.id)
        registering.request(
            origin="itm_1",
            customer_id=customer.id,
            name="exemplu.ro",
            years=1,
            account_id=registrar.id,
            profile=profile,
        )
        creating.request(
            origin="itm_2",
            customer_id=customer.id,
            product_id=product.id,
            label="Găzduire",
            domain_name="exemplu.ro",
            account_id=provisioner.id,
            plan="standard",
            cycle="annual",
            price_minor=0,
            currency="RON",
            profile=profile,
        )
    lose_jobs()
    tick()
    run_jobs()
    with entered(SystemScope("test")) as session:
        assert session.scalars(select(DomainName.state)).all() == [DomainState.ACTIVE]
        assert session.scalars(select(Service.state)).all() == [ServiceState.ACTIVE]
    assert len(sandbox.domains()) == len(sandbox.accounts()) == 1
    names = {domain_events.SWEEP_REGISTRATIONS.name, provisioning_events.SWEEP_CREATIONS.name}
    assert names <= kinds(JobState.DONE)


def test_webhooks_whose_jobs_are_lost_are_handed_over(live_db, sandbox: SandboxWorld, run_jobs: Callable[[], int]):
    test_inbox.send(providers.make_payment_account(sandbox), test_inbox.body())
    lose_jobs()
    tick()
    run_jobs()
    assert {events.SWEEP_INBOX.name, events.INBOX.name} <= kinds(JobState.DONE)


def test_old_lines_of_the_call_log_are_pruned(live_db, sandbox: SandboxWorld, run_jobs: Callable[[], int]):
    account = providers.make_registrar(sandbox)
    with entered(SystemScope("test")), unit_of_work() as session:
        for days in (1, 89, 91, 400):
            session.add(
                ProviderCall(
                    account_id=account.id,
                    name=f"{days} days",
                    outcome=CallOutcome.ANSWERED,
                    detail="",
                    milliseconds=1,
                    at=clock.now() - timedelta(days=days),
                )
            )
    tick()
    run_jobs()
    with entered(SystemScope("test")) as session:
        assert session.scalars(select(ProviderCall.name).order_by(ProviderCall.id)).all() == ["1 days", "89 days"]
    assert events.PRUNE_CALLS.name in kinds(JobState.DONE)
