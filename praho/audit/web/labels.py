"""How the record's values are read."""

import json

from praho.core.i18n import gettext
from praho.core.i18n import lazy_gettext as _
from praho.core.principal import ActorKind

ACTOR_KINDS = {
    ActorKind.ANONYMOUS.value: _("Visitor"),
    ActorKind.USER.value: _("Customer's member"),
    ActorKind.STAFF.value: _("Staff"),
    ActorKind.SYSTEM.value: _("System"),
}


def shown(value: object) -> str:
    """Return an old or a new value as text: nothing is a dash, on and off are words, the rest as it is stored."""
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
