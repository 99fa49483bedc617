"""Changing business settings."""

from collections.abc import Mapping

from praho.audit.services import recording
from praho.core import clock
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid, NotFound
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.models.settings import Setting
from praho.settings import repos
from praho.settings.services import catalogue, checking, company, values
from praho.settings.types import SettingValue


def change(group: str, typed: Mapping[str, str]) -> list[str]:
    """Keep what was typed into a group's screen, and return the keys that changed; in a staff or a system scope.

    Raises Invalid naming the refused settings by key, NotFound for a group that no domain declares.
    """
    fields = catalogue.of_group(group)
    if not fields:
        raise NotFound(_("There are no such settings."))
    checked = checking.checked(fields, typed)
    refused = company.refusals(checked) if group == company.GROUP else {}
    if refused:
        raise Invalid(_("Please correct the marked fields."), fields=refused)
    return store(checked, subject=group)


def store(wanted: Mapping[str, SettingValue], *, subject: str) -> list[str]:
    """Keep checked values, and return the keys that changed. A value that equals the default is not kept."""
    declared = catalogue.fields()
    with unit_of_work() as session:
        values.forget()
        before = {key: values.get(key) for key in wanted}
        changes = recording.changed(before, wanted)
        rows = repos.rows(list(changes))
        for key in changes:
            row = rows.get(key)
            if wanted[key] == declared[key].default:
                if row is not None:
                    session.delete(row)
                continue
            if row is None:
                row = Setting(key=key)
                session.add(row)
            row.value = wanted[key]
            row.updated_at = clock.now()
            row.updated_by = current_principal().user_id
        if changes:
            recording.record("settings.changed", subject=("settings", subject), changes=changes)
        values.forget()
        return list(changes)
