"""On sale or not: the one place where a plan or a suffix goes into the shop or leaves it.

draft → on_sale → retired → on_sale. What is on sale is complete, and stays so while it is.
"""

from collections.abc import Callable, Sequence

from praho.audit.services import recording
from praho.catalogue import repos
from praho.catalogue.errors import NotComplete
from praho.catalogue.services.currencies import HOME, PRICED
from praho.core.db import locking
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, NotFound
from praho.core.i18n import gettext as _
from praho.models.catalogue import DomainOperation, Product, SaleState, Tld


def missing_of_plan(row: Product) -> list[str]:
    """Return what a plan lacks for being sold, as sentences; nothing where it is complete. One query."""
    found = []
    if row.provider_account_id is None:
        found.append(_("Choose the provider account that sets it up."))
    if not row.remote_plan:
        found.append(_("Name the plan as the provider knows it."))
    if not repos.product_prices([row.id], HOME):
        found.append(_("Set a price in %(currency)s for at least one period.", currency=HOME))
    return found


def missing_of_tld(row: Tld) -> list[str]:
    """Return what a suffix lacks for being sold, as sentences; nothing where it is complete. A query per currency."""
    found = []
    if row.provider_account_id is None:
        found.append(_("Choose the registrar account that registers it."))
    registers, renews = _sold_in(row, HOME)
    if not registers:
        found.append(_("Set a registration price for a number of years that is sold."))
    if not renews:
        found.append(_("Set a renewal price: what is registered must be renewable."))
    found += [
        _("Set a renewal price in %(currency)s too: what is registered must be renewable.", currency=currency)
        for currency in PRICED
        if currency != HOME and _sold_in(row, currency) == (True, False)
    ]
    return found


def put_plan_on_sale(public_id: str) -> None:
    """Sell a plan from now on; raises NotFound, NotComplete naming what is missing, Conflict where it is sold."""
    _move_plan(public_id, (SaleState.DRAFT, SaleState.RETIRED), SaleState.ON_SALE, missing_of_plan)


def retire_plan(public_id: str) -> None:
    """Sell a plan no longer; what was sold goes on. Raises NotFound, Conflict where it is not on sale."""
    _move_plan(public_id, (SaleState.ON_SALE,), SaleState.RETIRED, None)


def put_tld_on_sale(public_id: str) -> None:
    """Sell a suffix from now on; raises NotFound, NotComplete naming what is missing, Conflict where it is sold."""
    _move_tld(public_id, (SaleState.DRAFT, SaleState.RETIRED), SaleState.ON_SALE, missing_of_tld)


def retire_tld(public_id: str) -> None:
    """Sell a suffix no longer; what was sold goes on. Raises NotFound, Conflict where it is not on sale."""
    _move_tld(public_id, (SaleState.ON_SALE,), SaleState.RETIRED, None)


def require_complete(missing: Sequence[str]) -> None:
    """Raise NotComplete where anything is missing."""
    if missing:
        raise NotComplete(" ".join(missing))


def _move_plan(
    public_id: str, sources: Sequence[SaleState], target: SaleState, missing: Callable[[Product], list[str]] | None
) -> None:
    with unit_of_work():
        found = repos.product(public_id)
        row = None if found is None else locking.lock_one(Product, found.id)
        if row is None:
            raise NotFound(_("There is no such plan."))
        require_complete(missing(row) if missing is not None else [])
        row.state = _moved(row.state, sources, target, ("product", row.public_id))


def _move_tld(
    public_id: str, sources: Sequence[SaleState], target: SaleState, missing: Callable[[Tld], list[str]] | None
) -> None:
    with unit_of_work():
        found = repos.tld(public_id)
        row = None if found is None else locking.lock_one(Tld, found.id)
        if row is None:
            raise NotFound(_("There is no such ending."))
        require_complete(missing(row) if missing is not None else [])
        row.state = _moved(row.state, sources, target, ("tld", row.public_id))


def _moved(state: SaleState, sources: Sequence[SaleState], target: SaleState, subject: tuple[str, str]) -> SaleState:
    if state not in sources:
        raise Conflict(_("This was done in the meantime."))
    recording.record(
        f"catalogue.{subject[0]}.{target.value}", subject=subject, changes={"state": [state.value, target.value]}
    )
    return target


def _sold_in(row: Tld, currency: str) -> tuple[bool, bool]:
    """Return whether a suffix has a price for a registration that is sold, and one for a renewal."""
    sold = {(price.operation, price.years) for price in repos.tld_prices([row.id], currency)}
    registers = any((DomainOperation.REGISTER, years) in sold for years in range(row.min_years, row.max_years + 1))
    return registers, any(operation is DomainOperation.RENEW for operation, _years in sold)
