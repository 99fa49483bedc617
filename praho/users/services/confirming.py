"""Confirming that an address is its user's."""

from praho.audit.services import recording
from praho.core import clock
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.models.users import TokenPurpose, User
from praho.users.services import acting, limits, links, mails


def confirm(token: str, *, ip: str | None) -> None:
    """Confirm the address that the link was mailed to; raise LinkExpired."""
    limits.count_link_use(ip)
    with entered(SystemScope("confirm address")), unit_of_work():
        user = links.spend(token, TokenPurpose.CONFIRM_EMAIL)
        mark_confirmed(user)
        with acting.as_user(user):
            recording.record("user.email_confirmed", subject=("user", user.public_id))


def mail_again(user_id: int) -> None:
    """Mail the link once more; nothing happens where the address is confirmed, or had enough mails this hour."""
    with entered(SystemScope("confirm address")):
        email = session().get_one(User, user_id).email
    if not limits.may_mail("confirm", email):
        return
    with entered(SystemScope("confirm address")), unit_of_work():
        user = acting.lock(user_id)
        if user.email_confirmed_at is None:
            mails.confirm_address(user)


def confirm_by_other_mail(user_id: int) -> None:
    """Confirm the address of somebody who used another link that was mailed to it. Needs a unit of work."""
    mark_confirmed(acting.lock(user_id))


def mark_confirmed(user: User) -> None:
    """Note that the user reads this mailbox. Needs a unit of work."""
    if user.email_confirmed_at is None:
        user.email_confirmed_at = clock.now()
