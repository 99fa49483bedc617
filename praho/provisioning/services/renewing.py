"""What the next period of a service will cost, as far as it is known today."""

from dataclasses import dataclass

from praho.catalogue.errors import NotForSale
from praho.catalogue.services import discounting, pricing, redeeming
from praho.core.db.scope import SystemScope, entered
from praho.core.money import Money
from praho.customers.services import standings
from praho.models.catalogue import DiscountTarget
from praho.models.provisioning import Service, ServiceState
from praho.provisioning import repos


@dataclass(frozen=True, slots=True)
class NextPeriod:
    """The net list price of a service's next period and what comes off it, both for the whole period.

    The discount holds for `periods` more periods, None for all of them. Where it is the customer's standing one,
    `standing` is its name in the reader's language; that one is looked up anew each time.
    """

    list_price: Money
    off: Money
    periods: int | None = None
    standing: str = ""

    @property
    def price(self) -> Money:
        """What the next period comes to, without VAT."""
        return self.list_price - self.off


def next_period(row: Service) -> NextPeriod | None:
    """Return what the next period of a service of the scope will cost, by the better of its discounts.

    None for a service that does not run, and where its plan or its period is no longer sold: no figure is better
    than a wrong one. Three queries at most.
    """
    product = repos.product_of(row.product_id) if row.state is ServiceState.ACTIVE else None
    if product is None:
        return None
    try:
        full = pricing.of_products({product.id: product}, row.currency).plan(product.id, row.cycle).amount
    except NotForSale:
        return None
    by_standing, name = _standing(row, full)
    promised = min(_promised_minor(row), full.minor)
    if by_standing > promised:
        return NextPeriod(full, Money(by_standing, row.currency), standing=name)
    return NextPeriod(full, Money(promised, row.currency), row.renewal_discount_cycles)


def _promised_minor(row: Service) -> int:
    """Return what was promised with the order, as long as a period is left for which it holds."""
    return 0 if row.renewal_discount_cycles == 0 else row.renewal_discount_minor


def _standing(row: Service, full: Money) -> tuple[int, str]:
    """Return what the customer has off by standing, in minor units, and its name; the portal's role reads neither."""
    with entered(SystemScope("a standing discount")):
        rule = redeeming.of_standing(standings.of_customer(row.customer_id))
    sold = discounting.Sold(DiscountTarget.PLANS, full.minor, product_id=row.product_id, cycle=row.cycle)
    cut = discounting.settle([sold], row.currency, standing=rule).cuts[0]
    return cut.price_minor, cut.label
