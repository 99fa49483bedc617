"""The work that integrations and the floors above give to their jobs."""

from dataclasses import dataclass
from datetime import timedelta

from praho.core.jobs.kinds import JobKind, Tick
from praho.core.jobs.table import Queue


@dataclass(frozen=True, slots=True)
class OperationDue:
    """The payload of the job that drives one provider operation; its kind has the name of the operation's."""

    operation_id: int


@dataclass(frozen=True, slots=True)
class InboxDue:
    """The payload of the job that acts on one webhook. Read it with `inbox.payment_report`."""

    inbox_id: int


# Longer than every call that one attempt can make, so that a slow provider does not get a second caller.
OPERATION_LEASE = timedelta(minutes=5)

INBOX = JobKind("integrations.inbox", InboxDue, queue=Queue.HIGH)
SWEEP_INBOX = JobKind("integrations.sweep_inbox", Tick, queue=Queue.HIGH)
PRUNE_CALLS = JobKind("integrations.prune_calls", Tick, queue=Queue.LOW)


def operation_kind(name: str, queue: Queue = Queue.HIGH) -> JobKind[OperationDue]:
    """Return the kind of the jobs that drive the provider operations called `name`, such as `domains.register`."""
    return JobKind(name, OperationDue, queue=queue, lease=OPERATION_LEASE)
