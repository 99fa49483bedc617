"""Forgotten and changed passwords."""

from praho.audit.services import recording
from praho.core import clock, crypto, passwords
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.core.identifiers import email as email_address
from praho.core.ids import new_public_id
from praho.core.jobs.queueing import enqueue
from praho.models.users import TokenPurpose, User
from praho.users import repos
from praho.users.errors import WrongPassword
from praho.users.events import SEND_RESET_LINK, ResetWanted
from praho.users.services import acting, confirming, limits, links, mails, sessions


def forgot(email: str, *, ip: str | None) -> None:
    """Have a link to set a new password mailed, if the address has an account.

    Whether it has one is found out by a job: the caller sees the same answer after the same work. Raises
    TooManyRequests for a network beyond its limit; beyond an address' limit nothing is mailed.
    """
    limits.count_forgotten(ip)
    address = email_address.as_stored(email)[: email_address.MAX_LENGTH]
    if not limits.may_mail("forgotten", address):
        return
    with entered(SystemScope("forgotten password")), unit_of_work():
        wanted = ResetWanted(address, clock.machine_now().isoformat())
        enqueue(SEND_RESET_LINK, wanted, occasion=new_public_id("rst"))


def send_link(wanted: ResetWanted) -> None:
    """Mail the link, where the address has an active account. For the job."""
    with unit_of_work():
        user = repos.user_by_email(wanted.email)
        if user is not None and user.active:
            mails.reset_password(user)


def reset(token: str, password: str, *, ip: str | None) -> None:
    """Set a new password by a mailed link: it confirms the address and ends every session.

    The second factor stays in force. Raises LinkExpired, Invalid with the field `password`.
    """
    limits.count_link_use(ip)
    links.check(token, TokenPurpose.RESET_PASSWORD)
    with entered(SystemScope("reset password")):
        owner = repos.open_token(crypto.hash_token(token), TokenPurpose.RESET_PASSWORD, clock.machine_now())
        email = "" if owner is None else session().get_one(User, owner.user_id).email
    hashed = _hashed("password", password, email)
    with entered(SystemScope("reset password")), unit_of_work():
        user = links.spend(token, TokenPurpose.RESET_PASSWORD)
        user.password_hash = hashed
        confirming.mark_confirmed(user)
        ended = sessions.end_all(user.id)
        mails.password_changed(user, crypto.hash_token(token)[:24])
        with acting.as_user(user):
            recording.record(
                "user.password_reset", subject=("user", user.public_id), changes={"sessions_ended": [None, ended]}
            )


def change(user_id: int, session_id: str | None, *, present: str, new: str) -> None:
    """Set a new password for somebody who knows the present one, and end their other sessions.

    Raises WrongPassword (field `present`), Invalid (field `new`), TooManyRequests.
    """
    email = check(user_id, present, field="present")
    hashed = _hashed("new", new, email)
    with entered(SystemScope("change password")), unit_of_work():
        user = acting.lock(user_id)
        user.password_hash = hashed
        ended = sessions.end_all(user.id, but=session_id)
        links.void(user.id, TokenPurpose.RESET_PASSWORD)
        mails.password_changed(user, crypto.hash_token(hashed)[:24])
        recording.record(
            "user.password_changed", subject=("user", user.public_id), changes={"sessions_ended": [None, ended]}
        )


def check(user_id: int, present: str, *, field: str) -> str:
    """Ask somebody who is signed in for the password again; return their address.

    Raises WrongPassword at `field`, TooManyRequests.
    """
    limits.count_password_check(user_id)
    with entered(SystemScope("check password")):
        user = session().get_one(User, user_id)
        stored, email = user.password_hash, user.email
    if stored is None or not passwords.verify(stored, present):
        message = _("This is not your present password.")
        raise WrongPassword(message, fields={field: message})
    return email


def _hashed(field: str, password: str, email: str) -> str:
    try:
        passwords.check_strength(password, email)
    except passwords.WeakPassword as weak:
        raise Invalid(weak.message, fields={field: weak.message}) from None
    return passwords.hash_password(password)
