"""A person who was a customer for three years and left traces in every room, and what of them can still be read."""

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select, text

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.ids import new_public_id
from praho.core.jobs.table import Job, JobState, Queue
from praho.core.permissions import MemberRole
from praho.core.principal import ActorKind, Principal, acting_as
from praho.customers.services import contacts, inviting, notes
from praho.customers.types import ContactInput
from praho.models.customers import Customer
from praho.models.domains import DomainState
from praho.models.integrations import (
    CallOutcome,
    InboxMessage,
    InboxState,
    OperationState,
    ProviderAccount,
    ProviderCall,
    ProviderKind,
    ProviderOperation,
)
from praho.models.operations import SavedFilter
from praho.models.orders import Cart
from praho.models.provisioning import ServiceState
from praho.models.users import User
from praho.orders.services import ending
from praho.users.services import accounts
from tests.factories import billing, catalogue, customers, discounts, domains, orders, services, users

THREE_YEARS_AGO = datetime(2023, 11, 22, 10, 0, tzinfo=UTC)
NAME, EMAIL, PHONE = "Vasilica Nebunaru", "vasilica@nebunaru.example", "+40722999111"
TRACES = ("nebunaru", "722999111", "722 999 111", "vasilica", "203.0.113.77", "strada tainică")
"""What gives the person away wherever it stands."""


@dataclass
class Life:
    """The customer, its owner, an invoice of three years ago, and who works at the desk."""

    customer: Customer
    owner: User
    invoice: str
    desk: User


def live(run_jobs) -> Life:
    """Fill every room; nothing is alive or owed at the end."""
    billing.make_seller()
    desk = users.make_staff()
    owner = users.make_user(email=EMAIL, full_name=NAME)
    customer = customers.make_person(
        name=NAME, email=EMAIL, phone=PHONE, iban="RO49AAAA1B31007593840000", public_id=new_public_id("cus")
    )
    customers.make_member(customer, owner)
    with clock.moved_to(THREE_YEARS_AGO):
        invoice = billing.make_invoice(customer, 10_000)
        run_jobs()
    registrar = catalogue.make_offline_account(ProviderKind.REGISTRAR)
    provisioner = catalogue.make_offline_account(ProviderKind.PROVISIONER)
    plan = catalogue.make_plan(provisioner, slug="plan")
    catalogue.make_priced_tld("ro", registrar)
    member = Principal(
        ActorKind.USER, NAME, user_id=owner.id, public_id=owner.public_id, customer_id=customer.id, ip="203.0.113.77"
    )
    with acting_as(member), entered(SystemScope("live")):
        order = orders.make_order(customer, plan, ["nebunaru.ro"])
        ending.cancel(order, "Nebunaru s-a răzgândit")
        contacts.add(customer.id, ContactInput("Petra Nebunaru", "petra@nebunaru.example", PHONE, billing=True))
        inviting.invite(customer.id, "var@nebunaru.example", MemberRole.VIEWER)
        accounts.change_profile(owner.id, full_name="Vasilica M. Nebunaru", locale="ro", theme="system")
    _leave_rows(customer, owner, desk, registrar, provisioner, plan)
    run_jobs()
    return Life(customer, owner, invoice, desk)


def _leave_rows(customer, owner, desk, registrar: ProviderAccount, provisioner: ProviderAccount, plan) -> None:
    services.make_service(
        customer, provisioner, plan, domain_name="nebunaru.ro", username="nebunaru", state=ServiceState.CANCELLED
    )
    domain = domains.make_domain(customer, registrar, name="nebunaru.ro", state=DomainState.CANCELLED)
    discounts.give_standing(customer, 10, reason="Vărul doamnei Nebunaru")
    with acting_as(Principal(ActorKind.STAFF, desk.full_name, desk.id)), entered(SystemScope("live")):
        notes.write(customer.public_id, "Doamna Nebunaru sună des.")
    now = clock.now()
    with entered(SystemScope("live")), unit_of_work() as session:
        operation = ProviderOperation(
            account_id=registrar.id, customer_id=customer.id, kind="domains.register", intent="x",
            subject_kind="domain", subject_id=domain.public_id, state=OperationState.REJECTED,
            request={"name": "nebunaru.ro"}, reason="Nebunaru?", created_at=now, decided_at=now,
        )  # fmt: skip
        session.add(operation)
        session.flush()
        for operation_id in (operation.id, None):
            session.add(
                ProviderCall(
                    account_id=registrar.id, operation_id=operation_id, name="register", milliseconds=1, at=now,
                    outcome=CallOutcome.REJECTED, detail="GET /domains/nebunaru.ro",
                )
            )  # fmt: skip
        session.add(
            InboxMessage(
                account_id=registrar.id, external_id="evt_1", event={"payer": EMAIL}, body=EMAIL.encode(),
                state=InboxState.HANDLED, received_at=now,
            )
        )  # fmt: skip
        session.add(
            SavedFilter(
                user_id=desk.id, endpoint="customers_admin.customers", name="Ea", created_at=now,
                query="q=vasilica%40nebunaru.example",
            )
        )  # fmt: skip
        session.add(
            Job(
                kind="toy", key="toy:1", queue=Queue.LOW, payload={"email": EMAIL}, state=JobState.DEAD,
                max_failures=1, lease_seconds=1, run_at=now, created_at=now,
            )
        )  # fmt: skip
        cart = Cart(public_id=new_public_id("crt"), token_hash="x", created_at=now, updated_at=now)
        cart.details = f'{{"by": "{owner.public_id}", "name": "{NAME}"}}'
        session.add(cart)
    with entered(SystemScope("live")), unit_of_work() as session:
        row = session.get_one(Customer, customer.id)
        row.cnp = "1630615123457"
        address = session.scalars(select(customers.CustomerAddress).filter_by(customer_id=customer.id)).one()
        address.street = "Strada Tainică 7"


def traces(live_db) -> dict[str, list[str]]:
    """Return which tables hold which traces, whatever the column: texts, JSON, words of searches, bytes."""
    found: dict[str, list[str]] = {}
    with live_db.as_owner() as owner:
        tables = owner.execute(text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")).scalars().all()
        for table in tables:
            columns = owner.execute(
                text("SELECT column_name, data_type FROM information_schema.columns WHERE table_name = :table"),
                {"table": table},
            ).all()
            read = " || ' ' || ".join(
                f"coalesce(encode({name}, 'escape'), '')" if kind == "bytea" else f"coalesce({name}::text, '')"
                for name, kind in columns
            )
            for trace in TRACES:
                query = text(f"SELECT count(*) FROM {table} WHERE lower({read}) LIKE :trace")
                if owner.execute(query, {"trace": f"%{trace}%"}).scalar_one():
                    found.setdefault(table, []).append(trace)
    return found
