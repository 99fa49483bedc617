"""Accounts, operations, calls and webhooks as pages show them: nothing secret among it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from praho.core import i18n
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.web.paging import Page
from praho.integrations import repos
from praho.integrations.errors import PluginMissing, UnknownPlugin
from praho.integrations.services import loading
from praho.integrations.types import CallLine, OperationLine
from praho.models.integrations import (
    InboxMessage,
    InboxState,
    OperationState,
    ProviderAccount,
    ProviderCall,
    ProviderKind,
    ProviderOperation,
)
from praho.sdk import texts
from praho.sdk.settings import FieldDescription, describe


@dataclass(frozen=True, slots=True)
class PluginLine:
    """An installed plugin."""

    kind: ProviderKind
    name: str
    title: str
    version: str
    fields: tuple[FieldDescription, ...]


@dataclass(frozen=True, slots=True)
class AccountView:
    """An account. `plugin` is None where it is not installed any more; `values` has no secrets.

    `secrets` names the secret fields that are filled.
    """

    id: int
    public_id: str
    label: str
    kind: ProviderKind
    plugin_name: str
    plugin: PluginLine | None
    live: bool
    active: bool
    values: Mapping[str, str]
    secrets: frozenset[str]
    created_at: datetime
    tested_at: datetime | None
    test_error: str | None


@dataclass(frozen=True, slots=True)
class MessageView:
    """A webhook with its account's name; `body` is its text as it arrived."""

    row: InboxMessage
    account_label: str
    account_public_id: str
    body: str


def plugins() -> list[PluginLine]:
    """Return the installed plugins in the reader's language."""
    return [_line(plugin.kind.value, plugin.name) for plugin in loading.plugins()]


def plugin(kind: ProviderKind, name: str) -> PluginLine:
    """Return an installed plugin; raises PluginMissing."""
    try:
        return _line(kind.value, name)
    except UnknownPlugin as error:
        raise PluginMissing(_("The plugin %(name)s is not installed.", name=name)) from error


def accounts() -> list[AccountView]:
    """Return all accounts, by kind and label. One query."""
    return [_view(row) for row in repos.account_rows()]


def account(public_id: str) -> AccountView:
    """Return an account; raises UnknownAccount. One query."""
    return _view(repos.account_row(public_id))


def calls(account_id: int, cursor: str | None) -> Page[ProviderCall]:
    """Return a page of an account's calls, the newest first."""
    return repos.calls_page(account_id, cursor)


def operations(state: OperationState | None, cursor: str | None) -> tuple[Page[ProviderOperation], list[OperationLine]]:
    """Return a page of operations, and its rows as lines, the newest first. Two queries."""
    page = repos.operations_page(state, cursor)
    used = repos.accounts_by_id([row.account_id for row in page.items])
    return page, [_operation_line(row, used[row.account_id]) for row in page.items]


def operations_of(subject_kind: str, subject_id: str, limit: int = 20) -> list[OperationLine]:
    """Return what was asked of providers for a subject, the newest first. One query."""
    return [_operation_line(*pair) for pair in repos.operations_of(subject_kind, subject_id, limit)]


def calls_of(subject_kind: str, subject_id: str, limit: int = 50) -> list[CallLine]:
    """Return the calls that were made for a subject, the newest first. One query."""
    return [
        CallLine(row.at, row.name, row.outcome, row.detail, row.milliseconds, row.request_id)
        for row in repos.calls_of_subject(subject_kind, subject_id, limit)
    ]


def messages(state: InboxState | None, cursor: str | None) -> tuple[Page[InboxMessage], dict[int, ProviderAccount]]:
    """Return a page of webhooks, the newest first, and their accounts by id. Two queries."""
    page = repos.messages_page(state, cursor)
    return page, repos.accounts_by_id([row.account_id for row in page.items])


def message(public_id: str) -> MessageView:
    """Return a webhook; raises NotFound."""
    row = repos.message_by_public_id(public_id)
    if row is None:
        raise NotFound(_("There is no such message."))
    used = repos.accounts_by_id([row.account_id])[row.account_id]
    return MessageView(row, used.label, used.public_id, row.body.decode(errors="replace"))


def _line(kind: str, name: str) -> PluginLine:
    found = loading.plugin(ProviderKind(kind), name)
    title = texts.render(found.title, i18n.current_locale())
    return PluginLine(ProviderKind(kind), name, title, found.version, describe(found.settings))


def _view(row: ProviderAccount) -> AccountView:
    try:
        installed = _line(row.kind.value, row.plugin)
    except UnknownPlugin:
        installed = None
    return AccountView(
        id=row.id,
        public_id=row.public_id,
        label=row.label,
        kind=row.kind,
        plugin_name=row.plugin,
        plugin=installed,
        live=row.live,
        active=row.active,
        values=row.settings,
        secrets=repos.filled_secrets(row),
        created_at=row.created_at,
        tested_at=row.tested_at,
        test_error=row.test_error,
    )


def _operation_line(row: ProviderOperation, used: ProviderAccount) -> OperationLine:
    return OperationLine(
        public_id=row.public_id,
        kind=row.kind,
        account_label=used.label,
        account_public_id=used.public_id,
        subject_kind=row.subject_kind,
        subject_id=row.subject_id,
        state=row.state,
        reason=row.reason,
        request=row.request,
        created_at=row.created_at,
        decided_at=row.decided_at,
    )
