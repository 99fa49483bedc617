"""What a company gives its documents: a colour and a logo."""

from dataclasses import dataclass
from typing import Any

BRAND = "#0f5e63"
"""Used until the company chooses a colour of its own."""


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture: `format` is `png`, `jpg` or `svg`."""

    format: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Look:
    """`accent` is a colour such as `#0f5e63`."""

    accent: str = BRAND
    logo: Logo | None = None

    def as_json(self) -> dict[str, Any]:
        """Return what the template reads."""
        logo = None if self.logo is None else {"format": self.logo.format, "data": list(self.logo.data)}
        return {"accent": self.accent, "logo": logo}


PLAIN = Look()
