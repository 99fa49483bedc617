"""Inviting people to the staff."""

from datetime import timedelta

from praho.audit.services import recording
from praho.core import clock, crypto, i18n
from praho.core.contributions import Recipient
from praho.core.db import locking
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import require_unit_of_work, unit_of_work
from praho.core.errors import Forbidden, Invalid, NotFound
from praho.core.i18n import gettext as _
from praho.core.identifiers import email as email_address
from praho.core.identifiers.errors import InvalidIdentifier
from praho.core.permissions import StaffRole
from praho.core.principal import current_principal
from praho.models.users import StaffInvitation, User
from praho.notifications.services import sending
from praho.users import repos
from praho.users.services import acting, confirming, limits, links, sessions, signing_up
from praho.users.types import Browser, InvitationOffer, OpenStaffInvitation

LIFETIME = timedelta(days=7)


def listing() -> list[OpenStaffInvitation]:
    """Return the invitations that wait for an answer, in a staff scope; one query."""
    now = clock.machine_now()
    return [
        OpenStaffInvitation(row.public_id, row.email, row.role, row.created_at, expired=row.expires_at <= now)
        for row in repos.open_invitations()
    ]


def invite(email: str, role: StaffRole) -> str:
    """Invite an address to the staff, and return the invitation's public id.

    Raises Invalid (field `email`) for what is no address, for staff, and for an address that is invited already.
    """
    try:
        address = email_address.parse(email)
    except InvalidIdentifier as error:
        raise Invalid(error.message, fields={"email": error.message}) from None
    with unit_of_work() as session:
        user = repos.user_by_email(address)
        if user is not None and user.staff_role is not None:
            raise _refused(_("This person is of the staff already."))
        if repos.open_invitation_to(address) is not None:
            raise _refused(_("This address has an invitation already: send that one again."))
        now = clock.machine_now()
        token, token_hash = crypto.new_token()
        row = StaffInvitation(
            email=address,
            role=role,
            token_hash=token_hash,
            invited_by=current_principal().user_id or 0,
            created_at=now,
            expires_at=now + LIFETIME,
        )
        session.add(row)
        session.flush()
        _mail(row, token, user)
        recording.record(
            "staff.invited",
            subject=("staff_invitation", row.public_id),
            changes={"email": [None, address], "role": [None, role]},
        )
        return row.public_id


def send_again(public_id: str) -> None:
    """Mail an open invitation once more, under a fresh link; the old one leads nowhere. Raises NotFound."""
    with unit_of_work():
        row = _open(public_id)
        token, row.token_hash = crypto.new_token()
        row.expires_at = clock.machine_now() + LIFETIME
        _mail(row, token, repos.user_by_email(row.email))
        recording.record("staff.invitation_sent_again", subject=("staff_invitation", row.public_id))


def withdraw(public_id: str) -> None:
    """Take an open invitation back; raise NotFound."""
    with unit_of_work():
        row = _open(public_id)
        row.withdrawn_at = clock.machine_now()
        recording.record("staff.invitation_withdrawn", subject=("staff_invitation", row.public_id))


def offer(token: str) -> InvitationOffer:
    """Return what the holder of the link is shown; raise LinkExpired."""
    with entered(SystemScope("staff invitation")):
        row = repos.invitation_by_token(crypto.hash_token(token), clock.machine_now())
        if row is None:
            raise links.expired()
        return InvitationOffer(row.email, row.role, has_account=repos.user_by_email(row.email) is not None)


def accept_as_new(token: str, *, full_name: str, password: str, browser: Browser) -> str:
    """Make the account of an invited person and sign it in; return the browser's token.

    Raises LinkExpired, Invalid with the refused fields.
    """
    limits.count_link_use(browser.ip)
    with entered(SystemScope("staff invitation")), unit_of_work() as session:
        row = _spend(token)
        locale = i18n.current_locale()
        person = signing_up.create_user(
            email=row.email, full_name=full_name, password=password, locale=locale, confirmed=True
        )
        _join(session.get_one(User, person.id), row)
        return sessions.start(person.id, browser)


def accept_as(token: str, user_id: int, *, ip: str | None) -> None:
    """Let somebody who is signed in join the staff; their sessions end, and the next one asks for two steps.

    Raises LinkExpired, Forbidden where the invitation was sent to somebody else's address.
    """
    limits.count_link_use(ip)
    with entered(SystemScope("staff invitation")), unit_of_work():
        row = _spend(token)
        user = locking.lock(User, [user_id])[0]
        if user.email != row.email:
            raise Forbidden(_("This invitation was sent to another address. Sign in with that one."))
        confirming.mark_confirmed(user)
        _join(user, row)
        sessions.end_all(user.id)


def _join(user: User, row: StaffInvitation) -> None:
    before, user.staff_role = user.staff_role, row.role
    with acting.as_user(user):
        recording.record("staff.joined", subject=("user", user.public_id), changes={"role": [before, row.role]})


def _spend(token: str) -> StaffInvitation:
    require_unit_of_work()
    found = repos.invitation_by_token(crypto.hash_token(token), clock.machine_now())
    row = None if found is None else locking.lock_one(StaffInvitation, found.id)
    if row is None or row.accepted_at is not None or row.withdrawn_at is not None:
        raise links.expired()
    row.accepted_at = clock.machine_now()
    return row


def _open(public_id: str) -> StaffInvitation:
    found = repos.invitation_by_public_id(public_id)
    row = None if found is None else locking.lock_one(StaffInvitation, found.id)
    if row is None or row.accepted_at is not None or row.withdrawn_at is not None:
        raise NotFound(_("There is no such open invitation."))
    return row


def _mail(row: StaffInvitation, token: str, user: User | None) -> None:
    name = row.email if user is None else user.full_name
    locale = i18n.DEFAULT if user is None else user.locale
    recipient = Recipient(row.email, name, locale, None if user is None else user.id)
    facts = {"role": row.role.value, "inviter": current_principal().name}
    sending.send(
        "users/staff_invitation", f"users.staff_invitation:{row.token_hash[:24]}", recipient, facts,
        secrets={"token": token},
    )  # fmt: skip


def _refused(sentence: str) -> Invalid:
    return Invalid(sentence, fields={"email": sentence})
