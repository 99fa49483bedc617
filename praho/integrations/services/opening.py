"""Opening, changing and switching provider accounts."""

import json
from collections.abc import Mapping
from typing import Any

from praho.audit.services import recording
from praho.core import clock, i18n, masking
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid
from praho.core.i18n import gettext as _
from praho.core.ids import new_public_id
from praho.core.web import form_tokens
from praho.integrations import repos
from praho.integrations.errors import PluginMissing, UnknownAccount, UnknownPlugin
from praho.integrations.services import loading
from praho.integrations.types import Account
from praho.models.integrations import ProviderAccount, ProviderKind
from praho.sdk import settings, settings_values, texts
from praho.sdk.errors import InvalidSettings
from praho.sdk.plugin import Plugin

_LONGEST_LABEL = 80


def open_account(
    kind: ProviderKind,
    plugin_name: str,
    form: Mapping[str, str],
    *,
    label: str,
    live: bool,
    form_token: str | None = None,
) -> str:
    """Open an account of an installed plugin and return its public id; a form's token opens one however often sent.

    `form` maps the plugin's settings to what was typed. Raises Invalid with a sentence for each field that is wrong.
    """
    plugin = _plugin(kind, plugin_name)
    values, shown_label = _checked(plugin, form, None, label)

    def insert() -> str:
        row = ProviderAccount(
            public_id=new_public_id("acc"),
            plugin=plugin_name,
            kind=kind,
            label=shown_label,
            live=live,
            created_at=clock.now(),
        )
        _store(row, plugin, values)
        session.add(row)
        session.flush()
        recording.record(
            "integrations.account.open",
            subject=("provider_account", row.public_id),
            changes={"label": [None, shown_label], "plugin": [None, plugin_name], "live": [None, live]},
        )
        return row.public_id

    with unit_of_work() as session:
        return insert() if form_token is None else form_tokens.once(form_token, "integrations.open_account", insert)


def change(public_id: str, form: Mapping[str, str], *, label: str, live: bool) -> None:
    """Change an account's label, mode and settings; a secret that is left empty stays as it is. Raises Invalid."""
    with unit_of_work():
        row = _locked(public_id)
        before = repos.account_of(row)
        plugin = _plugin(before.kind, before.plugin)
        values, shown_label = _checked(plugin, form, before, label)
        row.label, row.live = shown_label, live
        _store(row, plugin, values)
        row.tested_at = row.test_error = None
        after = repos.account_of(row)
        recording.record(
            "integrations.account.change",
            subject=("provider_account", public_id),
            changes=_changes(plugin, before, after),
        )


def switch(public_id: str, *, active: bool) -> None:
    """Switch an account on or off. While it is off nothing new is asked of the provider; webhooks are still taken."""
    with unit_of_work():
        row = _locked(public_id)
        if row.active == active:
            return
        recording.record(
            "integrations.account.switch",
            subject=("provider_account", public_id),
            changes={"active": [row.active, active]},
        )
        row.active = active


def _checked(
    plugin: Plugin[Any], form: Mapping[str, str], before: Account | None, label: str
) -> tuple[dict[str, str], str]:
    errors: dict[str, object] = {}
    shown_label = " ".join(label.split())
    if not shown_label:
        errors["label"] = _("Please give the account a name.")
    elif len(shown_label) > _LONGEST_LABEL:
        errors["label"] = _("This name is too long.")
    values: dict[str, str] = {}
    try:
        kept = None if before is None else before.values
        values = settings_values.to_stored(settings_values.from_form(plugin.settings, form, kept))
    except InvalidSettings as error:
        locale = i18n.current_locale()
        errors |= {name: texts.render(text, locale) for name, text in error.errors.items()}
    if errors:
        raise Invalid(_("Please check the settings of the account."), fields=errors)
    return values, shown_label


def _store(row: ProviderAccount, plugin: Plugin[Any], values: Mapping[str, str]) -> None:
    secret = settings.secret_names(plugin.settings)
    row.settings = {name: value for name, value in values.items() if name not in secret}
    sealed = {name: value for name, value in values.items() if name in secret}
    row.secrets = json.dumps(sealed, sort_keys=True) if sealed else None


def _changes(plugin: Plugin[Any], before: Account, after: Account) -> dict[str, list[object]]:
    secret = settings.secret_names(plugin.settings)

    def facts(account: Account) -> dict[str, object]:
        shown = {name: value for name, value in account.values.items() if name not in secret}
        return {"label": account.label, "live": account.live, **shown}

    changes = recording.changed(facts(before), facts(after))
    replaced = [name for name in sorted(secret) if before.values.get(name) != after.values.get(name)]
    return {**changes, **{name: [masking.HIDDEN, masking.HIDDEN] for name in replaced}}


def _plugin(kind: ProviderKind, name: str) -> Plugin[Any]:
    try:
        return loading.plugin(kind, name)
    except UnknownPlugin as error:
        raise PluginMissing(_("The plugin %(name)s is not installed.", name=name)) from error


def _locked(public_id: str) -> ProviderAccount:
    found = repos.account_row(public_id)
    row = locking.lock_one(ProviderAccount, found.id)
    if row is None:
        raise UnknownAccount(_("There is no such provider account."))
    return row
