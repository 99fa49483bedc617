"""Which accounts may be used for something new: the ones that are switched on."""

from dataclasses import dataclass

from praho.core.db.scope import SystemScope, entered
from praho.core.i18n import gettext as _
from praho.integrations import repos
from praho.integrations.errors import UnknownAccount
from praho.models.integrations import ProviderKind


@dataclass(frozen=True, slots=True)
class Choice:
    """An account as somebody may choose it; nothing of its settings."""

    id: int
    public_id: str
    label: str


def choices(kind: ProviderKind) -> tuple[Choice, ...]:
    """Return the accounts of a kind that are switched on, by label. For every scope: only labels are given out."""
    with entered(SystemScope("choose a provider account")):
        return tuple(Choice(row.id, row.public_id, row.label) for row in repos.account_rows(kind) if row.active)


def chosen(kind: ProviderKind, public_id: str) -> Choice:
    """Return one of the choices; raises UnknownAccount for anything else."""
    for choice in choices(kind):
        if choice.public_id == public_id:
            return choice
    raise UnknownAccount(_("There is no such provider account."))
