"""Payment attempts as the floors above see them."""

from dataclasses import dataclass

from praho.billing.payments import repos
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.models.billing.documents import DocumentState
from praho.models.billing.payments import OPEN_ATTEMPTS, AttemptState, PaymentAttempt


@dataclass(frozen=True, slots=True)
class AttemptView:
    """An attempt as its page shows it; `url` is the provider's page, where it has one.

    `reason` is for the customer, `staff_note` for staff alone.
    """

    public_id: str
    state: AttemptState
    url: str | None
    reason: str | None
    staff_note: str | None

    @property
    def open(self) -> bool:
        """Whether it is not decided yet."""
        return self.state in OPEN_ATTEMPTS


def under_way(document_id: int | None) -> bool:
    """Return whether a payment of this document has begun and is not decided."""
    return document_id is not None and repos.open_attempt([document_id]) is not None


@dataclass(frozen=True, slots=True)
class AttemptPage:
    """An attempt with the proformas that it pays (none where it adds funds), and whether it still waits for money."""

    attempt: AttemptView
    document_id: str | None
    numbers: tuple[str, ...]
    total: Money
    payable: bool

    @property
    def number(self) -> str:
        """The numbers of what it pays."""
        return ", ".join(self.numbers)

    @property
    def way_on(self) -> str | None:
        """The provider's page, where there is still something to pay on it."""
        return self.attempt.url if self.attempt.state is AttemptState.WAITING and self.payable else None


def latest(document_id: int) -> AttemptView | None:
    """Return the newest attempt to pay a document, or None."""
    found = repos.attempts_of(document_id)
    return view_of(found[0]) if found else None


def all_of(document_id: int) -> tuple[AttemptView, ...]:
    """Return the attempts to pay a proforma, the newest first."""
    return tuple(view_of(row) for row in repos.attempts_of(document_id))


def shown(public_id: str) -> AttemptPage:
    """Return an attempt of the scope; raises NotFound."""
    row = repos.attempt(public_id)
    if row is None:
        raise NotFound(_("This payment does not exist."))
    proformas = repos.documents_of_attempt(row.id)
    return AttemptPage(
        view_of(row),
        proformas[0].public_id if proformas else None,
        tuple(proforma.number_text for proforma in proformas),
        Money(row.amount_minor, row.currency),
        payable=not proformas or any(proforma.state is DocumentState.OPEN for proforma in proformas),
    )


def view_of(row: PaymentAttempt) -> AttemptView:
    """Return a row as a frozen value."""
    return AttemptView(row.public_id, row.state, row.url, row.reason, row.staff_note)
