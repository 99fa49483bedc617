"""The jobs of the integrations."""

from praho.core.jobs.kinds import Tick
from praho.integrations.services import housekeeping, inbox


def sweep_inbox(tick: Tick) -> None:
    """Wake webhooks whose job was lost."""
    inbox.sweep(tick.occasion)


def prune_calls(_tick: Tick) -> None:
    """Shorten the call log."""
    housekeeping.prune_calls()
