"""Whom an erasure is about: the customer, the people who serve it alone, and the words that give them away."""

from collections.abc import Collection, Iterable

from sqlalchemy import Text, cast, func, select, union_all

from praho.core import i18n
from praho.core.db.scope import session
from praho.core.i18n import gettext as _
from praho.core.identifiers import phone
from praho.core.personal_data import Forgotten
from praho.models.customers import (
    Customer,
    CustomerContact,
    CustomerInvitation,
    CustomerMember,
    CustomerState,
)
from praho.models.domains import LIVE_DOMAINS, DomainName
from praho.models.orders import OrderItem
from praho.models.provisioning import Service
from praho.models.users import User

_SHORTEST_WORD = 5


def whom(customer: Customer) -> Forgotten:
    """Return whom the erasure of a customer is about. Some queries, in a staff or a system scope."""
    people = _people_of_it_alone(customer.id)
    contacts = list(session().scalars(select(CustomerContact).where(CustomerContact.customer_id == customer.id)))
    addresses = {
        customer.email,
        *(row.email for row in contacts),
        *(row.email for row in people),
        *_invited(customer.id),
    }
    names = {customer.name, *(row.name for row in contacts), *(row.full_name for row in people)}
    phones = {number for number in (customer.phone, *(row.phone for row in contacts)) if number is not None}
    own = _spelled(addresses | names | phones) - _held_elsewhere(customer.id, [row.id for row in people])
    spoken = {spelling for number in phones if number in own for spelling in _spellings(number)}
    words = own | spoken | _domain_names(customer.id)
    with i18n.in_locale(i18n.DEFAULT):
        pseudonym = _("Erased customer %(number)s", number=customer.public_id[-6:].upper())
        person = _("Erased person")
    return Forgotten(
        customer_id=customer.id,
        customer_ref=customer.public_id,
        pseudonym=pseudonym,
        person=person,
        user_ids=tuple(row.id for row in people),
        user_refs=tuple(row.public_id for row in people),
        addresses=tuple(sorted(own & _spelled(addresses))),
        words=tuple(sorted(word for word in words if len(word) >= _SHORTEST_WORD)),
    )


def _people_of_it_alone(customer_id: int) -> list[User]:
    """Return the members who are no staff, and members of no other customer that still is one."""
    elsewhere = (
        select(CustomerMember.user_id)
        .join(Customer, Customer.id == CustomerMember.customer_id)
        .where(CustomerMember.active, Customer.id != customer_id, Customer.state != CustomerState.ERASED)
    )
    members = select(CustomerMember.user_id).where(CustomerMember.customer_id == customer_id, CustomerMember.active)
    statement = select(User).where(User.id.in_(members), User.id.not_in(elsewhere), User.staff_role.is_(None))
    return list(session().scalars(statement.order_by(User.id)))


def _invited(customer_id: int) -> list[str]:
    statement = select(CustomerInvitation.email).where(CustomerInvitation.customer_id == customer_id)
    return list(session().scalars(statement))


def _held_elsewhere(customer_id: int, user_ids: Collection[int]) -> set[str]:
    """Return the names, addresses and numbers, folded, of everybody else who shares one with the customer."""
    mine = select(Customer).where(Customer.id == customer_id).subquery()
    contacts = select(CustomerContact).where(CustomerContact.customer_id == customer_id).subquery()
    people = select(User).where(User.id.in_(user_ids)).subquery()
    said = union_all(
        *(select(func.lower(table.c[name])) for table in (mine, contacts) for name in ("name", "email", "phone")),
        *(select(func.lower(people.c[name])) for name in ("full_name", "email")),
    )
    others = union_all(
        *(
            select(func.lower(cast(column, Text))).where(Customer.id != customer_id)
            for column in (Customer.name, Customer.email, Customer.phone)
        ),
        *(
            select(func.lower(cast(column, Text))).where(CustomerContact.customer_id != customer_id)
            for column in (CustomerContact.name, CustomerContact.email, CustomerContact.phone)
        ),
        *(
            select(func.lower(cast(column, Text))).where(User.id.not_in(user_ids))
            for column in (User.full_name, User.email)
        ),
    ).subquery()
    words = others.c[0]
    return set(session().scalars(select(words).where(words.in_(said))))


def _domain_names(customer_id: int) -> set[str]:
    """Return the names of the customer's domains that nobody holds now."""
    named = union_all(
        select(DomainName.name).where(DomainName.customer_id == customer_id),
        select(Service.domain_name).where(Service.customer_id == customer_id),
        select(OrderItem.domain_name).where(OrderItem.customer_id == customer_id),
    ).subquery()
    live = select(DomainName.name).where(DomainName.state.in_(LIVE_DOMAINS), DomainName.customer_id != customer_id)
    name = named.c[0]
    return set(session().scalars(select(name).where(name.is_not(None), name.not_in(live))))


def _spelled(texts: Iterable[str]) -> set[str]:
    return {text.lower() for text in texts if text}


def _spellings(number: str) -> set[str]:
    parsed = phone.Phone(number)
    return {number, parsed.national, parsed.formatted}
