"""How the record's values are read."""

import json

from praho.audit.types import ERASED
from praho.core.domain import registry
from praho.core.i18n import gettext
from praho.core.i18n import lazy_gettext as _
from praho.core.principal import ActorKind

ACTOR_KINDS = {
    ActorKind.ANONYMOUS.value: _("Visitor"),
    ActorKind.USER.value: _("Customer's member"),
    ActorKind.STAFF.value: _("Staff"),
    ActorKind.SYSTEM.value: _("System"),
}


def action(name: str) -> object:
    """Return what somebody did in words, as the action's domain says; a name that no domain knows stays as it is."""
    labels = (one.label for one in registry().contributed("recorded") if one.action == name)
    return next(labels, name)


def shown(value: object) -> str:
    """Return an old or a new value as text: nothing is a dash, on and off are words, the rest as it is stored."""
    if value is None or value == "":
        return "–"
    if value == ERASED:
        return gettext("erased")
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
