"""The nameservers that new domains get."""

from praho.core.db.scope import SystemScope, entered
from praho.core.i18n import gettext as _
from praho.core.identifiers import domain_name
from praho.core.identifiers.domain_name import InvalidDomainName
from praho.settings.services import values

KEY = "domains.nameservers"
EXAMPLE = "ns1.praho.example\nns2.praho.example"
_FEWEST, _MOST = 2, 6


def default() -> tuple[str, ...]:
    """Return the host names of the setting, in their order, in ASCII."""
    return tuple(domain_name.parse(line).ascii for line in values.text(KEY).split())


def refusal(text: str) -> str | None:
    """Return why a text is not accepted as the setting, or None."""
    lines = text.split()
    if not _FEWEST <= len(lines) <= _MOST:
        return _("Please give from %(least)d to %(most)d nameservers, one a line.", least=_FEWEST, most=_MOST)
    for line in lines:
        try:
            domain_name.parse(line)
        except InvalidDomainName:
            return _("%(name)s is not the name of a server.", name=line)
    return None


def still_the_example() -> str | None:
    """Return a sentence where new domains would get nameservers that do not exist, else None."""
    with entered(SystemScope("health check")):
        kept = values.text(KEY)
    return _("New domains get the example's nameservers: set your own.") if kept == EXAMPLE else None
