"""Password → (second factor) → session."""

from collections.abc import Collection
from dataclasses import dataclass

import structlog

from praho.audit.services import recording
from praho.core import passwords
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.i18n import gettext as _
from praho.core.identifiers import email as email_address
from praho.users import repos
from praho.users.errors import DemoRefused, WrongCredentials
from praho.users.services import acting, limits, sessions
from praho.users.types import Browser, SignedIn

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class _Account:
    id: int
    public_id: str
    password_hash: str | None
    active: bool
    demo: bool


def sign_in(
    email: str, password: str, browser: Browser, *, known_users: Collection[str] = (), demo_allowed: bool = False
) -> SignedIn:
    """Open a session for a right password, waiting for the second factor where the account has one.

    `known_users` are the public ids of the people who were signed in at this browser before; `demo_allowed` says
    that the browser runs on this very machine, and that this is no production. Raises WrongCredentials, alike and
    after the same work whether the account exists, has a password, is shut or not; DemoRefused; TooManyRequests
    beyond the limits.
    """
    address = email_address.as_stored(email)
    account = _account(address)
    own_device = account is not None and account.public_id in known_users
    limits.count_sign_in(address, browser.ip, own_device=own_device)
    if not _fits(account, password) or account is None:
        log.info("sign-in refused", network=limits.network_of(browser.ip))
        raise WrongCredentials(_("This e-mail address and this password do not belong together."))
    if account.demo and not demo_allowed:
        raise DemoRefused(_("Demo logins work on the machine that runs the demonstration, and nowhere else."))
    signed_in = _open(account.id, password, browser)
    limits.forget_sign_in(address, browser.ip)
    return signed_in


def _account(address: str) -> _Account | None:
    with entered(SystemScope("sign in")):
        user = repos.user_by_email(address)
        return None if user is None else _Account(user.id, user.public_id, user.password_hash, user.active, user.demo)


def _fits(account: _Account | None, password: str) -> bool:
    if account is None or account.password_hash is None:
        return passwords.verify_nobody(password)
    return passwords.verify(account.password_hash, password) and account.active


def _open(user_id: int, password: str, browser: Browser) -> SignedIn:
    with entered(SystemScope("sign in")), unit_of_work():
        user = acting.lock(user_id)
        if user.password_hash is not None and passwords.needs_rehash(user.password_hash):
            user.password_hash = passwords.hash_password(password)
        token = sessions.start(user.id, browser)
        with acting.as_user(user):
            recording.record("user.signed_in", subject=("user", user.public_id))
        return SignedIn(
            token=token,
            user_public_id=user.public_id,
            theme=user.theme,
            needs_second_factor=user.totp_confirmed_at is not None,
            is_staff=user.staff_role is not None,
        )
