"""Customers for tests: plain rows, each made in a unit of work of its own."""

import itertools
from typing import Any

from sqlalchemy import select

from praho.core import clock, text
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.permissions import MemberRole
from praho.models.customers import (
    AddressKind,
    Customer,
    CustomerAddress,
    CustomerKind,
    CustomerMember,
)
from praho.models.users import User
from tests.factories import users

_numbers = itertools.count(1)
# The weights of the check digit of a CUI, from the left, for a body of nine digits.
_CUI_WEIGHTS = (7, 5, 3, 2, 1, 7, 5, 3, 2)


def make_customer(**values: Any) -> Customer:
    """Insert a company with a valid CUI and a billing address in Cluj; `values` replace the defaults."""
    number = next(_numbers)
    name = values.get("name", f"Client {number} S.R.L.")
    row = Customer(
        **{
            "kind": CustomerKind.COMPANY,
            "name": name,
            "name_sort": text.sort_key(name),
            "email": f"contact{number}@firma.example",
            "cui": valid_cui(number),
            "reg_com": "J12/345/2019",
            "search": text.search_document(name, values.get("cui", valid_cui(number))),
            "created_at": clock.now(),
            **values,
        }
    )
    with entered(SystemScope("factory")), unit_of_work() as session:
        session.add(row)
        session.flush()
        session.add(billing_address(row.id))
    return row


def make_person(**values: Any) -> Customer:
    """Insert a private person with a billing address in Cluj."""
    name = values.pop("name", f"Ștefan Popescu {next(_numbers)}")
    return make_customer(**{"kind": CustomerKind.PERSON, "name": name, "cui": None, "reg_com": None, **values})


def make_abroad(country: str, city: str = "Berlin", post_code: str | None = "10115", **values: Any) -> Customer:
    """Insert a company with its billing address in another country; `kind` and the like replace the defaults."""
    vat_id = values.get("vat_id")
    facts = {"cui": None, "reg_com": None, "vat_payer": vat_id is not None, "phone": None, **values}
    row = make_customer(**facts)
    with entered(SystemScope("factory")), unit_of_work() as session:
        address = session.scalars(select(CustomerAddress).where(CustomerAddress.customer_id == row.id)).one()
        address.country, address.city, address.county_code, address.post_code = country, city, None, post_code
    return row


def make_member(customer: Customer, user: User | None = None, role: MemberRole = MemberRole.OWNER) -> CustomerMember:
    """Make a user (a fresh one for None) a member of the customer."""
    person = users.make_user() if user is None else user
    row = CustomerMember(customer_id=customer.id, user_id=person.id, role=role, created_at=clock.now())
    with entered(SystemScope("factory")), unit_of_work() as session:
        session.add(row)
    return row


def billing_address(customer_id: int) -> CustomerAddress:
    """Return an address that is not in the database yet."""
    return CustomerAddress(
        customer_id=customer_id,
        kind=AddressKind.BILLING,
        street="Strada Memorandumului nr. 28",
        city="Cluj-Napoca",
        county_code="RO-CJ",
        post_code="400114",
        country="RO",
    )


def valid_cui(number: int) -> str:
    """Return a tax number with a right check digit, another one for each number."""
    body = str(10_000_000 + number).zfill(9)
    control = sum(int(digit) * weight for digit, weight in zip(body, _CUI_WEIGHTS, strict=True)) * 10 % 11 % 10
    return body.lstrip("0") + str(control)
