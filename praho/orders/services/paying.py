"""How an order can be paid: the providers' ways that are switched on, and the company's bank account."""

from dataclasses import dataclass

from praho.integrations.services import choosing
from praho.integrations.services.choosing import Choice
from praho.models.integrations import ProviderKind
from praho.settings.services import company


@dataclass(frozen=True, slots=True)
class Ways:
    """The ways to pay. `transfer` says that there is an account to transfer to."""

    providers: tuple[Choice, ...]
    transfer: bool


def ways(currency: str) -> Ways:
    """Return the ways to pay in a currency that are open now. Two queries at most."""
    return Ways(choosing.choices(ProviderKind.PAYMENT), company.seller().account_in(currency) is not None)
