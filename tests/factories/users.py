"""People for tests: plain rows, each made in a unit of work of its own."""

import itertools
from typing import Any

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.permissions import StaffRole
from praho.models.users import User

_numbers = itertools.count(1)


def make_user(**values: Any) -> User:
    """Insert a person with a confirmed address and no password; `values` replace the defaults."""
    number = next(_numbers)
    row = User(
        **{
            "email": f"persoana{number}@client.example",
            "full_name": f"Persoana {number}",
            "email_confirmed_at": clock.now(),
            "created_at": clock.now(),
            **values,
        }
    )
    with entered(SystemScope("factory")), unit_of_work() as session:
        session.add(row)
    return row


def make_staff(role: StaffRole = StaffRole.ADMIN, **values: Any) -> User:
    """Insert a member of staff."""
    return make_user(staff_role=role, **values)
