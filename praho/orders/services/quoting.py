"""What the items of a cart cost now: the same lines and the same totals as the proforma that will follow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from praho.billing.documents import sale
from praho.billing.tax.types import TaxDecision
from praho.catalogue.services import pricing
from praho.catalogue.types import CYCLE_NAMES, in_language
from praho.core.errors import PrahoError
from praho.core.i18n import current_locale, ngettext
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.models.catalogue import BillingCycle, DomainOperation
from praho.models.orders import CartItem, ItemKind
from praho.orders.services import currencies, taxing
from praho.orders.types import CartLine, CartView

Decide = Callable[[Money], TaxDecision]
"""Gives the VAT of a sale of some net amount."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """An item at its price, with what its delivery will need."""

    line: CartLine
    sale_lines: tuple[sale.SaleLine, ...]
    product_id: int | None = None
    provider_account_id: int | None = None
    remote_plan: str | None = None


@dataclass(frozen=True, slots=True)
class Vat:
    """The VAT of a sale to a buyer in Romania today, decided once for a page full of prices."""

    decision: TaxDecision

    def gross(self, net: Money) -> Money:
        """Return what a single thing of this net price costs with VAT, as its proforma would say."""
        priced = sale.price(net.currency, [sale.SaleLine("", net.minor)], self.decision)
        return Money(priced.totals.total_minor, net.currency)


def vat_today() -> Vat:
    """Return the VAT in force. One query."""
    return Vat(taxing.at_home())


def view(items: Sequence[CartItem], currency: str, decide: Decide | None = None) -> CartView:
    """Return a cart as a page shows it; items that cannot be ordered carry their problem and cost nothing."""
    return view_of(quote(items, currency), currency, decide)


def view_of(quoted: Sequence[Quoted], currency: str, decide: Decide | None = None) -> CartView:
    """Add quoted items up, with the VAT that `decide` gives for their net; by default a buyer's in Romania today."""
    lines = [sale_line for item in quoted for sale_line in item.sale_lines]
    tax = vat_today().decision if decide is None else decide(sale.net(currency, lines))
    priced = sale.price(currency, lines, tax)
    return CartView(tuple(item.line for item in quoted), currency, priced, tax, currencies.refusal(currency))


def quote(items: Sequence[CartItem], currency: str) -> list[Quoted]:
    """Price items in the reader's language; a PrahoError becomes the item's problem. At most four queries."""
    with_domains = any(item.kind is ItemKind.DOMAIN for item in items)
    product_ids = [item.product_id for item in items if item.product_id is not None]
    book = pricing.for_items(product_ids, currency, with_domains=with_domains)
    return [_quote(item, book) for item in items]


def _quote(item: CartItem, book: pricing.PriceBook) -> Quoted:
    try:
        return _domain(item, book) if item.kind is ItemKind.DOMAIN else _hosting(item, book)
    except PrahoError as refusal:
        return Quoted(_unavailable(item, book, str(refusal)), ())


def _domain(item: CartItem, book: pricing.PriceBook) -> Quoted:
    years = item.years if item.years is not None else 1
    price = book.domain(item.domain_name or "", DomainOperation.REGISTER, years)
    title = _("Domain %(name)s", name=price.shown)
    detail = ngettext("registration for %(num)s year", "registration for %(num)s years", years)
    zero, periods = Money.zero(book.currency), _periods(item, book)
    line = CartLine(item.public_id, item.kind, title, detail, price.name, None, years, price.amount, zero, periods)
    sold = sale.SaleLine(f"{title}, {detail}", price.amount.minor)
    return Quoted(line, (sold,), provider_account_id=price.provider_account_id)


def _hosting(item: CartItem, book: pricing.PriceBook) -> Quoted:
    cycle = BillingCycle(item.cycle or "")
    price = book.plan(item.product_id, cycle)
    title = in_language(price.name, current_locale())
    detail = str(CYCLE_NAMES[cycle])
    line = CartLine(
        item.public_id,
        item.kind,
        title,
        detail,
        item.domain_name,
        cycle.value,
        None,
        price.amount,
        price.setup,
        _periods(item, book),
    )
    about = f" ({item.domain_name})" if item.domain_name else ""
    sold = [sale.SaleLine(f"{title}, {detail}{about}", price.amount.minor)]
    if not price.setup.is_zero:
        sold.append(sale.SaleLine(_("Setup of %(plan)s", plan=title) + about, price.setup.minor))
    return Quoted(line, tuple(sold), price.product_id, price.provider_account_id, price.remote_plan)


def _unavailable(item: CartItem, book: pricing.PriceBook, problem: str) -> CartLine:
    zero = Money.zero(book.currency)
    title = item.domain_name or _("Hosting plan")
    return CartLine(
        item.public_id,
        item.kind,
        title,
        "",
        item.domain_name,
        item.cycle,
        item.years,
        zero,
        zero,
        _periods(item, book),
        problem,
    )


def _periods(item: CartItem, book: pricing.PriceBook) -> tuple[tuple[str, Money], ...]:
    """Return what an item is sold for; nothing where it is not sold at all."""
    try:
        if item.kind is ItemKind.HOSTING:
            return tuple((cycle.value, price) for cycle, price in book.cycles(item.product_id).items())
        sold = book.years_of(item.domain_name or "", DomainOperation.REGISTER)
        return tuple((str(years), price) for years, price in sold.items())
    except PrahoError:
        return ()
