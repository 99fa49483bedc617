"""Bulk runs as pages show them."""

from dataclasses import dataclass
from datetime import datetime

from praho.core.desk import BulkAction
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.models.operations import BulkItem, BulkItemState
from praho.operations import repos
from praho.operations.services.bulk import starting


@dataclass(frozen=True, slots=True)
class RunView:
    """How far a run is. `failures` are its first refused items."""

    public_id: str
    action: BulkAction
    note: str
    total: int
    done: int
    failed: int
    created_at: datetime
    finished_at: datetime | None
    failures: tuple[BulkItem, ...]

    @property
    def settled(self) -> int:
        """How many items need no more work."""
        return self.done + self.failed


def shown(public_id: str) -> RunView:
    """Return a run of whoever asks; raises NotFound for anybody else's. Three queries."""
    run = repos.bulk_run(public_id)
    if run is None or run.user_id != current_principal().user_id:
        raise NotFound(_("There is no such run."))
    counts = repos.items_by_state(run.id)
    return RunView(
        public_id=run.public_id,
        action=starting.action(run.action),
        note=run.note,
        total=run.total,
        done=counts.get(BulkItemState.DONE, 0),
        failed=counts.get(BulkItemState.FAILED, 0),
        created_at=run.created_at,
        finished_at=run.finished_at,
        failures=tuple(repos.failed_items(run.id)) if counts.get(BulkItemState.FAILED) else (),
    )
