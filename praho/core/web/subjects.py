"""Where the page of a `subject = (kind, public id)` is, as the domain that owns it says."""

from flask import url_for

from praho.core.domain import registry


def admin_url(kind: str, public_id: str) -> str | None:
    """Return the address of the subject's page in the admin, or None where it has none."""
    for link in registry().contributed("subject_links"):
        if link.kind == kind and link.admin_endpoint is not None:
            return url_for(link.admin_endpoint, public_id=public_id)
    return None
