"""What a customer has to pay: the open proformas of the scope at hand."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from praho.billing.documents import repos, snapshot, snapshot_json
from praho.billing.documents.services import asking
from praho.core import clock
from praho.core.money import Money
from praho.models.billing.documents import Document


@dataclass(frozen=True, slots=True)
class Due:
    """The open proformas: how many, their sums by currency, the earliest due date, and the first few rows."""

    number: int
    sums: tuple[Money, ...]
    first_due: date | None
    rows: tuple[Document, ...]
    invoices: Mapping[int, Document]
    """The invoices that are there already and wait for what those rows ask, by the row's id."""

    @property
    def seller(self) -> snapshot.Party | None:
        """Who is to be paid, as the first of the proformas says it."""
        return snapshot_json.from_json(self.rows[0].snapshot).seller if self.rows else None

    @property
    def overdue(self) -> bool:
        """Whether the earliest due date has passed."""
        return self.first_due is not None and self.first_due < clock.today()


def due(limit: int) -> Due:
    """Return what is to be paid, the soonest due first; one query, and two more where there is anything."""
    totals = repos.open_totals()
    rows = tuple(repos.open_proformas(limit)) if totals else ()
    return Due(
        number=sum(number for _currency, number, _total, _first in totals),
        sums=tuple(Money(total, currency) for currency, _number, total, _first in totals),
        first_due=min((first for _currency, _number, _total, first in totals), default=None),
        rows=rows,
        invoices=asking.invoices(rows) if rows else {},
    )


def of_customer(customer_id: int, limit: int) -> list[Document]:
    """Return a customer's open proformas, the soonest due first."""
    return repos.open_proformas(limit, customer_id)
