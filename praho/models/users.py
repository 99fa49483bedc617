"""People who sign in: customers' members and staff alike. Only the system reads these tables."""

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.crypto import EncryptedField
from praho.core.db.base import Access, Base, BigId
from praho.core.db.types import StrEnumType, one_of
from praho.core.ids import public_id_maker
from praho.core.permissions import StaffRole


class User(Base):
    """A person. `email` is stored lower-cased; a staff role makes the person staff, and nothing else does."""

    __tablename__ = "users_user"
    __access__ = Access.STAFF
    __table_args__ = (one_of("staff_role", StaffRole),)

    id: Mapped[BigId]
    public_id: Mapped[str] = mapped_column(unique=True, default=public_id_maker("usr"))
    email: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str]
    password_hash: Mapped[str | None]
    locale: Mapped[str] = mapped_column(String(5), default="ro")
    theme: Mapped[str] = mapped_column(String(10), default="system")
    email_confirmed_at: Mapped[datetime | None]
    staff_role: Mapped[StaffRole | None] = mapped_column(StrEnumType(StaffRole))
    active: Mapped[bool] = mapped_column(default=True)
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
    """A link that was mailed: confirming an address, setting a password, joining staff. Usable once."""

    __tablename__ = "users_token"
    __access__ = Access.STAFF
    __table_args__ = (Index("ix_users_token_open", "user_id", "purpose", postgresql_where=text("used_at IS NULL")),)

    id: Mapped[BigId]
    user_id: Mapped[int] = mapped_column(ForeignKey("users_user.id"))
    purpose: Mapped[str] = mapped_column(String(40))
    token_hash: Mapped[str] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
