"""Where the service or domain behind an order item has its page: what their own domains contributed."""

from flask import url_for

from praho.core.contributions import SubjectLink
from praho.core.domain import registry
from praho.orders.types import Delivered


def in_portal(made: Delivered) -> str | None:
    """Return the customer's page of what an item became."""
    link = _link(made.kind)
    return (
        None
        if link is None or link.portal_endpoint is None
        else url_for(link.portal_endpoint, public_id=made.public_id)
    )


def in_admin(made: Delivered) -> str | None:
    """Return the staff's page of what an item became."""
    link = _link(made.kind)
    return (
        None if link is None or link.admin_endpoint is None else url_for(link.admin_endpoint, public_id=made.public_id)
    )


def _link(kind: str) -> SubjectLink | None:
    found: list[SubjectLink] = [link for link in registry().contributed("subject_links") if link.kind == kind]
    return found[0] if found else None
