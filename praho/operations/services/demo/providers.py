"""The demonstration's accounts at the sandbox world: registrar, hosting panel and card payments."""

from collections.abc import Mapping
from dataclasses import dataclass

from praho.integrations.services import browsing, opening
from praho.models.integrations import ProviderKind

PLUGIN = "sandbox"
"""The name of the plugin, and of its world among those that `praho run` starts."""
_LABELS = {
    ProviderKind.REGISTRAR: "Registru de domenii (sandbox)",
    ProviderKind.PROVISIONER: "Panou de găzduire (sandbox)",
    # Customers read this one, in either language.
    ProviderKind.PAYMENT: "Card (sandbox)",
}
_OLD_PANEL = "Panou vechi (sandbox)"
# Nothing listens on the first port of this machine.
_NOWHERE = "http://127.0.0.1:1"
# What the world takes unless it is told otherwise; it is a toy that listens on this machine.
_API_KEY, _WEBHOOK_SECRET = "sandbox-api-key", "sandbox-webhook-secret"


@dataclass(frozen=True, slots=True)
class Accounts:
    """The public ids of the accounts that plans and suffixes are sold through."""

    registrar: str
    provisioner: str
    payment: str


def open_accounts(address: str) -> None:
    """Open the three accounts at a world's address; in a system scope."""
    for kind, label in _LABELS.items():
        opening.open_account(kind, PLUGIN, _form(kind, address), label=label, live=False)


def open_old_panel(address: str) -> str:
    """Open an account of a second hosting panel, that the company is about to leave; return its public id."""
    kind = ProviderKind.PROVISIONER
    return opening.open_account(kind, PLUGIN, _form(kind, address), label=_OLD_PANEL, live=False)


def lose(account_id: str) -> None:
    """Let an account's address be one where nobody answers, and ask nothing new of it; in a system scope."""
    account = browsing.account(account_id)
    form = {**account.values, "base_url": _NOWHERE}
    opening.change(account_id, form, label=account.label, live=account.live)
    opening.switch(account_id, active=False)


def accounts() -> Accounts:
    """Return the accounts that were opened; in a system scope."""
    own = {account.kind: account.public_id for account in _own()}
    return Accounts(own[ProviderKind.REGISTRAR], own[ProviderKind.PROVISIONER], own[ProviderKind.PAYMENT])


def follow(address: str) -> int:
    """Bring the demonstration's accounts to the address where the world listens now; return how many changed."""
    moved = [account for account in _own() if account.values.get("base_url") != address]
    for account in moved:
        form = {**account.values, "base_url": address}
        opening.change(account.public_id, form, label=account.label, live=account.live)
    return len(moved)


def _own() -> list[browsing.AccountView]:
    return [
        account
        for account in browsing.accounts()
        if account.plugin_name == PLUGIN and account.label == _LABELS[account.kind]
    ]


def _form(kind: ProviderKind, address: str) -> Mapping[str, str]:
    form = {"base_url": address, "api_key": _API_KEY, "test_mode": "true"}
    if kind is ProviderKind.PAYMENT:
        form |= {"merchant": "praho-demo", "webhook_secret": _WEBHOOK_SECRET}
    return form
