"""What domains tell the floors above, and the work that they give to their own jobs."""

from dataclasses import dataclass
from datetime import date

from praho.core.jobs.kinds import JobKind, Tick
from praho.core.jobs.table import Queue
from praho.integrations.events import operation_kind


@dataclass(frozen=True, slots=True)
class DomainRegistered:
    """The registry holds the name for the customer. `origin` is what asked for it, such as an order item."""

    customer_id: int
    domain_id: str
    origin: str
    name: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class DomainRegistrationFailed:
    """The registry refused. `failure` is a sentence for staff; `try_id` tells this try from later ones."""

    customer_id: int
    domain_id: str
    origin: str
    name: str
    failure: str
    try_id: str


@dataclass(frozen=True, slots=True)
class DomainRegistrationCancelled:
    """Staff gave a registration up; the name is free for others."""

    customer_id: int
    domain_id: str
    origin: str
    name: str


REGISTER = operation_kind("domains.register")
SWEEP_REGISTRATIONS = JobKind("domains.sweep_registrations", Tick, queue=Queue.HIGH)
