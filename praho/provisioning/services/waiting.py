"""Services that may wait for a human, as statements that count them."""

from typing import Any

from sqlalchemy import Select

from praho.core.db.counting import counting
from praho.models.provisioning import Service, ServiceState


def failed() -> Select[Any]:
    """Count the services that could not be set up."""
    return counting(Service, Service.state == ServiceState.FAILED)
