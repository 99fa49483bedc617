"""Reading business settings: one query for all of them in each scope."""

from praho.core.db.scope import session
from praho.settings import repos
from praho.settings.services import catalogue
from praho.settings.types import SettingValue

_CACHE = "praho.settings"


def get(key: str) -> SettingValue:
    """Return a setting's value, or its default until somebody sets it; an undeclared key is a KeyError."""
    field = catalogue.fields()[key]
    stored = _stored().get(key)
    if stored is None or type(stored) is not type(field.default):
        return field.default
    return stored


def text(key: str) -> str:
    """Return a setting that is text; another kind is a TypeError."""
    value = get(key)
    if not isinstance(value, str):
        raise TypeError(f"{key} is not text")
    return value


def integer(key: str) -> int:
    """Return a setting that is a whole number; another kind is a TypeError."""
    value = get(key)
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError(f"{key} is not a whole number")
    return value


def flag(key: str) -> bool:
    """Return a setting that is on or off; another kind is a TypeError."""
    value = get(key)
    if not isinstance(value, bool):
        raise TypeError(f"{key} is not on or off")
    return value


def forget() -> None:
    """Read the values anew at the next question in this scope, as after a change."""
    session().info.pop(_CACHE, None)


def _stored() -> dict[str, object]:
    kept: dict[str, object] | None = session().info.get(_CACHE)
    if kept is None:
        kept = session().info[_CACHE] = repos.all_values()
    return kept
