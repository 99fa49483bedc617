"""Playing one step of the story through the services, as the people of the demonstration would.

Each step is spent like a form's token, so that a step which was played before changes nothing and names what it made.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from praho.billing.payments.services import parking, reconciling, starting, transfers
from praho.core import clock, i18n
from praho.core.db.uow import unit_of_work
from praho.core.permissions import MemberRole
from praho.core.principal import ActorKind, Principal, acting_as
from praho.core.web import form_tokens
from praho.customers.services import changing, contacts, erasure_requests, members, notes, reading, registering
from praho.models.customers import ErasureChannel
from praho.models.orders import OrderState
from praho.operations.services.demo import cast, identities, people, promotions, providers, steps
from praho.operations.services.demo.outside import World
from praho.orders.services import carts, ending, placing, terms
from praho.orders.services import reading as orders
from praho.orders.types import OrderView
from praho.users.services import people as users
from praho.users.services import signing_up
from praho.users.types import Person

_PURPOSE = "demo.step"
_DECLINED = "insufficient_funds"
# Every ninth customer has its site looked after by the web designer who may sign in.
_DESIGNERS_SHARE = 9


@dataclass(frozen=True, slots=True)
class Buyer:
    """A customer on the stage, with the person who acts for it."""

    customer_id: int
    public_id: str
    person: Person
    ip: str


@dataclass(slots=True)
class Stage:
    """What the story has made so far: customers by number or login, results of steps by key."""

    world: World
    base_url: str
    buyers: dict[int | str, Buyer] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)

    def once(self, key: str, act: Callable[[], str]) -> str:
        """Do something once for each key, in one transaction, and return what it gave, or gave the first time."""
        with unit_of_work():
            self.made[key] = form_tokens.once(f"demo-{key}", _PURPOSE, act)
        return self.made[key]


def join(stage: Stage, key: str, action: steps.Join) -> None:
    """Let a customer sign up; its contacts follow."""
    who = action.who
    made = stage.once(key, lambda: _register(who)).split(" ")
    customer_id = int(made[0])
    owner = users.person(int(made[2]))
    assert owner is not None
    stage.buyers[who.number] = Buyer(customer_id, made[1], owner, who.ip)
    present = {contact.email for contact in reading.contacts(customer_id)} if who.contacts else set()
    with _as(owner, ActorKind.USER):
        for contact in who.contacts:
            if contact.email not in present:
                contacts.add(customer_id, contact)


def buy(stage: Stage, key: str, action: steps.Buy) -> None:
    """Place an order: its owner does, or staff on the telephone."""
    buyer = _buyer(stage, action.buyer)
    by_staff = action.by_staff
    person = staff(people.SUPPORT) if by_staff else buyer.person

    def order() -> str:
        token = _cart(action.wishes, action.currency)
        promotions.welcome(token, action.buyer, buyer.customer_id)
        wish = placing.Wish(token, buyer.person.locale or i18n.DEFAULT, by_staff=by_staff)
        accepted = terms.Acceptance(
            terms.version(), None if by_staff else buyer.ip, "Acceptat la telefon" if by_staff else None
        )
        return placing.place_now(wish, buyer.customer_id, accepted)

    with _as(person, ActorKind.STAFF if by_staff else ActorKind.USER):
        stage.once(key, order)


def transfer(stage: Stage, key: str, action: steps.Transfer) -> None:
    """Record a bank transfer for an order, as the person does who reads the statement."""
    order = _order(stage, action.order)
    received = transfers.Transfer(
        order.row.total_minor + action.surplus, order.row.currency, clock.today(), action.reference
    )
    assert order.proforma is not None
    with _as(staff(people.BILLING), ActorKind.STAFF):
        settled = transfers.record(order.proforma.public_id, received, form_token=f"demo-{key}-form")
    stage.made[key] = settled.public_id


def card(stage: Stage, _key: str, action: steps.Card) -> None:
    """Pay an order on the bank's page, or be declined there; PRAHO asks the bank what came of it."""
    order = _order(stage, action.order)
    if order.row.state is not OrderState.AWAITING_PAYMENT:
        return
    assert order.proforma is not None
    proforma_id = order.proforma.public_id
    account_id = providers.accounts().payment
    addresses = starting.Addresses(
        return_url=lambda attempt_id: f"{stage.base_url}/portal/{order.customer_public_id}/payments/{attempt_id}",
        webhook_url=lambda public_id: f"{stage.base_url}/webhooks/payments/{public_id}",
    )
    with _as(_owner(stage, order), ActorKind.USER):
        attempt = starting.start(proforma_id, account_id, addresses)
    stage.world.pay(attempt.public_id, _DECLINED if action.declined else "")
    reconciling.ask(attempt.public_id)


def cancel(stage: Stage, _key: str, action: steps.Cancel) -> None:
    """Take an unpaid order back, as its customer."""
    order = _order(stage, action.order)
    if order.row.state is OrderState.AWAITING_PAYMENT:
        with _as(_owner(stage, order), ActorKind.USER):
            ending.cancel(order.row.public_id, "Clientul s-a răzgândit")


def lapse(_stage: Stage, _key: str, _action: steps.Lapse) -> None:
    """End what was not paid in time."""
    ending.lapse_unpaid()


def note(stage: Stage, key: str, action: steps.Note) -> None:
    """Write something down about a customer, as support does."""
    buyer = stage.buyers[action.customer]
    with _as(staff(people.SUPPORT), ActorKind.STAFF):
        stage.once(key, lambda: notes.write(buyer.public_id, action.words))


def forget(stage: Stage, key: str, action: steps.Forget) -> None:
    """Take in that a customer wants to be forgotten, as support does."""
    customer_ref, today = stage.buyers[action.customer].public_id, clock.today()
    with _as(staff(people.SUPPORT), ActorKind.STAFF):
        form = f"demo-{key}-form"
        stage.once(key, lambda: erasure_requests.record(customer_ref, ErasureChannel.EMAIL, today, form_token=form))


def resolve(stage: Stage, key: str, action: steps.Resolve) -> None:
    """Deal with money that was parked."""

    def close() -> str:
        parking.resolve(stage.made[action.order], action.words)
        return action.order

    with _as(staff(people.BILLING), ActorKind.STAFF):
        stage.once(key, close)


def staff(login: people.Login) -> Person:
    """Return a member of the demonstration's staff."""
    return _person(login.email)


def _register(who: cast.Invented) -> str:
    owner = signing_up.create_user(
        email=who.typed.email,
        full_name=who.owner,
        password=people.PASSWORD,
        locale=who.typed.locale,
        confirmed=True,
        demo=True,
    )
    made = registering.register(who.typed, owner_id=owner.id)
    if who.number % _DESIGNERS_SHARE == 0:
        members.admit(changing.lock(made.id), _person(people.DESIGNER).id, MemberRole.TECHNICAL)
    return f"{made.id} {made.public_id} {owner.id}"


def _cart(wishes: tuple[steps.Wish, ...], currency: str) -> str:
    token: str | None = None
    for wish in wishes:
        plan = None if wish.plan is None else (wish.plan.slug, wish.plan.cycle)
        if wish.years is not None:
            token = carts.add_domain(token, wish.domain, wish.years, for_plan=plan, currency=currency)
        elif plan is not None:
            token = carts.add_plan(token, *plan, wish.domain, currency=currency)
    assert token is not None
    return token


def _buyer(stage: Stage, who: int | str) -> Buyer:
    if who not in stage.buyers:
        person = _person(str(who))
        membership = members.memberships_of(person.id)[0]
        stage.buyers[who] = Buyer(
            membership.customer_id, membership.customer_public_id, person, identities.ip(len(str(who)))
        )
    return stage.buyers[who]


def _order(stage: Stage, key: str) -> OrderView:
    return orders.shown(stage.made[key])


def _owner(stage: Stage, order: OrderView) -> Person:
    return next(buyer.person for buyer in stage.buyers.values() if buyer.customer_id == order.row.customer_id)


def _person(email: str) -> Person:
    found = users.by_email(email)
    assert found is not None
    return found


@contextmanager
def _as(person: Person, kind: ActorKind) -> Iterator[None]:
    who = Principal(kind, person.full_name, user_id=person.id, public_id=person.public_id, email=person.email)
    with acting_as(who):
        yield
