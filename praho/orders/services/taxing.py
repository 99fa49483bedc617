"""The VAT of a basket for the buyer at hand: the decision that the review shows and the proforma repeats."""

from praho.billing.tax.services import deciding
from praho.billing.tax.services.deciding import Visit
from praho.billing.tax.types import TaxDecision
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.errors import PrahoError
from praho.core.money import Money
from praho.core.principal import current_principal
from praho.customers.services import checking, members, profiles, vat_ids
from praho.customers.types import BillingProfile, CustomerInput


def at_home() -> TaxDecision:
    """Return the VAT of a buyer in Romania today, for prices that are shown before anybody said who buys."""
    return deciding.at_home(clock.today())


def for_buyer(buyer: str | CustomerInput, net: Money, visit: Visit | None = None) -> TaxDecision:
    """Return the VAT for one of the person's customers (a public id), or for a new one as typed.

    Who cannot be read yet is taxed as a buyer in Romania is; ordering refuses them with the reasons.
    """
    with entered(SystemScope("checkout")):
        profile = _profile(buyer)
        return at_home() if profile is None else deciding.for_profile(profile, clock.today(), net, visit)


def for_customer(customer_id: int, net: Money) -> TaxDecision:
    """Return the VAT for a customer for whom staff order."""
    return deciding.for_customer(customer_id, clock.today(), net)


def ask_vies(buyer: str | CustomerInput) -> None:
    """Ask VIES about a buyer whose VAT hangs on it, unless it answered today; its silence holds nobody up."""
    with entered(SystemScope("checkout")):
        profile = _profile(buyer)
        if profile is not None and profile.vat_id is not None and deciding.needs_vies(profile):
            vat_ids.fresh(profile.vat_id)


def _profile(buyer: str | CustomerInput) -> BillingProfile | None:
    try:
        if isinstance(buyer, CustomerInput):
            return profiles.of_checked(checking.checked(buyer))
        membership = members.membership(current_principal().user_id, buyer)
        return None if membership is None else profiles.billing_profile(membership.customer_id)
    except PrahoError:
        return None
