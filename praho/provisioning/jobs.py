"""The jobs of the services."""

from praho.core.jobs.kinds import Again, Tick
from praho.integrations.events import OperationDue
from praho.integrations.services import operations
from praho.provisioning.events import CREATE, ServiceWork
from praho.provisioning.services import announcing, creating


def create(due: OperationDue) -> Again | None:
    """Drive one creation."""
    return creating.drive(due.operation_id)


def announce_service(work: ServiceWork) -> None:
    """Tell the customer that a service runs."""
    announcing.announce(work.service_id)


def sweep_creations(tick: Tick) -> None:
    """Wake creations whose job was lost."""
    operations.reenqueue_orphans(CREATE, tick.occasion)
