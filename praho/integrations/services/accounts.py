"""Provider accounts as the floors above see them."""

from dataclasses import dataclass

from praho.core.db.scope import SystemScope, entered
from praho.core.i18n import gettext as _
from praho.integrations import repos
from praho.integrations.errors import UnknownAccount
from praho.models.integrations import ProviderAccount, ProviderKind


@dataclass(frozen=True, slots=True)
class AccountChoice:
    """An account to choose from, or to call through. It holds nothing secret: customers may be shown `label`."""

    id: int
    public_id: str
    label: str
    live: bool


def active(kind: ProviderKind, public_id: str) -> AccountChoice:
    """Return an account of a kind that is switched on; raises UnknownAccount for any other. Any scope may ask."""
    with entered(SystemScope("provider account")):
        row = repos.account_row(public_id)
        if row.kind is not kind or not row.active:
            raise UnknownAccount(_("There is no such provider account."))
        return _choice(row)


def choices(kind: ProviderKind) -> list[AccountChoice]:
    """Return the accounts of a kind that are switched on, by label. Any scope may ask; one query."""
    with entered(SystemScope("provider accounts")):
        return [_choice(row) for row in repos.account_rows(kind) if row.active]


def _choice(row: ProviderAccount) -> AccountChoice:
    return AccountChoice(row.id, row.public_id, row.label, row.live)
