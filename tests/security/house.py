"""A furnished house: two customers, one of whom has something of everything, and staff in every role."""

from dataclasses import dataclass, field

from flask import Flask
from sqlalchemy import select, text, update

from praho import app as application
from praho.billing.documents.services import archiving
from praho.billing.payments.services import advances, parking, receiving, settlement, write_offs
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs.table import Job, JobState
from praho.core.permissions import MemberRole, StaffRole
from praho.core.principal import ActorKind, Principal, acting_as
from praho.core.text import search_document
from praho.customers.services import contacts, erasure_requests, inviting, notes
from praho.customers.types import ContactInput
from praho.models.billing.documents import Document, DocumentKind, FileKind, SeriesKind
from praho.models.billing.efactura_sending import EfacturaSubmission, SubmissionState
from praho.models.billing.payments import PaymentMethod
from praho.models.customers import Customer, ErasureChannel
from praho.models.integrations import InboxMessage, InboxState
from praho.models.notifications import Message, MessageState
from praho.models.orders import Order
from praho.models.users import User
from praho.operations.services import saved_filters
from praho.operations.services.bulk import running, starting
from praho.sdk import events
from praho.sdk.dto import PaymentState, PaymentStatus
from praho.sdk.events import PaymentChanged
from praho.sdk.money import Money
from praho.settings.services import images
from praho.users.services import inviting as staff_inviting
from praho_sandbox.testing import SandboxWorld
from tests.billing.payments import money, paying
from tests.factories import (
    billing,
    catalogue,
    customers,
    discounts,
    domains,
    efactura,
    orders,
    providers,
    services,
    users,
)
from tests.fakes.anaf_spv import Anaf
from tests.fixtures.database import LiveDatabase


@dataclass
class House:
    """What the walks need to know of it. `members` and `other` act for customers, `staff` by role."""

    app: Flask
    customer: Customer
    members: dict[MemberRole, User]
    neighbour: Customer
    other: User
    staff: dict[StaffRole, User]
    ids: list[str] = field(default_factory=list)
    """Ids of everything in the house that an address may carry, a few of each kind."""
    own_ids: list[str] = field(default_factory=list)
    """Those of what belongs to `customer`."""
    known: dict[str, dict[str, object]] = field(default_factory=dict)
    """What leads somewhere in a route's address, by endpoint, once a walk has found it."""


LOGO = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>'
"""A picture of the settings."""


def furnish(app: Flask, database: LiveDatabase, world: SandboxWorld) -> House:
    """Fill an empty database through the services that fill it in life."""
    billing.make_seller()
    staff = {role: users.make_staff(role) for role in StaffRole}
    customer, neighbour = customers.make_customer(name="Țiglăria Vâlcea S.R.L."), customers.make_customer()
    members = {role: users.make_user() for role in MemberRole}
    for role, user in members.items():
        customers.make_member(customer, user, role)
    other = users.make_user()
    customers.make_member(neighbour, other)
    with acting_as(_as(staff[StaffRole.ADMIN])):
        _furnish_people(customer)
        discounts.give_standing(customer, group_id=discounts.make_group(10))
        _furnish_trade(app, customer, world)
        _furnish_desk()
    made = House(app, customer, members, neighbour, other, staff)
    made.ids = _public_ids(database, None)
    made.own_ids = _public_ids(database, customer.id)
    return made


def _as(user: User) -> Principal:
    return Principal(
        ActorKind.STAFF, user.full_name, user.id, user.public_id, staff_role=user.staff_role, second_factor=True
    )


def _furnish_people(customer: Customer) -> None:
    contact = ContactInput(name="Ioana Contabila", email="conta@client.example", phone="", billing=True, technical=True)
    with entered(SystemScope("furnish")):
        contacts.add(customer.id, contact)
        inviting.invite(customer.id, "nou@client.example", MemberRole.VIEWER)
        notes.write(customer.public_id, "Sună înainte de orice schimbare.")
        erasure_requests.record(customer.public_id, ErasureChannel.EMAIL, clock.today(), form_token="an erasure")
        staff_inviting.invite("coleg@gazduire.example", StaffRole.SUPPORT)


def _furnish_desk() -> None:
    discounts.make_code()
    efactura.connect(Anaf())
    with entered(SystemScope("furnish")):
        images.keep(LOGO)
        saved_filters.keep("customers_admin.customers", "Persoane", "kind=person", default=False)
        running.go_on(starting.start("notifications.resend", ["msg_nobody"], "", form_token="a run"))


def _furnish_trade(app: Flask, customer: Customer, world: SandboxWorld) -> None:
    registrar, provisioner = providers.make_registrar(world), providers.make_provisioner(world)
    card = providers.make_payment_account(world)
    plan = catalogue.make_plan(provisioner, group=catalogue.make_group(slug="grup"), slug="plan")
    catalogue.make_priced_tld("ro", registrar)
    world.arm("webhook", "never", times=100)
    with entered(SystemScope("furnish")):
        paid, waiting = (orders.make_order(customer, plan, [f"exemplu{number}.ro"]) for number in range(2))
        settle(proforma_of(paid))
    run(app)
    services.make_service(customer, provisioner, plan)
    domains.make_domain(customer, registrar)
    paying.start(customer, proforma_of(waiting), card)
    with entered(SystemScope("furnish")), unit_of_work() as session:
        parking.park(parking.Facts(parking.Reason.AMOUNT, card.id, "ext_1", customer.id, None, 100, "RON"))
        session.add(_webhook(card.id))
        session.execute(update(Message).where(Message.id == 1).values(state=MessageState.FAILED, error="550 no"))
        newest = select(Job.id).order_by(Job.id.desc()).limit(1).scalar_subquery()
        session.execute(update(Job).where(Job.id == newest).values(state=JobState.DEAD, last_error="Traceback"))
    with entered(SystemScope("furnish")):
        settle(billing.make_proforma(customer), when_series_are=False)
    _furnish_account(customer)
    _furnish_efactura()


def _furnish_account(customer: Customer) -> None:
    with entered(SystemScope("furnish")):
        settle(advances.ask(customer.id, "Server dedicat", Money(10_000, "RON"), form_token="an advance"))
    billing.make_series("CH", kind=SeriesKind.RECEIPT)
    short = billing.make_proforma(customer)
    paid = money.pay(short, 12_098)
    money.arrive(customer, 500)
    with entered(SystemScope("furnish")):
        receiving.issue(paid.public_id)
        write_offs.write_off(short, 2, "Rest mic", form_token="a write-off")


def _furnish_efactura() -> None:
    """Have each invoice rejected by ANAF, and sealed all the same: a page shows either."""
    for invoice in billing.documents(DocumentKind.INVOICE):
        with entered(SystemScope("furnish")), unit_of_work() as session:
            archiving.keep(invoice.id, FileKind.SEALED, f"{invoice.number_text}-anaf.zip", b"PK")
            row = EfacturaSubmission(customer_id=invoice.customer_id, document_id=invoice.id, revision=0)
            row.search = search_document(invoice.number_text, invoice.buyer_name)
            row.state, row.messages, row.due_on, row.created_at = (
                SubmissionState.REJECTED,
                ["E: BR-RO-100"],
                clock.today(),
                clock.now(),
            )
            session.add(row)


def proforma_of(order_id: str) -> str:
    """Return the id of an order's proforma."""
    with entered(SystemScope("furnish")) as session:
        statement = select(Document.public_id).where(Document.subject_id == order_id)
        found = session.scalar(statement)
        assert found is not None, session.scalar(select(Order.state))
        return found


def settle(proforma: str, *, when_series_are: bool = True) -> None:
    """Pay a proforma by transfer; without a series in use it becomes no invoice."""
    with entered(SystemScope("furnish")), unit_of_work() as session:
        total = session.scalars(select(Document.total_minor).where(Document.public_id == proforma)).one()
        session.execute(text("UPDATE billing_number_series SET active = :use"), {"use": when_series_are})
        settlement.settle(
            settlement.Receipt(proforma, PaymentMethod.BANK_TRANSFER, total, "RON", clock.today(), "OP 1")
        )
        session.execute(text("UPDATE billing_number_series SET active = true"))


def run(app: Flask) -> None:
    """Do the jobs that are due."""
    jobs = application.jobs(app)
    while jobs.run_one("test"):
        pass


def _webhook(account_id: int) -> InboxMessage:
    status = PaymentStatus("pat_1", "pay_1", PaymentState.SUCCEEDED, Money(100, "RON"), "praho-demo", clock.now())
    return InboxMessage(
        account_id=account_id,
        external_id="evt_1",
        event=events.encode(PaymentChanged("evt_1", clock.now(), status)),
        body=b"{}",
        state=InboxState.FAILED,
        received_at=clock.now(),
        error="the plugin is gone",
    )


def _public_ids(database: LiveDatabase, customer_id: int | None) -> list[str]:
    """Return the public ids of every table, or of what one customer owns."""
    found: list[str] = []
    with database.as_owner() as connection:
        columns = connection.execute(
            text(
                "SELECT p.table_name, bool_or(o.column_name IS NOT NULL) FROM information_schema.columns p"
                " LEFT JOIN information_schema.columns o ON o.table_name = p.table_name"
                " AND o.table_schema = 'public' AND o.column_name = 'customer_id'"
                " WHERE p.table_schema = 'public' AND p.column_name = 'public_id'"
                " AND (p.table_name <> 'audit_event' OR :all) GROUP BY 1 ORDER BY 1"
            ),
            {"all": customer_id is None},
        ).all()
        for table, owned in columns:
            where = "" if customer_id is None else f" WHERE customer_id = {customer_id}"
            if owned or customer_id is None:
                found += connection.execute(text(f'SELECT public_id FROM "{table}"{where} ORDER BY id')).scalars()
    return _a_few_of_each(found)


def _a_few_of_each(ids: list[str]) -> list[str]:
    """Return the first three ids of each kind: more of them would only make the walks longer."""
    kinds: dict[str, list[str]] = {}
    for public_id in ids:
        kinds.setdefault(public_id.partition("_")[0], []).append(public_id)
    return [public_id for kind in kinds.values() for public_id in kind[:3]]
