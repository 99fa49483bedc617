"""Every query of the catalogue."""

from collections.abc import Iterable

from sqlalchemy import select

from praho.core.db.scope import session
from praho.models.catalogue import (
    BillingCycle,
    DomainOperation,
    Product,
    ProductGroup,
    ProductPrice,
    SaleState,
    Tld,
    TldPrice,
)


def visible_groups() -> list[ProductGroup]:
    """Return the shelves that the shop shows, in their order."""
    statement = select(ProductGroup).where(ProductGroup.visible)
    return list(session().scalars(statement.order_by(ProductGroup.position, ProductGroup.id)))


def all_groups() -> list[ProductGroup]:
    """Return every group, in its order."""
    return list(session().scalars(select(ProductGroup).order_by(ProductGroup.position, ProductGroup.id)))


def group_by_slug(slug: str) -> ProductGroup | None:
    """Return a visible group, or None."""
    return session().scalar(select(ProductGroup).where(ProductGroup.slug == slug, ProductGroup.visible))


def group(public_id: str) -> ProductGroup | None:
    """Return a group by its public id, or None."""
    return session().scalar(select(ProductGroup).where(ProductGroup.public_id == public_id))


def products_on_sale() -> list[Product]:
    """Return every product on sale, by group and position."""
    statement = select(Product).where(Product.state == SaleState.ON_SALE)
    return list(session().scalars(statement.order_by(Product.group_id, Product.position, Product.id)))


def all_products() -> list[Product]:
    """Return every product, by group and position."""
    return list(session().scalars(select(Product).order_by(Product.group_id, Product.position, Product.id)))


def product(public_id: str) -> Product | None:
    """Return a product by its public id, or None."""
    return session().scalar(select(Product).where(Product.public_id == public_id))


def product_by_slug(slug: str) -> Product | None:
    """Return a product by its slug, or None."""
    return session().scalar(select(Product).where(Product.slug == slug))


def products_by_id(ids: Iterable[int]) -> dict[int, Product]:
    """Return products by their ids."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    return {row.id: row for row in session().scalars(select(Product).where(Product.id.in_(wanted)))}


def product_prices(product_ids: Iterable[int]) -> list[ProductPrice]:
    """Return all prices of some products."""
    wanted = sorted(set(product_ids))
    if not wanted:
        return []
    return list(session().scalars(select(ProductPrice).where(ProductPrice.product_id.in_(wanted))))


def product_price(product_id: int, cycle: BillingCycle, currency: str) -> ProductPrice | None:
    """Return the price of one cycle, or None where the product is not sold so."""
    return session().scalar(
        select(ProductPrice).where(
            ProductPrice.product_id == product_id, ProductPrice.cycle == cycle, ProductPrice.currency == currency
        )
    )


def tlds(*, on_sale: bool) -> list[Tld]:
    """Return the suffixes, those on sale or all, in their order."""
    statement = select(Tld)
    if on_sale:
        statement = statement.where(Tld.state == SaleState.ON_SALE)
    return list(session().scalars(statement.order_by(Tld.position, Tld.name)))


def tld(name: str) -> Tld | None:
    """Return a suffix by its name, or None."""
    return session().scalar(select(Tld).where(Tld.name == name))


def tld_by_public_id(public_id: str) -> Tld | None:
    """Return a suffix by its public id, or None."""
    return session().scalar(select(Tld).where(Tld.public_id == public_id))


def tld_prices(tld_ids: Iterable[int], currency: str | None = None) -> list[TldPrice]:
    """Return the prices of some suffixes, by operation and years."""
    wanted = sorted(set(tld_ids))
    if not wanted:
        return []
    statement = select(TldPrice).where(TldPrice.tld_id.in_(wanted))
    if currency is not None:
        statement = statement.where(TldPrice.currency == currency)
    return list(session().scalars(statement.order_by(TldPrice.tld_id, TldPrice.operation, TldPrice.years)))


def tld_price(tld_id: int, operation: DomainOperation, years: int, currency: str) -> TldPrice | None:
    """Return the price of an operation for some years, or None where it is not sold so."""
    return session().scalar(
        select(TldPrice).where(
            TldPrice.tld_id == tld_id,
            TldPrice.operation == operation,
            TldPrice.years == years,
            TldPrice.currency == currency,
        )
    )
