"""Signed-in browsers: a row for each, found by the hash of the token in the browser's cookie.

Lifetimes are machine time. A session of somebody with a second factor counts as nobody's until the factor was
passed: the password alone opens nothing.
"""

from datetime import timedelta

from praho.core import clock, crypto
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import require_unit_of_work, unit_of_work
from praho.core.ids import new_public_id
from praho.core.principal import ANONYMOUS, ActorKind, Principal
from praho.models.users import User, UserSession
from praho.users import repos, types

_SEEN_EVERY = timedelta(minutes=5)
_ANONYMOUS_NAME = ANONYMOUS.name


def principal_of(token: str | None, *, ip: str | None) -> Principal:
    """Return who is behind a browser's token; the anonymous visitor for none, an ended or a half-open one.

    One query, and every few minutes one more that notes the visit.
    """
    nobody = Principal(ActorKind.ANONYMOUS, _ANONYMOUS_NAME, ip=ip)
    if not token:
        return nobody
    with entered(SystemScope("who is it")):
        found = repos.session_and_user(crypto.hash_token(token), clock.machine_now())
    if found is None or _waits_for_factor(*found):
        return nobody
    row, user = found
    if clock.machine_now() - row.last_seen_at > _SEEN_EVERY:
        _note_visit(row.id, ip)
    return _principal(row, user, ip)


def pending_of(token: str | None) -> types.Pending | None:
    """Return the session that still waits for its second factor, or None where the token is no such."""
    if not token:
        return None
    with entered(SystemScope("second factor")):
        found = repos.session_and_user(crypto.hash_token(token), clock.machine_now())
    if found is None or not _waits_for_factor(*found):
        return None
    user = found[1]
    return types.Pending(user.id, user.public_id, user.email, user.staff_role is not None)


def start(user_id: int, browser: types.Browser, *, second_factor: bool = False) -> str:
    """Open a session for a user and return the token for the browser's cookie.

    Needs a unit of work under a system scope. `second_factor` says that the factor was passed just now; without
    it the session of somebody who has one lives for a quarter of an hour, waiting for it.
    """
    database = require_unit_of_work().session
    user = database.get_one(User, user_id)
    now = clock.machine_now()
    token, token_hash = crypto.new_token()
    row = UserSession(
        public_id=new_public_id("ses"),
        token_hash=token_hash,
        user_id=user_id,
        created_at=now,
        last_seen_at=now,
        expires_at=now + _lifetime(user, second_factor),
        second_factor_at=now if second_factor else None,
        ip=browser.ip,
        user_agent=(browser.user_agent or "")[:400] or None,
    )
    database.add(row)
    return token


def end(token: str | None) -> None:
    """End the session of a browser's token; nothing happens where there is none."""
    if not token:
        return
    with entered(SystemScope("sign out")), unit_of_work():
        found = repos.session_and_user(crypto.hash_token(token), clock.machine_now())
        if found is not None:
            found[0].ended_at = clock.machine_now()


def end_all(user_id: int, *, but: str | None = None) -> int:
    """End a user's sessions, all but the one with the public id `but`; return how many.

    Needs a unit of work under a system or a staff scope.
    """
    require_unit_of_work()
    now = clock.machine_now()
    ended = [row for row in repos.open_sessions(user_id, now) if row.public_id != but]
    for row in ended:
        row.ended_at = now
    return len(ended)


def lifetime_after_factor(user: User) -> timedelta:
    """Return how long a session may live from its start."""
    return types.CUSTOMER_SESSION if user.staff_role is None else types.STAFF_SESSION


def _lifetime(user: User, second_factor: bool) -> timedelta:
    if user.totp_confirmed_at is not None and not second_factor:
        return types.PENDING_SESSION
    return lifetime_after_factor(user)


def _waits_for_factor(row: UserSession, user: User) -> bool:
    return user.totp_confirmed_at is not None and row.second_factor_at is None


def _principal(row: UserSession, user: User, ip: str | None) -> Principal:
    return Principal(
        kind=ActorKind.USER if user.staff_role is None else ActorKind.STAFF,
        name=user.full_name,
        user_id=user.id,
        public_id=user.public_id,
        email=user.email,
        locale=user.locale,
        email_confirmed=user.email_confirmed_at is not None,
        staff_role=user.staff_role,
        second_factor=row.second_factor_at is not None,
        session_id=row.public_id,
        ip=ip,
    )


def _note_visit(session_id: int, ip: str | None) -> None:
    with entered(SystemScope("visit")), unit_of_work():
        row = session().get(UserSession, session_id)
        if row is not None:
            row.last_seen_at = clock.machine_now()
            row.ip = ip
