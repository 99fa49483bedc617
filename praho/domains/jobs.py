"""The jobs of the domains."""

from praho.core.jobs.kinds import Again, Tick
from praho.domains.events import REGISTER
from praho.domains.services import registering
from praho.integrations.events import OperationDue
from praho.integrations.services import operations


def register(due: OperationDue) -> Again | None:
    """Drive one registration."""
    return registering.drive(due.operation_id)


def sweep_registrations(tick: Tick) -> None:
    """Wake registrations whose job was lost."""
    operations.reenqueue_orphans(REGISTER, tick.occasion)
