"""What orders do about what happens below them: they only insert jobs, for nothing here may undo a payment."""

from praho.billing.events import ProformaEnded, ProformaPaid
from praho.core.jobs.queueing import enqueue
from praho.domains.events import DomainRegistered, DomainRegistrationCancelled, DomainRegistrationFailed
from praho.orders.events import BEGIN_DELIVERY, END_UNPAID, SETTLE_ITEM, ItemWork, OrderWork
from praho.provisioning.events import ServiceActivated, ServiceCancelled, ServiceFailed

SUBJECT = "order"


def on_proforma_paid(event: ProformaPaid) -> None:
    """Deliver the order that was paid."""
    if event.subject_kind == SUBJECT and event.subject_id is not None:
        enqueue(BEGIN_DELIVERY, OrderWork(event.subject_id), occasion=event.subject_id)


def on_proforma_ended(event: ProformaEnded) -> None:
    """End the order whose proforma staff have cancelled."""
    if event.subject_kind == SUBJECT and event.subject_id is not None:
        enqueue(END_UNPAID, OrderWork(event.subject_id), occasion=event.subject_id)


def on_made(event: DomainRegistered | ServiceActivated) -> None:
    """Note that an item is live."""
    enqueue(SETTLE_ITEM, ItemWork(event.origin), occasion=f"{event.origin}:live")


def on_failed(event: DomainRegistrationFailed | ServiceFailed) -> None:
    """Note that an item has failed, once for each try."""
    enqueue(SETTLE_ITEM, ItemWork(event.origin), occasion=f"{event.origin}:failed:{event.try_id}")


def on_given_up(event: DomainRegistrationCancelled | ServiceCancelled) -> None:
    """Note that staff gave an item's domain or service up."""
    enqueue(SETTLE_ITEM, ItemWork(event.origin), occasion=f"{event.origin}:cancelled")
