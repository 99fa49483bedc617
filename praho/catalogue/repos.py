"""Every query of the catalogue."""

from collections.abc import Iterable

from sqlalchemy import Select, delete, func, select

from praho.core.db.scope import session
from praho.core.web.paging import Page, page_of
from praho.models.catalogue import Product, ProductGroup, ProductPrice, SaleState, Tld, TldPrice


def visible_groups() -> list[ProductGroup]:
    """Return the shelves that the shop shows, in their order."""
    statement = select(ProductGroup).where(ProductGroup.visible)
    return list(session().scalars(statement.order_by(ProductGroup.position, ProductGroup.id)))


def all_groups() -> list[ProductGroup]:
    """Return every group, in its order."""
    return list(session().scalars(select(ProductGroup).order_by(ProductGroup.position, ProductGroup.id)))


def group(public_id: str) -> ProductGroup | None:
    """Return a group by its public id, or None."""
    return session().scalar(select(ProductGroup).where(ProductGroup.public_id == public_id))


def group_by_slug(slug: str) -> ProductGroup | None:
    """Return a group by its slug, or None."""
    return session().scalar(select(ProductGroup).where(ProductGroup.slug == slug))


def products_per_group() -> dict[int, int]:
    """Return how many products stand on each shelf that has any."""
    statement = select(Product.group_id, func.count()).group_by(Product.group_id)
    return {group_id: int(count) for group_id, count in session().execute(statement)}


def products_on_sale() -> list[Product]:
    """Return every product on sale, by group and position."""
    statement = select(Product).where(Product.state == SaleState.ON_SALE)
    return list(session().scalars(statement.order_by(Product.group_id, Product.position, Product.id)))


def listed_products(state: SaleState | None, group_id: int | None, cursor: str | None) -> Page[Product]:
    """Return a page of the products, by group and position."""
    statement: Select[Product] = select(Product)
    if state is not None:
        statement = statement.where(Product.state == state)
    if group_id is not None:
        statement = statement.where(Product.group_id == group_id)
    return page_of(statement, [Product.group_id, Product.position, Product.id], cursor, descending=False)


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


def product_prices(product_ids: Iterable[int], currency: str) -> list[ProductPrice]:
    """Return the prices of some products in one currency."""
    wanted = sorted(set(product_ids))
    if not wanted:
        return []
    statement = select(ProductPrice).where(ProductPrice.product_id.in_(wanted), ProductPrice.currency == currency)
    return list(session().scalars(statement))


def delete_product_prices(product_id: int, currency: str) -> None:
    """Forget all prices of a product in one currency."""
    session().execute(
        delete(ProductPrice).where(ProductPrice.product_id == product_id, ProductPrice.currency == currency)
    )


def tlds_on_sale() -> list[Tld]:
    """Return the suffixes on sale, in their order."""
    statement = select(Tld).where(Tld.state == SaleState.ON_SALE)
    return list(session().scalars(statement.order_by(Tld.position, Tld.name)))


def listed_tlds(state: SaleState | None, cursor: str | None) -> Page[Tld]:
    """Return a page of the suffixes, in their order."""
    statement: Select[Tld] = select(Tld)
    if state is not None:
        statement = statement.where(Tld.state == state)
    return page_of(statement, [Tld.position, Tld.name, Tld.id], cursor, descending=False)


def tld_by_name(name: str) -> Tld | None:
    """Return a suffix by its name, or None."""
    return session().scalar(select(Tld).where(Tld.name == name))


def tld(public_id: str) -> Tld | None:
    """Return a suffix by its public id, or None."""
    return session().scalar(select(Tld).where(Tld.public_id == public_id))


def tld_prices(tld_ids: Iterable[int], currency: str) -> list[TldPrice]:
    """Return the prices of some suffixes in one currency, by operation and years."""
    wanted = sorted(set(tld_ids))
    if not wanted:
        return []
    statement = select(TldPrice).where(TldPrice.tld_id.in_(wanted), TldPrice.currency == currency)
    return list(session().scalars(statement.order_by(TldPrice.tld_id, TldPrice.operation, TldPrice.years)))


def delete_tld_prices(tld_id: int, currency: str) -> None:
    """Forget all prices of a suffix in one currency."""
    session().execute(delete(TldPrice).where(TldPrice.tld_id == tld_id, TldPrice.currency == currency))
