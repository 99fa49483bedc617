"""What is on sale, as the shop shows it: shelves of plans and suffixes, in the reader's language."""

from collections.abc import Iterable

from praho.catalogue import repos
from praho.catalogue.services import pricing
from praho.catalogue.types import CycleOffer, PlanOffer, Shelf, TldOffer, in_language
from praho.core.errors import NotFound
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.models.catalogue import BillingCycle, DomainOperation, Product, ProductGroup, SaleState


def shelves(currency: str) -> tuple[Shelf, ...]:
    """Return the visible groups that have something to sell, in their order. Three queries."""
    groups = repos.visible_groups()
    book = pricing.of_products({row.id: row for row in repos.products_on_sale()}, currency)
    found = (_shelf(group, book) for group in groups)
    return tuple(shelf for shelf in found if shelf.plans)


def plan(slug: str, currency: str) -> PlanOffer:
    """Return a plan on sale; raises NotFound, also for one that is no longer sold."""
    product = repos.product_by_slug(slug)
    if product is not None and product.state is SaleState.ON_SALE:
        groups = {group.id: group for group in repos.all_groups()}
        offer = _offer(product, groups[product.group_id].slug, pricing.of_products({product.id: product}, currency))
        if offer is not None:
            return offer
    raise NotFound(_("This plan is no longer on sale."))


def plans(currency: str) -> tuple[PlanOffer, ...]:
    """Return every plan on sale, those on hidden shelves too: what staff may order for a customer."""
    groups = {group.id: group for group in repos.all_groups()}
    products = repos.products_on_sale()
    book = pricing.of_products({row.id: row for row in products}, currency)
    return _offers(products, {group_id: group.slug for group_id, group in groups.items()}, book)


def suffixes(currency: str) -> tuple[TldOffer, ...]:
    """Return the suffixes under which domains are sold, in their order. Two queries."""
    book = pricing.of_domains(currency)
    found = (_suffix(name, book) for name, tld in book.tlds.items() if tld.provider_account_id is not None)
    return tuple(offer for offer in found if offer.register)


def _shelf(group: ProductGroup, book: pricing.PriceBook) -> Shelf:
    own = [product for product in book.products.values() if product.group_id == group.id]
    locale = current_locale()
    return Shelf(
        group.slug,
        in_language(group.name, locale),
        in_language(group.description, locale),
        _offers(own, {group.id: group.slug}, book),
    )


def _offers(products: Iterable[Product], slugs: dict[int, str], book: pricing.PriceBook) -> tuple[PlanOffer, ...]:
    found = (_offer(product, slugs[product.group_id], book) for product in products)
    return tuple(offer for offer in found if offer is not None)


def _offer(product: Product, group_slug: str, book: pricing.PriceBook) -> PlanOffer | None:
    if product.provider_account_id is None:
        return None
    sold = [book.plan(product.id, cycle) for cycle in BillingCycle if (product.id, cycle) in book.plan_prices]
    if not sold:
        return None
    locale = current_locale()
    features = product.features.get(locale) or product.features["ro"]
    return PlanOffer(
        public_id=product.public_id,
        slug=product.slug,
        group_slug=group_slug,
        name=in_language(product.name, locale),
        description=in_language(product.description, locale),
        features=tuple(features),
        highlighted=product.highlighted,
        cycles=tuple(_cycle(price, sold[0]) for price in sold),
    )


def _cycle(price: pricing.PlanPrice, shortest: pricing.PlanPrice) -> CycleOffer:
    return CycleOffer(
        cycle=price.cycle,
        amount=price.amount,
        setup=price.setup,
        per_month=price.amount.prorate(1, price.cycle.months),
        saving=_saving(price, shortest),
    )


def _saving(price: pricing.PlanPrice, shortest: pricing.PlanPrice) -> int:
    """Return by how many whole per cent the period is cheaper than as many of the shortest; never rounded up."""
    at_shortest = shortest.amount.minor * price.cycle.months
    now = price.amount.minor * shortest.cycle.months
    if at_shortest == 0 or now >= at_shortest:
        return 0
    return (at_shortest - now) * 100 // at_shortest


def _suffix(name: str, book: pricing.PriceBook) -> TldOffer:
    renewals = book.years(name, DomainOperation.RENEW)
    return TldOffer(name, book.years(name, DomainOperation.REGISTER), renewals.get(1))
