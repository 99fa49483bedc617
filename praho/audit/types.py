"""The record as pages show it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

ERASED = "[erased]"
"""What stands in an event in the place of a name or a value that was taken away (GDPR art. 17)."""


@dataclass(frozen=True, slots=True)
class AuditFilter:
    """What the list is narrowed to, as typed: an action, an actor's e-mail or public id, a customer's public id.

    `subject` is a kind, or a kind and a public id as `customer:cus_…`.
    """

    action: str = ""
    actor: str = ""
    customer: str = ""
    subject: str = ""

    @property
    def active(self) -> bool:
        """Whether anything is filtered."""
        return bool(self.action or self.actor or self.customer or self.subject)


@dataclass(frozen=True, slots=True)
class Whose:
    """The customer whose data an event is about."""

    public_id: str
    name: str


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One event. `intact` says that the row is what was written."""

    public_id: str
    at: datetime
    actor_kind: str
    actor_name: str
    actor_public_id: str | None
    customer: Whose | None
    action: str
    subject_kind: str
    subject_id: str
    changes: dict[str, list[Any]]
    request_id: str | None
    ip: str | None
    intact: bool
