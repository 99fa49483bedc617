"""Acting as the user whose identity a command itself has just established."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from praho.core.db import locking
from praho.core.errors import Conflict
from praho.core.i18n import gettext as _
from praho.core.principal import ActorKind, Principal, acting_as, current_principal
from praho.models.users import User


def lock(user_id: int) -> User:
    """Lock somebody's own account and return it as it is now. Needs a unit of work.

    Raises Conflict where it was switched off, or erased, since the request began: nothing is written to it any more.
    """
    user = locking.lock_one(User, user_id)
    if user is None or not user.active:
        raise Conflict(_("This account has been closed."))
    return user


@contextmanager
def as_user(user: User) -> Iterator[None]:
    """Name the user as the actor for a block, at the address of whoever asks: by password or by mailed link."""
    kind = ActorKind.USER if user.staff_role is None else ActorKind.STAFF
    principal = Principal(kind, user.full_name, user_id=user.id, public_id=user.public_id, email=user.email)
    with acting_as(replace(principal, ip=current_principal().ip)):
        yield
