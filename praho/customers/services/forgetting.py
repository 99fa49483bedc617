"""Whom an erasure is about: the customer, the people who serve it alone, and the words that give them away."""

from collections.abc import Collection, Iterable
from typing import Any

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
from praho.models.domains import DomainName
from praho.models.orders import OrderItem
from praho.models.provisioning import Service
from praho.models.users import StaffInvitation, User
from praho.settings.services import values

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
    said = addresses | names | phones
    own = _spelled(said) - _held_elsewhere(customer.id, [row.id for row in people], said)
    spoken = {spelling for number in phones if number in own for spelling in _spellings(number)}
    words = (own & _spelled(addresses | phones)) | spoken | _domain_names(customer.id)
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
        # Hundreds are called Maria, with nothing else.
        names=tuple(sorted(name for name in own & _spelled(names) if len(name.split()) > 1)),
    )


def member_ids(customer_id: int) -> list[int]:
    """Return the users who act for a customer now. One query."""
    members = select(CustomerMember.user_id).where(CustomerMember.customer_id == customer_id, CustomerMember.active)
    return list(session().scalars(members))


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


def _held_elsewhere(customer_id: int, user_ids: Collection[int], texts: Iterable[str]) -> set[str]:
    """Return which of some names, addresses and numbers somebody else has too, staff and the company included."""
    # The database's lower() knows the letters of ASCII alone.
    asked = {_ascii_lower(each) for text in texts for each in (text, text.lower(), text.upper(), text.title())}
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
        select(func.lower(CustomerInvitation.email)).where(CustomerInvitation.customer_id != customer_id),
        select(func.lower(StaffInvitation.email)),
    ).subquery()
    words = others.c[0]
    company = {str(values.get(f"company.{field}") or "") for field in ("name", "email", "phone")}
    return _spelled({*session().scalars(select(words).where(words.in_(asked))), *company})


def _domain_names(customer_id: int) -> set[str]:
    """Return the names of the customer's domains that nobody else ever had here."""
    columns: tuple[tuple[Any, Any], ...] = (
        (DomainName.name, DomainName.customer_id),
        (Service.domain_name, Service.customer_id),
        (OrderItem.domain_name, OrderItem.customer_id),
    )
    named = set(session().scalars(union_all(*(select(name).where(of == customer_id) for name, of in columns))))
    named.discard(None)
    others = union_all(*(select(name).where(name.in_(named), of != customer_id) for name, of in columns))
    return named - set(session().scalars(others))


def _spelled(texts: Iterable[str]) -> set[str]:
    return {text.lower() for text in texts if text}


def _spellings(number: str) -> set[str]:
    parsed = phone.Phone(number)
    return {number, parsed.national, parsed.formatted, parsed.registry_form}


def _ascii_lower(text: str) -> str:
    return "".join(sign.lower() if sign.isascii() else sign for sign in text)
