"""Every query of the catalogue."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, and_, delete, func, select

from praho.catalogue.types import CodePhase
from praho.core.db.scope import session
from praho.core.web.paging import Page, page_of
from praho.models.catalogue import (
    Product,
    ProductGroup,
    ProductPrice,
    PromoCode,
    PromoState,
    Redemption,
    RedemptionState,
    SaleState,
    Tld,
    TldPrice,
)
from praho.models.customers import Customer


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


def codes(phase: CodePhase | None, search: str, today: date, cursor: str | None) -> Page[PromoCode]:
    """Return a page of the promo codes, the newest first; `search` is the beginning of a code."""
    statement = select(PromoCode)
    if search:
        statement = statement.where(PromoCode.code.startswith(search.upper(), autoescape=True))
    if phase is not None:
        statement = _in_phase(statement, phase, today)
    return page_of(statement, [PromoCode.id], cursor)


def _in_phase(statement: Select[PromoCode], phase: CodePhase, today: date) -> Select[PromoCode]:
    paused, planned = PromoCode.state == PromoState.PAUSED, PromoCode.valid_from > today
    ended = and_(PromoCode.valid_until.is_not(None), PromoCode.valid_until < today)
    held = select(func.count()).select_from(Redemption)
    held = held.where(Redemption.code_id == PromoCode.id, Redemption.state != RedemptionState.RELEASED)
    used_up = and_(PromoCode.max_uses.is_not(None), PromoCode.max_uses <= held.scalar_subquery())
    match phase:
        case CodePhase.PAUSED:
            return statement.where(paused)
        case CodePhase.ENDED:
            return statement.where(~paused, ended)
        case CodePhase.PLANNED:
            return statement.where(~paused, planned)
        case CodePhase.USED_UP:
            return statement.where(~paused, ~planned, ~ended, used_up)
        case CodePhase.RUNNING:
            return statement.where(~paused, ~planned, ~ended, ~used_up)


def code(public_id: str) -> PromoCode | None:
    """Return a promo code by its public id, or None."""
    return session().scalar(select(PromoCode).where(PromoCode.public_id == public_id))


def code_by_text(text: str) -> PromoCode | None:
    """Return the promo code that reads so, in capitals, or None."""
    return session().scalar(select(PromoCode).where(PromoCode.code == text))


def redemption_sums(code_ids: Iterable[int]) -> list[tuple[int, RedemptionState, str, int, int]]:
    """Return code, state, currency, how many redemptions and what they took off, for some codes. One query."""
    wanted = sorted(set(code_ids))
    if not wanted:
        return []
    statement = (
        select(
            Redemption.code_id,
            Redemption.state,
            Redemption.currency,
            func.count(),
            func.sum(Redemption.discount_minor),
        )
        .where(Redemption.code_id.in_(wanted))
        .group_by(Redemption.code_id, Redemption.state, Redemption.currency)
        .order_by(Redemption.currency)
    )
    rows = session().execute(statement)
    return [(code_id, state, currency, int(count), int(minor)) for code_id, state, currency, count, minor in rows]


def held_count(code_id: int) -> int:
    """Return how many uses of a code are reserved or used."""
    statement = select(func.count()).select_from(Redemption)
    statement = statement.where(Redemption.code_id == code_id, Redemption.state != RedemptionState.RELEASED)
    return int(session().scalar(statement) or 0)


def has_redeemed(code_id: int, customer_id: int) -> bool:
    """Return whether a customer holds a use of a code."""
    statement = select(Redemption.id).where(
        Redemption.code_id == code_id,
        Redemption.customer_id == customer_id,
        Redemption.state != RedemptionState.RELEASED,
    )
    return session().scalar(statement.limit(1)) is not None


def redemptions(code_id: int | None, cursor: str | None) -> Page[Redemption]:
    """Return a page of a code's redemptions, or of all of them, the newest first."""
    statement = select(Redemption)
    if code_id is not None:
        statement = statement.where(Redemption.code_id == code_id)
    return page_of(statement, [Redemption.id], cursor)


def redemption_of(order_ref: str) -> Redemption | None:
    """Return the use of a code by an order, or None."""
    return session().scalar(select(Redemption).where(Redemption.order_ref == order_ref))


def code_texts(code_ids: Iterable[int]) -> dict[int, str]:
    """Return how codes read, by their ids."""
    wanted = sorted(set(code_ids))
    if not wanted:
        return {}
    rows = session().execute(select(PromoCode.id, PromoCode.code).where(PromoCode.id.in_(wanted)))
    return {row.id: row.code for row in rows}


def customers(customer_ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Return public id and name of customers, by their ids."""
    wanted = sorted(set(customer_ids))
    if not wanted:
        return {}
    rows = session().execute(select(Customer.id, Customer.public_id, Customer.name).where(Customer.id.in_(wanted)))
    return {row_id: (public_id, name) for row_id, public_id, name in rows}


def all_products() -> list[Product]:
    """Return every product, by group and position."""
    return list(session().scalars(select(Product).order_by(Product.group_id, Product.position, Product.id)))


def all_tlds() -> list[Tld]:
    """Return every suffix, in its order."""
    return list(session().scalars(select(Tld).order_by(Tld.position, Tld.name)))
