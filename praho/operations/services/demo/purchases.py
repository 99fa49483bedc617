"""What the demonstration's customers have ordered: something for every page to show."""

from collections.abc import Iterator
from contextlib import contextmanager

from praho.billing.documents.services import reading as documents
from praho.billing.payments.services import transfers
from praho.core import clock, i18n
from praho.core.principal import ActorKind, Principal, acting_as
from praho.customers.services import members
from praho.models.catalogue import BillingCycle
from praho.operations.services.demo import people, plans
from praho.orders.services import carts, placing, terms
from praho.orders.services import reading as orders
from praho.users.services import people as users
from praho.users.types import Person

_TOO_MUCH = 1000


def made() -> bool:
    """Return whether everything was ordered already: whether the last order was; in a system scope."""
    return bool(orders.of_customer(_customer(_person(people.STUDIO)), 1))


def make() -> None:
    """Order it all, each once however often this is called; in a system scope.

    The bakery has paid, and goes live as soon as the jobs run. The person has sent too much, which
    is balance now, then the same once more, which waits for staff, and has a free plan. The studio has not paid yet.
    """
    token = carts.add_domain(None, "brutaria-ciresilor.ro", 1, for_plan=(plans.STANDARD, BillingCycle.ANNUAL))
    _transfer(_order(people.BAKERY, token, "demo-bakery"), 0, "OP 1187", "demo-bakery-paid")
    token = carts.add_domain(None, "andrei-ionescu.ro", 2, for_plan=(plans.START, BillingCycle.ANNUAL))
    ordered = _order(people.PERSON, token, "demo-person")
    _transfer(ordered, _TOO_MUCH, "Ionescu A.", "demo-person-paid")
    _transfer(ordered, 0, "Ionescu A.", "demo-person-twice")
    token = carts.add_plan(None, plans.FREE, BillingCycle.ANNUAL, "ionescu-foto.ro")
    _order(people.PERSON, token, "demo-person-free")
    token = carts.add_domain(None, "atelier-nord.com", 1, for_plan=(plans.STORE, BillingCycle.MONTHLY))
    _order(people.STUDIO, token, "demo-studio")


def _order(email: str, cart_token: str, form_token: str) -> str:
    """Order a cart as its owner does, and return the order's public id."""
    buyer = _person(email)
    with _as(buyer, ActorKind.USER):
        wish = placing.Wish(cart_token, i18n.DEFAULT)
        accepted = terms.Acceptance(terms.version(), "127.0.0.1")
        return placing.place(wish, _customer(buyer), accepted, form_token=form_token)


def _transfer(order_id: str, surplus_minor: int, reference: str, form_token: str) -> None:
    """Record a transfer for an order's proforma as staff do."""
    proforma = orders.shown(order_id).proforma
    assert proforma is not None
    total = documents.shown(proforma.public_id).total
    with _as(_person(people.ADMIN.email), ActorKind.STAFF):
        received = transfers.Transfer(total.minor + surplus_minor, total.currency, clock.today(), reference)
        transfers.record(proforma.public_id, received, form_token=form_token)


def _person(email: str) -> Person:
    found = users.by_email(email)
    assert found is not None
    return found


def _customer(owner: Person) -> int:
    return members.memberships_of(owner.id)[0].customer_id


@contextmanager
def _as(person: Person, kind: ActorKind) -> Iterator[None]:
    who = Principal(kind, person.full_name, user_id=person.id, public_id=person.public_id, email=person.email)
    with acting_as(who):
        yield
