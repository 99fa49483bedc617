"""A few customers whose lives go through the services, so that their rows are what life leaves behind.

The seed multiplies them. What is theirs alone — names, numbers, ids — is recognised by its text: keep the stems and
names below unlike anything else.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from benchmarks.seeding import founding
from praho.billing.documents import sale
from praho.billing.documents.services import proformas
from praho.billing.documents.services import reading as documents
from praho.billing.payments.services import transfers
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs.running import Jobs
from praho.core.jobs.table import Queue
from praho.core.permissions import MemberRole
from praho.core.principal import Principal, acting_as
from praho.customers.services import changing, contacts, members, registering
from praho.customers.types import ContactInput, CustomerInput
from praho.models.catalogue import BillingCycle
from praho.models.customers import CustomerKind
from praho.orders.services import carts, placing, terms
from praho.orders.services import reading as orders
from praho.users.services import signing_up

INVOICES = 5
"""For each customer: the one of its order, and further ones with three lines."""
# Delivery and mail leave rows that pages show; XML files and checks of registers do not, and take long.
_LIVED = frozenset({Queue.HIGH, Queue.EMAIL})
_EVERY_DAYS = 70
_BETWEEN_DAYS = 14


@dataclass(frozen=True, slots=True)
class Prototype:
    """A customer to be multiplied. `stem` is its domain without the suffix, letters only."""

    name: str
    stem: str
    cui: str = ""
    owes: bool = False
    """Whether it has an order that waits for its money."""

    @property
    def owner(self) -> str:
        return f"{self.stem}@posta.example"


PROTOTYPES = (
    Prototype("Prototip Alfa", "prototipalfa", "99000034"),
    Prototype("Prototip Beta", "prototipbeta"),
    Prototype("Prototip Gama", "prototipgama", "99000042"),
    Prototype("Prototip Delta", "prototipdelta"),
    Prototype("Prototip Omega", "prototipomega", "99000050", owes=True),
)
ODD = Prototype("Cazul Rar", "cazulrar")
"""Somebody with what is rare, and not multiplied: its payments come too late for the series, and wait for invoices."""


def live(jobs: Jobs) -> None:
    """Let all prototypes live through the last year, oldest event first, and do the jobs that follow."""
    with acting_as(Principal.system("benchmark")), entered(SystemScope("benchmark")):
        start = clock.now() - timedelta(days=_EVERY_DAYS * INVOICES + _BETWEEN_DAYS)
        with clock.moved_to(start):
            customers = {prototype: _register(prototype) for prototype in (*PROTOTYPES, ODD)}
        for number in range(INVOICES):
            for place, prototype in enumerate((*PROTOTYPES, ODD)):
                days = number * _EVERY_DAYS + (place % len(PROTOTYPES)) * _BETWEEN_DAYS
                with clock.moved_to(start + timedelta(days=days)):
                    _buy(prototype, customers[prototype], number)
                    _work(jobs)
        for prototype in PROTOTYPES:
            if prototype.owes:
                _order(customers[prototype], f"nou{prototype.stem}")
        _pay(_proforma(customers[ODD]), surplus=1000)
        _work(jobs)


def _register(prototype: Prototype) -> int:
    typed = CustomerInput(
        kind=CustomerKind.COMPANY if prototype.cui else CustomerKind.PERSON,
        name=f"{prototype.name} S.R.L." if prototype.cui else prototype.name,
        email=prototype.owner,
        phone="0264 555 118",
        street="Strada Cireșilor nr. 7",
        city="Florești",
        county="Cluj",
        post_code="407280",
        cui=prototype.cui,
        vat_payer=prototype.owes,
        reg_com="J12/2871/2017" if prototype.cui else "",
    )
    owner, helper = (
        signing_up.create_user(email=address, full_name=name, password=founding.PASSWORD, locale="ro", confirmed=True)
        for address, name in (
            (prototype.owner, prototype.name),
            (f"contabil@{prototype.stem}.ro", f"Contabil {prototype.name}"),
        )
    )
    customer = registering.register(typed, owner_id=owner.id)
    with unit_of_work():
        members.admit(changing.lock(customer.id), helper.id, MemberRole.BILLING)
    contacts.add(customer.id, ContactInput("Ana", f"ana@{prototype.stem}.ro", "", billing=True, technical=False))
    return customer.id


def _buy(prototype: Prototype, customer_id: int, number: int) -> None:
    if number == 0:
        order = _order(customer_id, prototype.stem)
        proforma = orders.shown(order).proforma
        assert proforma is not None
        _pay(proforma.public_id)
    else:
        _pay(_proforma(customer_id))


def _order(customer_id: int, stem: str) -> str:
    annual = (founding.PLAN, BillingCycle.ANNUAL)
    cart = carts.add_domain(None, f"{stem}.{founding.SUFFIX}", 1, for_plan=annual)
    accepted = terms.Acceptance(terms.version(), "192.0.2.7")
    return placing.place(placing.Wish(cart, "ro"), customer_id, accepted, form_token=secrets.token_urlsafe(12))


def _proforma(customer_id: int) -> str:
    lines = [sale.SaleLine(f"Administrare server, partea {number}", 10_000 * number) for number in (1, 2, 3)]
    issued = proformas.issue(customer_id, lines, currency="RON", locale="ro", due_date=clock.today())
    return issued.public_id


def _pay(proforma_id: str, surplus: int = 0) -> None:
    total = documents.shown(proforma_id).total
    received = transfers.Transfer(total.minor + surplus, total.currency, clock.today(), "OP 1187")
    transfers.record(proforma_id, received, form_token=secrets.token_urlsafe(12))


def _work(jobs: Jobs) -> None:
    while jobs.run_one("benchmark", queues=_LIVED):
        pass
