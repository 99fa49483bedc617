"""What was asked of providers for one subject, for pages of other domains: render `integrations/_trail.html`."""

from collections.abc import Mapping

from praho.core.principal import current_principal
from praho.core.web import subjects
from praho.integrations import permissions
from praho.integrations.services import browsing
from praho.integrations.web import columns, labels


def of(subject_kind: str, subject_id: str) -> Mapping[str, object] | None:
    """Return the values of the template, or None for who may not look at providers. Two queries."""
    if not current_principal().may(permissions.VIEW_PROVIDERS):
        return None
    return {
        "operations": browsing.operations_of(subject_kind, subject_id),
        "calls": browsing.calls_of(subject_kind, subject_id),
        "operation_columns": columns.OPERATIONS,
        "call_columns": columns.CALLS,
        "labels": labels,
        "subject_url": subjects.admin_url,
    }
