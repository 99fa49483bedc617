"""Queries of users, sessions and mailed links; every caller stands under a system or a staff scope."""

from datetime import datetime

from sqlalchemy import delete, func, or_, select

from praho.core.db.scope import session
from praho.core.permissions import StaffRole
from praho.core.web.paging import Page, page_of
from praho.models.users import RecoveryCode, StaffInvitation, TokenPurpose, User, UserSession, UserToken


def user_by_email(email: str) -> User | None:
    """Return the user with this normalised address."""
    return session().scalar(select(User).where(User.email == email))


def any_user() -> bool:
    """Return whether there is any account."""
    return session().scalar(select(User.id).limit(1)) is not None


def user_by_public_id(public_id: str) -> User | None:
    """Return the user with this public id."""
    return session().scalar(select(User).where(User.public_id == public_id))


def session_and_user(token_hash: str, now: datetime) -> tuple[UserSession, User] | None:
    """Return an open session of an active user, with the user; one query."""
    statement = (
        select(UserSession, User)
        .join(User, User.id == UserSession.user_id)
        .where(
            UserSession.token_hash == token_hash,
            UserSession.ended_at.is_(None),
            UserSession.expires_at > now,
            User.active,
        )
    )
    row = session().execute(statement).one_or_none()
    return None if row is None else (row[0], row[1])


def open_sessions(user_id: int, now: datetime) -> list[UserSession]:
    """Return a user's open sessions, the one used last first."""
    statement = (
        select(UserSession)
        .where(UserSession.user_id == user_id, UserSession.ended_at.is_(None), UserSession.expires_at > now)
        .order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())
    )
    return list(session().scalars(statement))


def session_before(user_id: int, session_public_id: str | None) -> UserSession | None:
    """Return the newest of a user's sessions, open or ended, but for one of them."""
    statement = select(UserSession).where(UserSession.user_id == user_id)
    if session_public_id is not None:
        statement = statement.where(UserSession.public_id != session_public_id)
    return session().scalar(statement.order_by(UserSession.created_at.desc(), UserSession.id.desc()).limit(1))


def open_token(token_hash: str, purpose: TokenPurpose, now: datetime) -> UserToken | None:
    """Return a mailed link that may still be used."""
    return session().scalar(
        select(UserToken).where(
            UserToken.token_hash == token_hash,
            UserToken.purpose == purpose,
            UserToken.used_at.is_(None),
            UserToken.expires_at > now,
        )
    )


def open_tokens(user_id: int, purpose: TokenPurpose) -> list[UserToken]:
    """Return a user's links of one purpose that were not used."""
    statement = select(UserToken).where(
        UserToken.user_id == user_id, UserToken.purpose == purpose, UserToken.used_at.is_(None)
    )
    return list(session().scalars(statement))


def unused_codes(user_id: int) -> list[RecoveryCode]:
    """Return the recovery codes that still stand in for the second factor."""
    return list(
        session().scalars(select(RecoveryCode).where(RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None)))
    )


def count_unused_codes(user_id: int) -> int:
    """Return how many recovery codes are left."""
    statement = select(func.count(RecoveryCode.id)).where(
        RecoveryCode.user_id == user_id, RecoveryCode.used_at.is_(None)
    )
    return session().scalar(statement) or 0


def staff_page(cursor: str | None) -> Page[User]:
    """Return a page of the people with a staff role, the newest first."""
    return page_of(select(User).where(User.staff_role.is_not(None)), [User.id], cursor)


def last_visits(user_ids: list[int]) -> dict[int, datetime]:
    """Return when some users were last seen, in machine time; one query."""
    statement = (
        select(UserSession.user_id, func.max(UserSession.last_seen_at))
        .where(UserSession.user_id.in_(user_ids))
        .group_by(UserSession.user_id)
    )
    return {row[0]: row[1] for row in session().execute(statement)}


def active_admin_ids() -> list[int]:
    """Return the ids of the users who may administer."""
    statement = select(User.id).where(User.staff_role == StaffRole.ADMIN, User.active)
    return list(session().scalars(statement))


def open_invitations() -> list[StaffInvitation]:
    """Return the invitations to the staff that wait for an answer, expired ones included, the newest first."""
    statement = select(StaffInvitation).where(
        StaffInvitation.accepted_at.is_(None), StaffInvitation.withdrawn_at.is_(None)
    )
    return list(session().scalars(statement.order_by(StaffInvitation.id.desc()).limit(100)))


def open_invitation_to(email: str) -> StaffInvitation | None:
    """Return the open invitation of an address."""
    return session().scalar(
        select(StaffInvitation).where(
            StaffInvitation.email == email,
            StaffInvitation.accepted_at.is_(None),
            StaffInvitation.withdrawn_at.is_(None),
        )
    )


def invitation_by_public_id(public_id: str) -> StaffInvitation | None:
    """Return an invitation, whatever became of it."""
    return session().scalar(select(StaffInvitation).where(StaffInvitation.public_id == public_id))


def invitation_by_token(token_hash: str, now: datetime) -> StaffInvitation | None:
    """Return an invitation that may still be accepted."""
    return session().scalar(
        select(StaffInvitation).where(
            StaffInvitation.token_hash == token_hash,
            StaffInvitation.accepted_at.is_(None),
            StaffInvitation.withdrawn_at.is_(None),
            StaffInvitation.expires_at > now,
        )
    )


def delete_ended(before: datetime) -> None:
    """Delete the sessions and links that ended or expired before an instant of machine time."""
    session().execute(delete(UserSession).where(or_(UserSession.ended_at < before, UserSession.expires_at < before)))
    session().execute(delete(UserToken).where(UserToken.expires_at < before))
