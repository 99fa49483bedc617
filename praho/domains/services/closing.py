"""What of domains keeps a customer from being closed."""

from praho.core.db.counting import count_all, counting
from praho.core.i18n import ngettext
from praho.models.domains import LIVE_DOMAINS, DomainName


def open_of(customer_id: int) -> str | None:
    """Return a sentence where a customer has domains that live, else None. One query."""
    [number] = count_all(
        [counting(DomainName, DomainName.customer_id == customer_id, DomainName.state.in_(LIVE_DOMAINS))]
    )
    if number == 0:
        return None
    return ngettext(
        "%(num)s domain is registered or being registered.",
        "%(num)s domains are registered or being registered.",
        number,
    )
