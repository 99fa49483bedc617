"""Domain names as people read them."""

from praho.core.identifiers import domain_name
from praho.core.identifiers.domain_name import InvalidDomainName


def shown(ascii_name: str) -> str:
    """Return a stored name with its letters (`pâine.ro` for `xn--pine-noa.ro`); one that cannot be read, as it is."""
    try:
        return domain_name.parse(ascii_name).unicode
    except InvalidDomainName:
        return ascii_name
