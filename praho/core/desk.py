"""What a domain offers to the staff's desk: what waits for a human, how business goes, and what can be done."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Select

from praho.core.permissions import Permission


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that may wait for a human: `count()` is the statement that counts it, put into one query with the rest.

    `endpoint` and `arguments` lead to the list of it. What is `urgent` is shown as wrong, the rest as waiting.
    """

    name: str
    label: object
    icon: str
    permission: Permission
    endpoint: str
    count: Callable[[], Select[Any]]
    arguments: Mapping[str, str] = field(default_factory=dict)
    urgent: bool = False
    order: int = 100


@dataclass(frozen=True, slots=True)
class Trend:
    """A measure of `core.tallies` that staff follow from month to month; `endpoint` leads to the list behind it.

    Money is shown in the company's currency, everything else as a count.
    """

    name: str
    label: object
    icon: str
    permission: Permission
    endpoint: str
    measure: str
    money: bool = False
    order: int = 100


@dataclass(frozen=True, slots=True)
class DeskAction:
    """Something to begin from anywhere: the page of `endpoint`, offered by the palette under `label`."""

    name: str
    label: object
    icon: str
    permission: Permission
    endpoint: str
    order: int = 100


@dataclass(frozen=True, slots=True)
class BulkWork:
    """One row of a bulk run: its public id, what was typed with the action, and an occasion that is the run's own."""

    subject_id: str
    note: str
    occasion: str


@dataclass(frozen=True, slots=True)
class BulkAction:
    """What may be done to many rows of the list `endpoint` at once: `run` is one command for one row.

    A refusal (PrahoError) is noted at the row and the run goes on. `run` is called again after a crash, so it must
    refuse or ignore what is done already. `note` labels the text that the action asks for, where it asks for one;
    `subject` is the kind of the rows, for links to them.
    """

    name: str
    label: object
    icon: str
    permission: Permission
    endpoint: str
    run: Callable[[BulkWork], None]
    note: object = ""
    subject: str = ""


@dataclass(frozen=True, slots=True)
class ClosingObstacle:
    """Says in a sentence what of a customer is still open, or None: `find(customer id)`, under the customer's lock."""

    name: str
    find: Callable[[int], str | None]
