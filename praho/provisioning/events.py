"""What services tell the floors above, and the work that they give to their own jobs."""

from dataclasses import dataclass
from datetime import date

from praho.core.jobs.kinds import JobKind, Tick
from praho.core.jobs.table import Queue
from praho.integrations.events import operation_kind


@dataclass(frozen=True, slots=True)
class ServiceActivated:
    """The hosting account runs. `origin` is what asked for it, such as an order item."""

    customer_id: int
    service_id: str
    origin: str
    term_start: date
    term_end: date


@dataclass(frozen=True, slots=True)
class ServiceFailed:
    """The provider refused. `failure` is a sentence for staff; `try_id` tells this try from later ones."""

    customer_id: int
    service_id: str
    origin: str
    failure: str
    try_id: str


@dataclass(frozen=True, slots=True)
class ServiceCancelled:
    """Staff gave a service up that could not be created."""

    customer_id: int
    service_id: str
    origin: str


@dataclass(frozen=True, slots=True)
class ServiceWork:
    """The payload of work on one service, by its public id."""

    service_id: str


CREATE = operation_kind("provisioning.create")
ANNOUNCE_SERVICE = JobKind("provisioning.announce_service", ServiceWork, queue=Queue.EMAIL)
SWEEP_CREATIONS = JobKind("provisioning.sweep_creations", Tick, queue=Queue.HIGH)
