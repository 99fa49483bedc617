"""People who sign in: customers' members and staff alike. Only the system reads these tables."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.crypto import EncryptedField
from praho.core.db.base import Access, Base, BigId
from praho.core.db.types import StrEnumType, one_of
from praho.core.ids import public_id_maker
from praho.core.permissions import StaffRole


class TokenPurpose(StrEnum):
    CONFIRM_EMAIL = "confirm_email"
    RESET_PASSWORD = "reset_password"  # noqa: S105 - the name of a purpose


class Theme(StrEnum):
    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"


class User(Base):
    """A person. `email` is stored lower-cased; a staff role makes the person staff, and nothing else does.

    A `demo` login has a password that everybody may read: it opens on the machine itself only, never in production.
    """

    __tablename__ = "users_user"
    __access__ = Access.STAFF
    __table_args__ = (
        one_of("staff_role", StaffRole),
        one_of("theme", Theme),
        Index("ix_users_user_staff", "id", postgresql_where=text("staff_role IS NOT NULL")),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("usr"))
    email: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str]
    password_hash: Mapped[str | None]
    locale: Mapped[str] = mapped_column(String(5), default="ro")
    theme: Mapped[Theme] = mapped_column(StrEnumType(Theme), default=Theme.SYSTEM)
    email_confirmed_at: Mapped[datetime | None]
    staff_role: Mapped[StaffRole | None] = mapped_column(StrEnumType(StaffRole))
    active: Mapped[bool] = mapped_column(default=True)
    demo: Mapped[bool] = mapped_column(default=False)
    totp_sealed: Mapped[str | None] = mapped_column(Text)
    totp_secret = EncryptedField("totp_sealed")
    totp_confirmed_at: Mapped[datetime | None]
    totp_last_counter: Mapped[int | None] = mapped_column(BigInteger)
    created_at: Mapped[datetime]


class RecoveryCode(Base):
    """A one-time code that stands in for the second factor; only its hash is kept."""

    __tablename__ = "users_recovery_code"
    __access__ = Access.STAFF

    id: Mapped[BigId]
    user_id: Mapped[int] = mapped_column(ForeignKey("users_user.id"), index=True)
    code_hash: Mapped[str]
    used_at: Mapped[datetime | None]


class UserSession(Base):
    """A signed-in browser. The cookie holds a token of which only the hash is here; ending the row signs out."""

    __tablename__ = "users_session"
    __access__ = Access.STAFF

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("ses"))
    token_hash: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users_user.id"), index=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    second_factor_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    ip: Mapped[str | None]
    user_agent: Mapped[str | None] = mapped_column(Text)


class UserToken(Base):
    """A link that was mailed: confirming an address, setting a password. Usable once."""

    __tablename__ = "users_token"
    __access__ = Access.STAFF
    __table_args__ = (
        one_of("purpose", TokenPurpose),
        Index("ix_users_token_open", "user_id", "purpose", postgresql_where=text("used_at IS NULL")),
    )

    id: Mapped[BigId]
    user_id: Mapped[int] = mapped_column(ForeignKey("users_user.id"))
    purpose: Mapped[TokenPurpose] = mapped_column(StrEnumType(TokenPurpose))
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class StaffInvitation(Base):
    """An offer to join the staff, mailed as a link; at most one open one for an address."""

    __tablename__ = "users_staff_invitation"
    __access__ = Access.STAFF
    __table_args__ = (
        one_of("role", StaffRole),
        Index(
            "uq_users_staff_invitation_open",
            "email",
            unique=True,
            postgresql_where=text("accepted_at IS NULL AND withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("sti"))
    email: Mapped[str]
    role: Mapped[StaffRole] = mapped_column(StrEnumType(StaffRole))
    token_hash: Mapped[str] = mapped_column(unique=True)
    invited_by: Mapped[int] = mapped_column(BigInteger)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
