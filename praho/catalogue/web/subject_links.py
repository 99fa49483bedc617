"""Where the orders and customers behind a use of a code have their pages: what their own domains contributed."""

from flask import url_for

from praho.core.contributions import SubjectLink
from praho.core.domain import registry


def in_admin(kind: str, public_id: str) -> str | None:
    """Return the staff's page of something, None where it has none."""
    found: list[SubjectLink] = [link for link in registry().contributed("subject_links") if link.kind == kind]
    endpoint = found[0].admin_endpoint if found else None
    return None if endpoint is None else url_for(endpoint, public_id=public_id)
