"""A domain and a hosting account for it, asked for as often as anybody pleases, at a sandbox's real world."""

import os

from sqlalchemy import select

from praho import app as application
from praho import config
from praho.core.db.scope import SystemScope, entered
from praho.core.jobs.running import Jobs
from praho.core.jobs.table import Job, JobState
from praho.customers.services import profiles
from praho.domains import module as domains
from praho.domains.services import registering
from praho.integrations import module as integrations
from praho.models.audit import AuditEvent
from praho.models.catalogue import Product
from praho.models.customers import Customer
from praho.models.domains import DomainName, DomainState
from praho.models.integrations import OperationState, ProviderAccount, ProviderKind, ProviderOperation
from praho.models.provisioning import Service, ServiceState
from praho.provisioning import module as provisioning
from praho.provisioning.services import creating, credentials
from praho.settings import module as settings
from praho_sandbox.world.config import DEFAULT_WEBHOOK_SECRET
from tests.factories import customers, providers, services

WORLD = "PRAHO_TEST_SANDBOX_WORLD"


class Address:
    """Where the world is, for the factories; the test steers it by its own client."""

    webhook_secret = DEFAULT_WEBHOOK_SECRET

    @property
    def url(self) -> str:
        return os.environ[WORLD]


def open_application() -> Jobs:
    registry = application.start_kernel(
        config.Config(_env_file=None),
        (settings.DOMAIN, integrations.DOMAIN, domains.DOMAIN, provisioning.DOMAIN),
    )
    return Jobs(registry.job_handlers)


def prepare() -> None:
    customers.make_customer()
    providers.make_registrar(Address())
    services.make_plan(providers.make_provisioner(Address()))


def act() -> None:
    """Be the paid order's job, which runs at least once."""
    with entered(SystemScope("order")) as session:
        customer_id = session.scalars(select(Customer.id)).one()
        product = session.scalars(select(Product)).one()
        accounts = {row.kind: row.id for row in session.scalars(select(ProviderAccount))}
        profile = profiles.billing_profile(customer_id)
        registering.request(
            origin="itm_domain",
            customer_id=customer_id,
            name="exemplu.ro",
            years=1,
            account_id=accounts[ProviderKind.REGISTRAR],
            profile=profile,
        )
        creating.request(
            origin="itm_hosting",
            customer_id=customer_id,
            product_id=product.id,
            label="Găzduire",
            domain_name="exemplu.ro",
            account_id=accounts[ProviderKind.PROVISIONER],
            plan=product.remote_plan,
            cycle="annual",
            price_minor=19900,
            currency="RON",
            profile=profile,
        )


def assert_settled() -> None:
    """The world's side is looked at by the test."""
    with entered(SystemScope("look")) as looking:
        assert set(looking.scalars(select(Job.state))) == {JobState.DONE}
        assert looking.scalars(select(ProviderOperation.state)).all() == [OperationState.SUCCEEDED] * 2
        domain = looking.scalars(select(DomainName)).one()
        service = looking.scalars(select(Service)).one()
        actions = sorted(looking.scalars(select(AuditEvent.action)))
    assert (domain.state, service.state) == (DomainState.ACTIVE, ServiceState.ACTIVE)
    assert domain.expires_on is not None
    assert len(credentials.kept(service)) == 20
    assert actions == ["domain.register", "domain.registered", "service.activated", "service.create"]
