"""The second factor: passing it, enrolling in it, leaving it."""

import json

from praho.audit.services import recording
from praho.core import clock, crypto, totp
from praho.core.crypto import Place
from praho.core.db import locking
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import require_unit_of_work, unit_of_work
from praho.core.errors import Conflict, Forbidden
from praho.core.i18n import gettext as _
from praho.models.users import RecoveryCode, User
from praho.settings.services import company
from praho.users import repos
from praho.users.errors import LinkExpired, WrongCode
from praho.users.services import acting, limits, mails, passwords, sessions
from praho.users.types import Browser, EnrolmentOffer, Pending


def pass_by(token: str, pending: Pending, code: str, browser: Browser) -> str:
    """Pass the second factor with a one-time code or a recovery code; return the browser's new token.

    A recovery code works once; so does each one-time code. Raises WrongCode (field `code`), TooManyRequests.
    """
    limits.count_code(pending.user_id, browser.ip)
    with entered(SystemScope("second factor")), unit_of_work():
        user = locking.lock(User, [pending.user_id])[0]
        how = _accept(user, code)
        found = repos.session_and_user(crypto.hash_token(token), clock.machine_now())
        if found is None:
            raise LinkExpired(_("You took a while. Please sign in again."))
        # A fresh token: whoever saw the one of before the factor has nothing.
        found[0].ended_at = clock.machine_now()
        fresh = sessions.start(user.id, browser, second_factor=True)
        with acting.as_user(user):
            recording.record(
                "user.second_factor_passed", subject=("user", user.public_id), changes={"how": [None, how]}
            )
        return fresh


def offer(user_id: int) -> EnrolmentOffer:
    """Return a fresh secret for somebody's authenticator app. Nothing is stored: the form carries it, sealed."""
    with entered(SystemScope("second factor")):
        user = session().get_one(User, user_id)
        secret = totp.new_secret()
        return _offer(user, secret, company.display_name())


def offer_again(user_id: int, sealed: str) -> EnrolmentOffer:
    """Return the offer that a form carries; a sealed secret of somebody else, or none, gives a fresh one."""
    with entered(SystemScope("second factor")):
        user = session().get_one(User, user_id)
        try:
            secret = crypto.ring().decrypt(sealed, _place(user.public_id))
        except crypto.DecryptionFailed:
            secret = totp.new_secret()
        return _offer(user, secret, company.display_name())


def enrol(user_id: int, session_id: str | None, *, sealed: str, code: str, password: str) -> list[str]:
    """Put a second factor in force, passed for this session, and return its recovery codes, to be shown once.

    Other sessions wait for it from now on. Raises WrongPassword (field `password`), WrongCode (field `code`),
    Conflict where there is one already.
    """
    passwords.check(user_id, password, field="password")
    with entered(SystemScope("second factor")), unit_of_work():
        user = acting.lock(user_id)
        if user.totp_confirmed_at is not None:
            raise Conflict(_("Two-step sign-in is on already."))
        user.totp_secret = _opened(user, sealed)
        user.totp_last_counter = None
        _accept_code(user, code)
        user.totp_confirmed_at = clock.now()
        for row in repos.open_sessions(user.id, clock.machine_now()):
            if row.public_id == session_id:
                row.second_factor_at = clock.machine_now()
        codes = _replace_codes(user)
        recording.record("user.second_factor_enrolled", subject=("user", user.public_id))
        return codes


def put(user_id: int, secret: str) -> None:
    """Put a second factor with a secret that is known elsewhere in force: a demonstration's, which prints it.

    Needs a unit of work under a system scope.
    """
    require_unit_of_work()
    user = acting.lock(user_id)
    user.totp_secret = secret
    user.totp_confirmed_at = clock.now()
    recording.record("user.second_factor_enrolled", subject=("user", user.public_id))


def renew_codes(user_id: int, *, password: str) -> list[str]:
    """Replace the recovery codes and return the new ones, to be shown once; raise WrongPassword, Conflict."""
    passwords.check(user_id, password, field="password")
    with entered(SystemScope("second factor")), unit_of_work():
        user = acting.lock(user_id)
        if user.totp_confirmed_at is None:
            raise Conflict(_("Two-step sign-in is off."))
        codes = _replace_codes(user)
        recording.record("user.recovery_codes_renewed", subject=("user", user.public_id))
        return codes


def leave(user_id: int, *, password: str) -> None:
    """Take the second factor away from one's own account; raise WrongPassword, Forbidden for staff."""
    passwords.check(user_id, password, field="password")
    with entered(SystemScope("second factor")), unit_of_work():
        user = acting.lock(user_id)
        if user.staff_role is not None:
            raise Forbidden(_("Staff cannot do without two-step sign-in."))
        remove(user)
        recording.record("user.second_factor_left", subject=("user", user.public_id))


def remove(user: User) -> None:
    """Take the second factor away from a locked user and tell them. Needs a unit of work."""
    database = require_unit_of_work().session
    occasion = f"{user.public_id}:{clock.machine_now().isoformat()}"
    user.totp_secret = None
    user.totp_confirmed_at = None
    user.totp_last_counter = None
    for row in repos.unused_codes(user.id):
        database.delete(row)
    mails.second_factor_removed(user, occasion)


def seal_codes(user_public_id: str, codes: list[str]) -> str:
    """Return recovery codes sealed for the way from one page to the next."""
    return crypto.ring().encrypt(json.dumps(codes), Place("users_recovery_code", "shown_once", user_public_id))


def open_codes(user_public_id: str, sealed: str | None) -> list[str]:
    """Return sealed recovery codes; none where they were shown already, or are somebody else's."""
    try:
        opened: list[str] = json.loads(
            crypto.ring().decrypt(sealed or "", Place("users_recovery_code", "shown_once", user_public_id))
        )
    except crypto.DecryptionFailed:
        return []
    return opened


def _accept(user: User, code: str) -> str:
    """Accept a one-time code or strike out a recovery code; return which it was."""
    if user.totp_confirmed_at is None:
        raise _wrong()
    kept = {row.code_hash: row for row in repos.unused_codes(user.id)}
    recovery = totp.match_recovery_code(code, list(kept))
    if recovery is not None:
        kept[recovery].used_at = clock.now()
        return "recovery code"
    _accept_code(user, code)
    return "one-time code"


def _accept_code(user: User, code: str) -> None:
    secret = user.totp_secret
    counter = None if secret is None else totp.verify(secret, code, user.totp_last_counter)
    if counter is None:
        raise _wrong()
    user.totp_last_counter = counter


def _wrong() -> WrongCode:
    message = _("This code is not right, or it was used already. Wait for the next one and try again.")
    return WrongCode(message, fields={"code": message})


def _replace_codes(user: User) -> list[str]:
    database = require_unit_of_work().session
    for row in repos.unused_codes(user.id):
        database.delete(row)
    codes = totp.new_recovery_codes()
    database.add_all(RecoveryCode(user_id=user.id, code_hash=totp.hash_recovery_code(code)) for code in codes)
    return codes


def _offer(user: User, secret: str, issuer: str) -> EnrolmentOffer:
    return EnrolmentOffer(
        secret=secret,
        uri=totp.provisioning_uri(secret, user.email, issuer),
        sealed=crypto.ring().encrypt(secret, _place(user.public_id)),
    )


def _opened(user: User, sealed: str) -> str:
    try:
        return crypto.ring().decrypt(sealed, _place(user.public_id))
    except crypto.DecryptionFailed:
        raise Conflict(_("This form has expired. Please open the page again.")) from None


def _place(user_public_id: str) -> Place:
    return Place("users_user", "totp_offer", user_public_id)
