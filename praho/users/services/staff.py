"""The staff's accounts, as administrators look after them."""

from praho.audit.services import recording
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.identifiers import email as email_address
from praho.core.permissions import StaffRole
from praho.core.principal import current_principal
from praho.core.web.paging import Page
from praho.models.users import User
from praho.users import repos
from praho.users.errors import LastAdmin, NotYourself
from praho.users.services import second_factor, sessions, signing_up
from praho.users.types import Person, StaffMember


def listing(cursor: str | None) -> Page[StaffMember]:
    """Return a page of the staff, in a staff scope; two queries."""
    page = repos.staff_page(cursor)
    seen = repos.last_visits([user.id for user in page.items])
    members = [
        StaffMember(
            public_id=user.public_id,
            full_name=user.full_name,
            email=user.email,
            role=user.staff_role,
            active=user.active,
            second_factor=user.totp_confirmed_at is not None,
            last_seen_at=seen.get(user.id),
        )
        for user in page.items
        if user.staff_role is not None
    ]
    return Page(members, page.previous, page.next)


def create(*, email: str, full_name: str, password: str, role: StaffRole, locale: str, demo: bool = False) -> Person:
    """Make an account of a member of the staff without an invitation, as the first administrator needs it.

    In a system scope; the first sign-in asks for the enrolment of the second factor. Raises as
    `signing_up.create_user` does.
    """
    with unit_of_work() as session:
        person = signing_up.create_user(
            email=email, full_name=full_name, password=password, locale=locale, confirmed=True, demo=demo
        )
        session.get_one(User, person.id).staff_role = role
        recording.record("staff.created", subject=("user", person.public_id), changes={"role": [None, role]})
        return person


def appoint(email: str, role: StaffRole) -> bool:
    """Give somebody who has an account a role in the staff, in a system scope; their sessions end.

    Returns False where the address has no active account.
    """
    with unit_of_work():
        found = repos.user_by_email(email_address.as_stored(email))
        if found is None or not found.active:
            return False
        user = locking.lock(User, [found.id])[0]
        before, user.staff_role = user.staff_role, role
        sessions.end_all(user.id)
        recording.record("staff.role_changed", subject=("user", user.public_id), changes={"role": [before, role]})
        return True


def change_role(user_public_id: str, role: StaffRole | None) -> None:
    """Give a member of the staff another role, or none: they leave the staff. Their sessions end.

    Raises NotYourself, LastAdmin, NotFound.
    """
    with unit_of_work():
        user = _other(user_public_id)
        if role is not StaffRole.ADMIN:
            _keep_an_admin(user)
        before, user.staff_role = user.staff_role, role
        sessions.end_all(user.id)
        recording.record("staff.role_changed", subject=("user", user.public_id), changes={"role": [before, role]})


def set_active(user_public_id: str, active: bool) -> None:
    """Shut a member of the staff out, ending their sessions, or let them in again.

    Raises NotYourself, LastAdmin, NotFound.
    """
    with unit_of_work():
        user = _other(user_public_id)
        if not active:
            _keep_an_admin(user)
            sessions.end_all(user.id)
        before, user.active = user.active, active
        recording.record("staff.active_changed", subject=("user", user.public_id), changes={"active": [before, active]})


def reset_second_factor(user_public_id: str) -> None:
    """Take the second factor from somebody who lost it; they are signed out and enrol anew. Raises NotYourself."""
    with unit_of_work():
        user = _other(user_public_id)
        second_factor.remove(user)
        sessions.end_all(user.id)
        recording.record("staff.second_factor_reset", subject=("user", user.public_id))


def _other(user_public_id: str) -> User:
    """Return somebody else of the staff, with every administrator locked: of two who demote each other one stays."""
    found = repos.user_by_public_id(user_public_id)
    if found is None or found.staff_role is None:
        raise NotFound(_("There is no such member of the staff."))
    if found.id == current_principal().user_id:
        raise NotYourself(_("You cannot do this to your own account. Ask another administrator."))
    locked = locking.lock(User, [found.id, *repos.active_admin_ids()])
    return next(user for user in locked if user.id == found.id)


def _keep_an_admin(user: User) -> None:
    if user.staff_role is StaffRole.ADMIN and set(repos.active_admin_ids()) <= {user.id}:
        raise LastAdmin(_("This would leave nobody who may administer."))
