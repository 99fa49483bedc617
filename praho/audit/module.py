"""The audit domain: the record of who did what."""

from praho.core.domain import Domain

DOMAIN = Domain(name="audit")
