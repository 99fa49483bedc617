"""Acting as the user whose identity a command itself has just established."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from praho.core.principal import ActorKind, Principal, acting_as, current_principal
from praho.models.users import User


@contextmanager
def as_user(user: User) -> Iterator[None]:
    """Name the user as the actor for a block, at the address of whoever asks: by password or by mailed link."""
    kind = ActorKind.USER if user.staff_role is None else ActorKind.STAFF
    principal = Principal(kind, user.full_name, user_id=user.id, public_id=user.public_id, email=user.email)
    with acting_as(replace(principal, ip=current_principal().ip)):
        yield
