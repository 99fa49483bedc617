"""What the items of a cart cost now: the same lines and the same totals as the proforma that will follow."""

from collections.abc import Sequence
from dataclasses import dataclass

from praho.billing.documents import sale
from praho.billing.tax.services import deciding
from praho.catalogue import repos as catalogue
from praho.catalogue.services import pricing
from praho.core import clock
from praho.core.errors import PrahoError
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.models.catalogue import BillingCycle, DomainOperation, Product
from praho.models.orders import CartItem, ItemKind
from praho.orders.types import CartLine, CartView

COUNTRY = "RO"


@dataclass(frozen=True, slots=True)
class Quoted:
    """An item at its price, with what its delivery will need."""

    line: CartLine
    sale_lines: tuple[sale.SaleLine, ...]
    product_id: int | None = None
    provider_account_id: int | None = None
    remote_plan: str | None = None


def view(items: Sequence[CartItem], currency: str) -> CartView:
    """Return a cart as a page shows it; items that cannot be ordered carry their problem and cost nothing."""
    return view_of(quote(items, currency), currency)


def view_of(quoted: Sequence[Quoted], currency: str) -> CartView:
    """Add quoted items up, with the VAT of a buyer in Romania today."""
    lines = [sale_line for item in quoted for sale_line in item.sale_lines]
    priced = sale.price(currency, lines, deciding.decide(COUNTRY, clock.today()))
    return CartView(tuple(item.line for item in quoted), currency, priced)


def quote(items: Sequence[CartItem], currency: str) -> list[Quoted]:
    """Price items one by one, in the reader's language; a PrahoError becomes the item's problem."""
    products = catalogue_products(items)
    return [_quote(item, products, currency) for item in items]


def catalogue_products(items: Sequence[CartItem]) -> dict[int, Product]:
    """Return the products that the items name."""
    return catalogue.products_by_id(item.product_id for item in items if item.product_id is not None)


def _quote(item: CartItem, products: dict[int, Product], currency: str) -> Quoted:
    try:
        if item.kind is ItemKind.DOMAIN:
            return _domain(item, currency)
        return _hosting(item, products, currency)
    except PrahoError as refusal:
        return Quoted(_unavailable(item, currency, str(refusal)), ())


def _domain(item: CartItem, currency: str) -> Quoted:
    name, years = item.domain_name or "", item.years or 1
    price = pricing.domain(name, DomainOperation.REGISTER, years, currency)
    title = _("Domain %(name)s", name=price.name)
    detail = _("registration for %(years)s years", years=years) if years > 1 else _("registration for one year")
    line = CartLine(
        item.public_id, item.kind, title, detail, price.name, None, years, price.amount, Money.zero(currency)
    )
    sold = sale.SaleLine(f"{title}, {detail}", price.amount.minor)
    return Quoted(line, (sold,), provider_account_id=price.provider_account_id)


def _hosting(item: CartItem, products: dict[int, Product], currency: str) -> Quoted:
    cycle = BillingCycle(item.cycle or BillingCycle.ANNUAL)
    price = pricing.plan(products.get(item.product_id or 0), cycle, currency)
    locale = current_locale()
    title = price.name.get(locale) or price.name["ro"]
    detail = cycle_name(cycle)
    line = CartLine(
        item.public_id, item.kind, title, detail, item.domain_name, cycle.value, None, price.amount, price.setup
    )
    about = f" ({item.domain_name})" if item.domain_name else ""
    sold = [sale.SaleLine(f"{title}, {detail}{about}", price.amount.minor)]
    if not price.setup.is_zero:
        sold.append(sale.SaleLine(_("Setup of %(plan)s", plan=title) + about, price.setup.minor))
    return Quoted(line, tuple(sold), price.product_id, price.provider_account_id, price.remote_plan)


def _unavailable(item: CartItem, currency: str, problem: str) -> CartLine:
    zero = Money.zero(currency)
    title = item.domain_name or _("Hosting plan")
    return CartLine(item.public_id, item.kind, title, "", item.domain_name, item.cycle, item.years, zero, zero, problem)


def cycle_name(cycle: BillingCycle) -> str:
    """Return the length of a cycle in words."""
    return {
        BillingCycle.MONTHLY: _("1 month"),
        BillingCycle.QUARTERLY: _("3 months"),
        BillingCycle.SEMIANNUAL: _("6 months"),
        BillingCycle.ANNUAL: _("1 year"),
        BillingCycle.BIENNIAL: _("2 years"),
        BillingCycle.TRIENNIAL: _("3 years"),
    }[cycle]
