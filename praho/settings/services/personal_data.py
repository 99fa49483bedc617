"""What the settings hold about people: nothing; they are the company's own."""

from praho.core.personal_data import nothing
from praho.models.settings import Setting, SettingImage

RULES = nothing(Setting, SettingImage)
