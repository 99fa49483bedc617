"""Plans and endings on sale for tests: plain rows, each made in a unit of work of its own."""

import itertools
from collections.abc import Mapping
from typing import Any

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
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
from praho.models.integrations import ProviderAccount, ProviderKind
from tests.factories import domains, providers

_numbers = itertools.count(1)
_YEARLY = 12_000
ANNUAL = {BillingCycle.ANNUAL: (_YEARLY, 0)}


class Nowhere:
    """Stands where an account's world would be, at a closed port."""

    url = "http://127.0.0.1:1"
    webhook_secret = "nobody"


def make_group(**values: Any) -> ProductGroup:
    """Insert a visible group; `values` replace the defaults."""
    number = next(_numbers)
    row = ProductGroup(
        **{
            "slug": f"grup-{number}",
            "name": {"ro": f"Găzduire {number}", "en": f"Hosting {number}"},
            "description": {"ro": "Planuri pentru site-uri."},
            **values,
        }
    )
    with entered(SystemScope("factory")), unit_of_work() as session:
        session.add(row)
    return row


def make_plan(
    account: ProviderAccount | None,
    prices: Mapping[BillingCycle, tuple[int, int]] | None = None,
    group: ProductGroup | None = None,
    **values: Any,
) -> Product:
    """Insert a plan on sale; `prices` by cycle are the amount and the setup fee in bani (120 RON a year by default)."""
    shelf = make_group() if group is None else group
    number = next(_numbers)
    row = Product(
        **{
            "group_id": shelf.id,
            "slug": f"plan-{number}",
            "name": {"ro": f"Start {number}", "en": f"Starter {number}"},
            "description": {"ro": "Pentru un site mic."},
            "features": {"ro": ["10 GB", "Certificat SSL"]},
            "state": SaleState.ON_SALE,
            "provider_account_id": None if account is None else account.id,
            "remote_plan": "start",
            "created_at": clock.now(),
            **values,
        }
    )
    with entered(SystemScope("factory")), unit_of_work() as session:
        session.add(row)
        session.flush()
        for cycle, (amount, setup) in (ANNUAL if prices is None else prices).items():
            session.add(
                ProductPrice(product_id=row.id, cycle=cycle, currency="RON", amount_minor=amount, setup_minor=setup)
            )
    return row


def make_priced_tld(
    name: str, account: ProviderAccount | None, register: Mapping[int, int] | None = None, **values: Any
) -> Tld:
    """Insert an ending on sale with prices by years, in bani (50 RON for one year by default), and a renewal."""
    row = domains.make_tld(name, account, **values)
    with entered(SystemScope("factory")), unit_of_work() as session:
        for years, amount in ({1: 5000, 2: 9500} if register is None else register).items():
            session.add(_tld_price(row, DomainOperation.REGISTER, years, amount))
        session.add(_tld_price(row, DomainOperation.RENEW, 1, 6000))
    return row


def price_in_euro(
    product: Product | None = None,
    prices: Mapping[BillingCycle, tuple[int, int]] | None = None,
    tld: Tld | None = None,
    register: Mapping[int, int] | None = None,
) -> None:
    """Give a plan (by cycle, with the setup fee) and an ending (by years) prices in cents of a euro."""
    with entered(SystemScope("factory")), unit_of_work() as session:
        for cycle, (amount, setup) in (prices or {}).items():
            assert product is not None
            row = ProductPrice(
                product_id=product.id, cycle=cycle, currency="EUR", amount_minor=amount, setup_minor=setup
            )
            session.add(row)
        for years, amount in (register or {}).items():
            assert tld is not None
            session.add(_tld_price(tld, DomainOperation.REGISTER, years, amount, "EUR"))


def make_offline_account(kind: ProviderKind, **values: Any) -> ProviderAccount:
    """Insert a provider account that nobody answers at, for tests that call nobody."""
    return providers.make_account(kind, Nowhere(), **values)


def _tld_price(row: Tld, operation: DomainOperation, years: int, amount: int, currency: str = "RON") -> TldPrice:
    return TldPrice(tld_id=row.id, operation=operation, years=years, currency=currency, amount_minor=amount)


def make_bare_tld(name: str, account: ProviderAccount | None, **values: Any) -> Tld:
    """Insert a draft of an ending, without any price."""
    return domains.make_tld(name, account, **{"state": SaleState.DRAFT, **values})


def make_many(count: int, provisioner: ProviderAccount, registrar: ProviderAccount) -> None:
    """Insert that many groups, each with a plan on sale, and as many endings, all with a price."""
    with entered(SystemScope("factory")), unit_of_work() as session:
        for number in (next(_numbers) for _one in range(count)):
            group = ProductGroup(slug=f"grup-{number}", name={"ro": f"Grup {number}"}, description={"ro": ""})
            tld = Tld(name=f"tld{number}", provider_account_id=registrar.id, state=SaleState.ON_SALE)
            session.add_all([group, tld])
            session.flush()
            product = Product(
                group_id=group.id,
                slug=f"plan-{number}",
                name={"ro": f"Plan {number}"},
                description={"ro": ""},
                features={"ro": []},
                state=SaleState.ON_SALE,
                provider_account_id=provisioner.id,
                remote_plan="start",
                created_at=clock.now(),
            )
            session.add(product)
            session.flush()
            price = ProductPrice(product_id=product.id, cycle=BillingCycle.ANNUAL, currency="RON", amount_minor=_YEARLY)
            session.add_all([price, _tld_price(tld, DomainOperation.REGISTER, 1, 5000)])
