"""What of services keeps a customer from being closed."""

from praho.core.db.counting import count_all, counting
from praho.core.i18n import ngettext
from praho.models.provisioning import Service, ServiceState


def open_of(customer_id: int) -> str | None:
    """Return a sentence where a customer has services that live, else None. One query."""
    [number] = count_all(
        [
            counting(
                Service,
                Service.customer_id == customer_id,
                Service.state.in_((ServiceState.CREATING, ServiceState.ACTIVE)),
            )
        ]
    )
    if number == 0:
        return None
    return ngettext("%(num)s service runs or is being set up.", "%(num)s services run or are being set up.", number)
