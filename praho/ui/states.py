"""How a state is shown: its name in the reader's language and a tone that says what it means to them."""

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """The tones of badges, alerts and timelines; each has its colours in both themes."""

    NEUTRAL = "neutral"
    """Over, or of no consequence: cancelled, draft, archived."""
    BRAND = "brand"
    """Ours: the chosen plan, a highlight."""
    INFO = "info"
    """On its way, nothing to do: provisioning, transferring."""
    SUCCESS = "success"
    """As it should be: paid, active."""
    WARNING = "warning"
    """Somebody will have to act: unpaid, expiring, parked."""
    DANGER = "danger"
    """Something is wrong now: overdue, suspended, failed."""


@dataclass(frozen=True, slots=True)
class StateLabel:
    """One state as a badge. A domain keeps a mapping of its state enum to these and tests that it is complete."""

    label: object
    tone: Tone
