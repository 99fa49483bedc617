"""The one pricing function of each trade: what a plan costs for a cycle, and a domain for some years.

Net prices, for the whole period: nothing multiplies them again. A missing price is a refusal, never zero.
"""

from dataclasses import dataclass

from praho.catalogue import repos
from praho.catalogue.errors import NotForSale
from praho.core.i18n import gettext as _
from praho.core.identifiers import domain_name
from praho.core.money import Money
from praho.models.catalogue import BillingCycle, DomainOperation, Product, SaleState


@dataclass(frozen=True, slots=True)
class PlanPrice:
    """A plan at a price: `amount` for one whole cycle, `setup` once; either may be zero, which means free."""

    product_id: int
    name: dict[str, str]
    cycle: BillingCycle
    amount: Money
    setup: Money
    provider_account_id: int
    remote_plan: str
    needs_domain: bool


@dataclass(frozen=True, slots=True)
class DomainPrice:
    """A domain operation at a price, for all its years together."""

    name: str
    tld: str
    operation: DomainOperation
    years: int
    amount: Money
    provider_account_id: int


def plan(product: Product | None, cycle: BillingCycle, currency: str) -> PlanPrice:
    """Return what a product on sale costs for `cycle`; raises NotForSale where it is not sold so."""
    if product is None or product.state is not SaleState.ON_SALE or product.provider_account_id is None:
        raise NotForSale(_("This plan is no longer on sale."))
    price = repos.product_price(product.id, cycle, currency)
    if price is None:
        raise NotForSale(_("This plan is not sold for the period that was chosen."))
    return PlanPrice(
        product_id=product.id,
        name=product.name,
        cycle=cycle,
        amount=Money(price.amount_minor, currency),
        setup=Money(price.setup_minor, currency),
        provider_account_id=product.provider_account_id,
        remote_plan=product.remote_plan,
        needs_domain=product.needs_domain,
    )


def domain(name: str, operation: DomainOperation, years: int, currency: str) -> DomainPrice:
    """Return what `operation` on `name` costs for `years`; the longest suffix on sale decides.

    Raises NotForSale for a suffix, a number of years or a currency that is not sold, and the refusals of
    `domain_name.parse` for a name that is none.
    """
    parsed = domain_name.parse(name)
    tlds = {tld.name: tld for tld in repos.tlds(on_sale=True)}
    parts = domain_name.split(parsed, tlds)
    tld = tlds[parts.suffix]
    if parts.below or tld.provider_account_id is None:
        raise NotForSale(_("We do not sell domains with this ending."))
    price = repos.tld_price(tld.id, operation, years, currency)
    if price is None or not tld.min_years <= years <= tld.max_years:
        raise NotForSale(_("This domain is not sold for the number of years that was chosen."))
    return DomainPrice(
        name=parsed.ascii,
        tld=tld.name,
        operation=operation,
        years=years,
        amount=Money(price.amount_minor, currency),
        provider_account_id=tld.provider_account_id,
    )
