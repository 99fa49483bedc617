"""Users as others name them."""

from collections.abc import Iterable

from sqlalchemy import select

from praho.core.db.scope import SystemScope, entered, session
from praho.core.principal import ActorKind, Principal
from praho.models.users import User
from praho.users import repos
from praho.users.types import Person


def person(user_id: int) -> Person | None:
    """Return the user with this id."""
    return people([user_id]).get(user_id)


def people(user_ids: Iterable[int]) -> dict[int, Person]:
    """Return users by id; one query."""
    with entered(SystemScope("people")):
        found = session().scalars(select(User).where(User.id.in_(set(user_ids))))
        return {user.id: frozen(user) for user in found}


def acting(user_id: int) -> Principal | None:
    """Return an active member of staff as who acts in a job that they asked for, with the rights they have now."""
    with entered(SystemScope("people")):
        user = session().get(User, user_id)
        if user is None or not user.active or user.staff_role is None:
            return None
        return Principal(
            ActorKind.STAFF,
            user.full_name,
            user_id=user.id,
            public_id=user.public_id,
            email=user.email,
            locale=user.locale,
            email_confirmed=user.email_confirmed_at is not None,
            staff_role=user.staff_role,
            second_factor=True,
        )


def by_email(email: str) -> Person | None:
    """Return the active user with this normalised address. Needs a scope that may read users."""
    user = repos.user_by_email(email)
    return frozen(user) if user is not None and user.active else None


def anybody() -> bool:
    """Return whether there is any account at all. Needs a scope that may read users."""
    return repos.any_user()


def frozen(user: User) -> Person:
    """Return a row as a value."""
    return Person(user.id, user.public_id, user.email, user.full_name, user.locale)
