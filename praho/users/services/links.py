"""Mailed links: a token that its holder alone knows, usable once and for a time."""

from datetime import timedelta

from praho.core import clock, crypto
from praho.core.db import locking
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import require_unit_of_work
from praho.core.i18n import gettext as _
from praho.models.users import TokenPurpose, User, UserToken
from praho.users import repos
from praho.users.errors import LinkExpired

LIFETIMES = {
    TokenPurpose.CONFIRM_EMAIL: timedelta(days=3),
    TokenPurpose.RESET_PASSWORD: timedelta(hours=2),
}
"""How long a link may be used, in machine time."""


def issue(user_id: int, purpose: TokenPurpose) -> tuple[str, str]:
    """Make a link's token and void the earlier ones of the purpose; return it and a name for its occasion.

    Needs a unit of work under a system or a staff scope.
    """
    session = require_unit_of_work().session
    now = clock.machine_now()
    void(user_id, purpose)
    token, token_hash = crypto.new_token()
    session.add(
        UserToken(
            user_id=user_id,
            purpose=purpose,
            token_hash=token_hash,
            created_at=now,
            expires_at=now + LIFETIMES[purpose],
        )
    )
    return token, token_hash[:24]


def void(user_id: int, purpose: TokenPurpose) -> None:
    """Let a user's open links of a purpose lead nowhere. Needs a unit of work."""
    require_unit_of_work()
    for row in repos.open_tokens(user_id, purpose):
        row.used_at = clock.machine_now()


def check(token: str, purpose: TokenPurpose) -> None:
    """Raise LinkExpired unless the link may be used now."""
    with entered(SystemScope("mailed link")):
        if repos.open_token(crypto.hash_token(token), purpose, clock.machine_now()) is None:
            raise expired()


def spend(token: str, purpose: TokenPurpose) -> User:
    """Use a link up and return its user, locked; raise LinkExpired. Needs a unit of work."""
    require_unit_of_work()
    found = repos.open_token(crypto.hash_token(token), purpose, clock.machine_now())
    row = None if found is None else locking.lock_one(UserToken, found.id)
    user = None if row is None else locking.lock_one(User, row.user_id)
    if row is None or row.used_at is not None or user is None or not user.active:
        raise expired()
    row.used_at = clock.machine_now()
    return user


def expired() -> LinkExpired:
    """Return the refusal of a link that is unknown, used or too old."""
    return LinkExpired(_("This link has been used already, or it is too old. Please ask for a new one."))
