"""Business settings: what staff decide without a deployment."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, LargeBinary, String
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.db.base import Access, Base


class Setting(Base):
    """A value that differs from the catalogue's default. Secrets are not kept here."""

    __tablename__ = "settings_value"
    __access__ = Access.SHARED

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    value: Mapped[Any] = mapped_column(JSONB)
    updated_at: Mapped[datetime]
    updated_by: Mapped[int | None] = mapped_column(BigInteger)


class SettingImage(Base):
    """A picture that a setting names by its hash; kept apart, for the settings are read with every page."""

    __tablename__ = "settings_image"
    __access__ = Access.SHARED
    __append_only__ = True

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    format: Mapped[str] = mapped_column(String(4))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime]
