"""Payment attempts as the floors above see them."""

from dataclasses import dataclass

from praho.billing.payments import repos
from praho.models.billing.payments import OPEN_ATTEMPTS, AttemptState


@dataclass(frozen=True, slots=True)
class AttemptView:
    """An attempt as its page shows it; `url` is the provider's page while somebody must go there."""

    public_id: str
    state: AttemptState
    url: str | None
    reason: str | None

    @property
    def open(self) -> bool:
        """Whether it is not decided yet."""
        return self.state in OPEN_ATTEMPTS


def under_way(document_id: int | None) -> bool:
    """Return whether a payment of this document has begun and is not decided."""
    return document_id is not None and repos.open_attempt(document_id) is not None
