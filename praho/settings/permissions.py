"""Who may see and change the settings."""

from praho.core.permissions import Permission, StaffRole

VIEW_SETTINGS = Permission("settings.view", staff=frozenset({StaffRole.AUDITOR}))
CHANGE_SETTINGS = Permission("settings.change")
