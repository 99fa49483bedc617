"""What the items of a cart cost now: the same lines and the same totals as the proforma that will follow."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from praho.billing.documents import sale
from praho.billing.tax.types import TaxDecision
from praho.catalogue.services import pricing
from praho.catalogue.services.discounting import Cut, Sold
from praho.catalogue.types import CYCLE_NAMES, in_language
from praho.core.errors import PrahoError
from praho.core.i18n import current_locale, ngettext
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.models.catalogue import BillingCycle, DiscountTarget, DomainOperation
from praho.models.orders import CartItem, ItemKind
from praho.orders.services import currencies, discounts, taxing
from praho.orders.types import CartLine, CartView, CodeNote

Decide = Callable[[Money], TaxDecision]
"""Gives the VAT of a sale of some net amount."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """An item at its price, with what its delivery will need. The first of `sale_lines` is its period."""

    line: CartLine
    sale_lines: tuple[sale.SaleLine, ...]
    product_id: int | None = None
    provider_account_id: int | None = None
    remote_plan: str | None = None
    tld: str | None = None


@dataclass(frozen=True, slots=True)
class Basket:
    """Quoted items with everything that comes off them; `allowance_minor` comes off the whole, net."""

    items: tuple[Quoted, ...]
    currency: str
    allowance_minor: int = 0
    code: CodeNote | None = None

    @property
    def sale_lines(self) -> list[sale.SaleLine]:
        """What a document would list."""
        return [line for item in self.items for line in item.sale_lines]


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


def view_of(basket: Basket, decide: Decide | None = None) -> CartView:
    """Add a basket up, with the VAT that `decide` gives for its net; by default a buyer's in Romania today.

    Items that cannot be ordered carry their problem and cost nothing.
    """
    currency, lines, off = basket.currency, basket.sale_lines, basket.allowance_minor
    tax = vat_today().decision if decide is None else decide(sale.net(currency, lines, discount_minor=off))
    priced = sale.price(currency, lines, tax, discount_minor=off)
    shown = tuple(item.line for item in basket.items)
    return CartView(shown, currency, priced, tax, currencies.refusal(currency), basket.code)


def quote(items: Sequence[CartItem], currency: str, wanted: discounts.Wanted | None = None) -> Basket:
    """Price items in the reader's language with the discounts that are wanted; a PrahoError becomes an item's problem.

    At most four queries, and those of `discounts.applied`.
    """
    with_domains = any(item.kind is ItemKind.DOMAIN for item in items)
    product_ids = [item.product_id for item in items if item.product_id is not None]
    book = pricing.for_items(product_ids, currency, with_domains=with_domains)
    quoted = [_quote(item, book) for item in items]
    if wanted is None:
        return Basket(tuple(quoted), currency)
    sold = [_sold(one, item.discount_minor) for one, item in zip(quoted, items, strict=True)]
    applied = discounts.applied(sold, currency, wanted)
    cut = tuple(_cut(one, off) for one, off in zip(quoted, applied.cuts, strict=True))
    left = sum(line.price_minor - line.discount_minor for one in cut for line in one.sale_lines)
    return Basket(cut, currency, min(wanted.allowance_minor, left), applied.code)


def _sold(quoted: Quoted, manual_minor: int | None) -> Sold:
    line = quoted.line
    return Sold(
        target=DiscountTarget.DOMAINS if line.kind is ItemKind.DOMAIN else DiscountTarget.PLANS,
        price_minor=line.price.minor,
        setup_minor=line.setup.minor,
        product_id=quoted.product_id,
        cycle=line.cycle,
        tld=quoted.tld,
        manual_minor=manual_minor,
    )


def _cut(quoted: Quoted, off: Cut) -> Quoted:
    """Put what comes off an item on its lines, with the reason where there is one."""
    minors = (off.price_minor, off.setup_minor)
    lines = tuple(
        replace(line, discount_minor=minor, details=off.label if minor else line.details)
        for line, minor in zip(quoted.sale_lines, minors, strict=False)
    )
    return replace(quoted, line=replace(quoted.line, cut=off), sale_lines=lines)


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
    return Quoted(line, (sold,), provider_account_id=price.provider_account_id, tld=price.tld)


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
