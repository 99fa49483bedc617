"""The one place that says what something costs: a plan for a cycle, a domain operation for some years.

Net prices, for the whole period: nothing multiplies them again. A missing price is a refusal, never zero.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from praho.catalogue import repos
from praho.catalogue.errors import NotForSale
from praho.core.i18n import gettext as _
from praho.core.identifiers import domain_name
from praho.core.money import Money
from praho.models.catalogue import BillingCycle, DomainOperation, Product, ProductPrice, SaleState, Tld, TldPrice


@dataclass(frozen=True, slots=True)
class PlanPrice:
    """A plan at a price: `amount` for one whole cycle, `setup` once; either may be zero, which means free."""

    product_id: int
    name: Mapping[str, str]
    cycle: BillingCycle
    amount: Money
    setup: Money
    provider_account_id: int
    remote_plan: str


@dataclass(frozen=True, slots=True)
class DomainPrice:
    """A domain operation at a price, for all its years together. `name` is ASCII, `shown` as people read it."""

    name: str
    shown: str
    tld: str
    operation: DomainOperation
    years: int
    amount: Money
    provider_account_id: int


@dataclass(frozen=True, slots=True)
class PriceBook:
    """The prices of one currency, read at once: as many questions as one likes cost no further query."""

    currency: str
    products: Mapping[int, Product]
    plan_prices: Mapping[tuple[int, BillingCycle], ProductPrice]
    tlds: Mapping[str, Tld]
    domain_prices: Mapping[tuple[int, DomainOperation, int], TldPrice]

    def plan(self, product_id: int | None, cycle: BillingCycle) -> PlanPrice:
        """Return what a plan on sale costs for `cycle`; raises NotForSale where it is not sold so."""
        product = None if product_id is None else self.products.get(product_id)
        if product is None or product.state is not SaleState.ON_SALE or product.provider_account_id is None:
            raise NotForSale(_("This plan is no longer on sale."))
        price = self.plan_prices.get((product.id, cycle))
        if price is None:
            raise NotForSale(_("This plan is not sold for the period that was chosen."))
        return PlanPrice(
            product_id=product.id,
            name=product.name,
            cycle=cycle,
            amount=Money(price.amount_minor, self.currency),
            setup=Money(price.setup_minor, self.currency),
            provider_account_id=product.provider_account_id,
            remote_plan=product.remote_plan,
        )

    def domain(self, name: str, operation: DomainOperation, years: int) -> DomainPrice:
        """Return what `operation` on `name` costs for `years`; the longest suffix on sale decides.

        Raises NotForSale for a suffix or a number of years that is not sold, and the refusals of
        `domain_name.parse` and `domain_name.split` for a name that cannot be bought.
        """
        parsed = domain_name.parse(name)
        tld = self._tld_of(parsed)
        assert tld.provider_account_id is not None
        return DomainPrice(
            name=parsed.ascii,
            shown=parsed.unicode,
            tld=tld.name,
            operation=operation,
            years=years,
            amount=self.suffix(tld.name, operation, years),
            provider_account_id=tld.provider_account_id,
        )

    def years_of(self, name: str, operation: DomainOperation) -> dict[int, Money]:
        """Return the prices of `operation` on a name by the years that it is sold for; raises as `domain` does."""
        return self.years(self._tld_of(domain_name.parse(name)).name, operation)

    def cycles(self, product_id: int | None) -> dict[BillingCycle, Money]:
        """Return the prices of a plan by the cycles that it is sold for, the shortest first."""
        return {
            cycle: self.plan(product_id, cycle).amount
            for cycle in BillingCycle
            if product_id is not None and (product_id, cycle) in self.plan_prices
        }

    def suffix(self, tld_name: str, operation: DomainOperation, years: int) -> Money:
        """Return what `operation` under a suffix on sale costs for `years`; raises NotForSale."""
        tld = self.tlds[tld_name]
        price = self.domain_prices.get((tld.id, operation, years))
        if price is None or not tld.min_years <= years <= tld.max_years:
            raise NotForSale(_("This domain is not sold for the number of years that was chosen."))
        return Money(price.amount_minor, self.currency)

    def years(self, tld_name: str, operation: DomainOperation) -> dict[int, Money]:
        """Return the prices of `operation` under a suffix on sale, by the years that it is sold for, ascending."""
        tld = self.tlds[tld_name]
        sold = range(tld.min_years, tld.max_years + 1)
        return {
            years: self.suffix(tld_name, operation, years)
            for years in sold
            if (tld.id, operation, years) in self.domain_prices
        }

    def _tld_of(self, parsed: domain_name.DomainName) -> Tld:
        parts = domain_name.split(parsed, self.tlds)
        tld = self.tlds[parts.suffix]
        if parts.below or tld.provider_account_id is None:
            raise NotForSale(_("We do not sell domains with this ending."))
        return tld


def of_products(products: Mapping[int, Product], currency: str) -> PriceBook:
    """Return the prices of products that were read already. One query."""
    return _book(currency, products, {})


def of_domains(currency: str) -> PriceBook:
    """Return the prices of all suffixes on sale. Two queries."""
    return _book(currency, {}, {tld.name: tld for tld in repos.tlds_on_sale()})


def for_items(product_ids: Iterable[int], currency: str, *, with_domains: bool) -> PriceBook:
    """Return the prices that a basket needs, in at most four queries."""
    tlds = {tld.name: tld for tld in repos.tlds_on_sale()} if with_domains else {}
    return _book(currency, repos.products_by_id(product_ids), tlds)


def plan(slug: str, cycle: BillingCycle, currency: str) -> PlanPrice:
    """Return what the plan with this slug costs for `cycle`; raises NotForSale."""
    product = repos.product_by_slug(slug)
    known = {} if product is None else {product.id: product}
    return of_products(known, currency).plan(None if product is None else product.id, cycle)


def domain(name: str, operation: DomainOperation, years: int, currency: str) -> DomainPrice:
    """Return what `operation` on `name` costs for `years`; raises as `PriceBook.domain` does."""
    return of_domains(currency).domain(name, operation, years)


def _book(currency: str, products: Mapping[int, Product], tlds: Mapping[str, Tld]) -> PriceBook:
    plan_prices = repos.product_prices(products, currency)
    domain_prices = repos.tld_prices([tld.id for tld in tlds.values()], currency)
    return PriceBook(
        currency=currency,
        products=products,
        plan_prices={(price.product_id, price.cycle): price for price in plan_prices},
        tlds=tlds,
        domain_prices={(price.tld_id, price.operation, price.years): price for price in domain_prices},
    )
