"""Domains that may wait for a human, as statements that count them."""

from typing import Any

from sqlalchemy import Select

from praho.core.db.counting import counting
from praho.models.domains import DomainName, DomainState


def failed() -> Select[Any]:
    """Count the registrations that failed."""
    return counting(DomainName, DomainName.state == DomainState.FAILED)
