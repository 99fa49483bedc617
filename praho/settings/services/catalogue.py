"""Every business setting that the domains declare."""

from praho.core.domain import registry
from praho.core.settings_catalogue import SettingField


def fields() -> dict[str, SettingField]:
    """Return all settings by key, in the order of the domains; a key that is declared twice is a ValueError."""
    found: dict[str, SettingField] = {}
    for domain in registry().domains:
        for field in domain.settings:
            if field.key in found:
                raise ValueError(f"the setting {field.key} is declared twice")
            found[field.key] = field
    return found


def of_group(group: str) -> list[SettingField]:
    """Return the settings of one screen, in the order of their declaration."""
    return [field for field in fields().values() if field.group == group]
