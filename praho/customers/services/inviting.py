"""Inviting people to act for a customer.

Whether an invited address has an account is never told to who invites: only the holder of the mailed link sees it.
"""

from datetime import timedelta

from praho.audit.services import recording
from praho.core import clock, crypto, i18n
from praho.core.contributions import Recipient
from praho.core.db import locking
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import require_unit_of_work, unit_of_work
from praho.core.errors import Forbidden, NotFound
from praho.core.i18n import gettext as _
from praho.core.identifiers import email as email_address
from praho.core.permissions import MemberRole
from praho.core.principal import current_principal
from praho.core.web import rate_limits
from praho.customers import repos
from praho.customers.errors import AlreadyInvited, AlreadyMember, InvitationExpired
from praho.customers.services import changing, checking, members
from praho.customers.types import MembershipOffer, OpenInvitation
from praho.models.customers import Customer, CustomerInvitation
from praho.notifications.services import sending
from praho.users.services import confirming, people, sessions, signing_up
from praho.users.types import Browser

LIFETIME = timedelta(days=14)
_MAILS_AN_HOUR = 30


def open_invitations(customer_id: int) -> list[OpenInvitation]:
    """Return the customer's invitations that wait for an answer; one query."""
    now = clock.machine_now()
    return [
        OpenInvitation(row.public_id, row.email, row.role, row.created_at, expired=row.expires_at <= now)
        for row in repos.open_invitations(customer_id)
    ]


def invite(customer_id: int, email: str, role: MemberRole) -> str:
    """Invite an address to a customer, and return the invitation's public id.

    Raises Invalid (field `email`): no address, a member already, invited already; TooManyRequests.
    """
    address = _address(email)
    _count(customer_id)
    with entered(SystemScope("invite a member")), unit_of_work():
        return invite_to(changing.lock(customer_id), address, role)


def invite_to(customer: Customer, address: str, role: MemberRole) -> str:
    """Invite a normalised address to a locked customer, in the scope and the unit of work at hand."""
    session = require_unit_of_work().session
    if any(user.email == address for _member, user in repos.active_members(customer.id)):
        sentence = _("This person is a member already.")
        raise AlreadyMember(sentence, fields={"email": sentence})
    if any(row.email == address for row in repos.open_invitations(customer.id)):
        sentence = _("This address is invited already: send that invitation again.")
        raise AlreadyInvited(sentence, fields={"email": sentence})
    now = clock.machine_now()
    token, token_hash = crypto.new_token()
    row = CustomerInvitation(
        customer_id=customer.id,
        email=address,
        role=role,
        token_hash=token_hash,
        invited_by=current_principal().user_id or 0,
        created_at=now,
        expires_at=now + LIFETIME,
    )
    session.add(row)
    session.flush()
    _mail(row, customer, token)
    recording.record(
        "member.invited",
        subject=("invitation", row.public_id),
        customer_id=customer.id,
        changes={"email": [None, address], "role": [None, role]},
    )
    return row.public_id


def send_again(customer_id: int, public_id: str) -> None:
    """Mail an open invitation once more, under a fresh link; raise NotFound, TooManyRequests."""
    _count(customer_id)
    with entered(SystemScope("invite a member")), unit_of_work():
        customer = changing.lock(customer_id)
        row = _open(customer_id, public_id)
        token, row.token_hash = crypto.new_token()
        row.expires_at = clock.machine_now() + LIFETIME
        _mail(row, customer, token)
        recording.record("member.invitation_sent_again", subject=("invitation", row.public_id), customer_id=customer_id)


def withdraw(customer_id: int, public_id: str) -> None:
    """Take an open invitation back; raise NotFound."""
    with entered(SystemScope("invite a member")), unit_of_work():
        changing.lock(customer_id)
        row = _open(customer_id, public_id)
        row.withdrawn_at = clock.machine_now()
        recording.record("member.invitation_withdrawn", subject=("invitation", row.public_id), customer_id=customer_id)


def offer(token: str) -> MembershipOffer:
    """Return what the holder of the link is shown; raise InvitationExpired."""
    with entered(SystemScope("invitation")):
        found = repos.invitation_by_token(crypto.hash_token(token), clock.machine_now())
        if found is None:
            raise _expired()
        row, customer = found
        account = people.by_email(row.email)
        return MembershipOffer(customer.name, customer.public_id, row.email, row.role, has_account=account is not None)


def accept_as_new(token: str, *, full_name: str, password: str, browser: Browser) -> str:
    """Make the account of an invited person, let them in and sign them in; return the browser's token.

    Raises InvitationExpired, Invalid with the refused fields.
    """
    with entered(SystemScope("invitation")), unit_of_work():
        row, customer = _spend(token)
        person = signing_up.create_user(
            email=row.email, full_name=full_name, password=password, locale=i18n.current_locale(), confirmed=True
        )
        _admit(customer, person.id, row)
        return sessions.start(person.id, browser)


def accept_as(token: str, user_id: int) -> str:
    """Let somebody who is signed in become a member; return the customer's public id.

    Raises InvitationExpired, Forbidden where the invitation was sent to somebody else's address.
    """
    with entered(SystemScope("invitation")), unit_of_work():
        row, customer = _spend(token)
        person = people.person(user_id)
        if person is None or person.email != row.email:
            raise Forbidden(_("This invitation was sent to another address. Sign in with that one."))
        confirming.confirm_by_other_mail(user_id)
        _admit(customer, user_id, row)
        return customer.public_id


def _admit(customer: Customer, user_id: int, row: CustomerInvitation) -> None:
    member = members.admit(customer, user_id, row.role)
    recording.record(
        "member.joined",
        subject=("member", member.public_id),
        customer_id=customer.id,
        changes={"role": [None, row.role], "email": [None, row.email]},
    )


def _spend(token: str) -> tuple[CustomerInvitation, Customer]:
    found = repos.invitation_by_token(crypto.hash_token(token), clock.machine_now())
    if found is None:
        raise _expired()
    customer = changing.lock(found[1].id)
    row = locking.lock_one(CustomerInvitation, found[0].id)
    if row is None or row.accepted_at is not None or row.withdrawn_at is not None:
        raise _expired()
    row.accepted_at = clock.machine_now()
    return row, customer


def _open(customer_id: int, public_id: str) -> CustomerInvitation:
    row = repos.invitation(customer_id, public_id)
    if row is None or row.accepted_at is not None or row.withdrawn_at is not None:
        raise NotFound(_("There is no such open invitation."))
    return row


def _mail(row: CustomerInvitation, customer: Customer, token: str) -> None:
    account = people.by_email(row.email)
    recipient = Recipient(
        row.email,
        row.email if account is None else account.full_name,
        customer.locale if account is None else account.locale,
        None if account is None else account.id,
    )
    sending.send(
        "customers/invitation",
        f"customers.invitation:{row.token_hash[:24]}",
        recipient,
        {"customer_name": customer.name, "inviter": current_principal().name},
        customer_id=customer.id,
        secrets={"token": token},
    )


def _address(email: str) -> str:
    refused = checking.Refusals()
    address = refused.of("email", email_address.parse, email)
    refused.end()
    return address or ""


def _count(customer_id: int) -> None:
    rate_limits.hit("customers.invite", str(customer_id), limit=_MAILS_AN_HOUR, seconds=3600)


def _expired() -> InvitationExpired:
    return InvitationExpired(_("This invitation has been used already, or it is too old. Ask for a new one."))
