"""Queries of the settings."""

from sqlalchemy import select

from praho.core.db.scope import session
from praho.models.settings import Setting, SettingImage


def all_values() -> dict[str, object]:
    """Return every value that was set, by key."""
    return {row.key: row.value for row in session().execute(select(Setting.key, Setting.value))}


def rows(keys: list[str]) -> dict[str, Setting]:
    """Return the rows of some keys, where they were set."""
    found = session().scalars(select(Setting).where(Setting.key.in_(keys)))
    return {row.key: row for row in found}


def image(sha256: str) -> SettingImage | None:
    """Return a picture by its hash, or None."""
    return session().get(SettingImage, sha256)
