"""The suffixes under which the demonstration sells domains."""

from praho.catalogue.services import selling, tlds
from praho.catalogue.types import TldInput
from praho.models.catalogue import DomainOperation

_MOST_YEARS = 5
# Net bani for each year: registration, renewal, transfer.
_YEARLY = {
    "ro": (4500, 4900, 4500),
    "com.ro": (3500, 3900, 3500),
    "com": (5900, 6900, 6500),
    "net": (6500, 7500, 6900),
    "eu": (3500, 4500, 3900),
    "org": (6200, 7200, 6800),
}


def stock(account_id: str) -> None:
    """Put every suffix on sale through a registrar account, for one to five years; in a system scope."""
    for position, (name, yearly) in enumerate(_YEARLY.items(), start=1):
        made = tlds.create(
            TldInput(name=name, account_id=account_id, min_years=1, max_years=_MOST_YEARS, position=position)
        )
        amounts = dict(zip(DomainOperation, yearly, strict=True))
        tlds.set_prices(
            made,
            {
                (operation, years): amount * years
                for operation, amount in amounts.items()
                for years in range(1, _MOST_YEARS + 1)
            },
        )
        selling.put_tld_on_sale(made)
