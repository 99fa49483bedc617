"""The price grids: an empty cell is not sold, a zero is free. What was typed stays, with a sentence at each mistake."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from praho.catalogue.services import currencies
from praho.catalogue.services.tlds import PriceKey
from praho.catalogue.types import LONGEST_YEARS, CycleAmounts
from praho.core import money
from praho.core.errors import NotFound
from praho.core.formatting import bare_amount
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.core.money import Money
from praho.models.catalogue import BillingCycle, DomainOperation


@dataclass(slots=True)
class Grid:
    """The cells of a currency's price grid as typed, by the names of their inputs, and the sentences about them."""

    currency: str
    typed: dict[str, str]
    errors: dict[str, str] = field(default_factory=dict)

    def amount(self, name: str) -> int | None:
        """Return a cell in minor units; None for an empty one, or one that cannot be read, which gets its sentence."""
        text = self.typed.get(name, "").strip()
        if not text:
            return None
        try:
            found = money.parse(text, self.currency)
        except money.InvalidAmount as error:
            self.errors[name] = str(error)
            return None
        if found.is_negative:
            self.errors[name] = _("A price is not below zero.")
            return None
        return found.minor

    def years(self) -> Iterable[int]:
        """Return the rows of a suffix's grid."""
        return range(1, LONGEST_YEARS + 1)


def require_currency(currency: str) -> None:
    """Raise NotFound for a currency in which nothing is priced."""
    if currency not in currencies.PRICED:
        raise NotFound(_("Prices are set in one of these currencies: %(all)s.", all=", ".join(currencies.PRICED)))


def amount_cell(cycle: BillingCycle) -> str:
    """Return the name of a cycle's price input."""
    return f"amount_{cycle.value}"


def setup_cell(cycle: BillingCycle) -> str:
    """Return the name of a cycle's setup fee input."""
    return f"setup_{cycle.value}"


def tld_cell(operation: DomainOperation, years: int) -> str:
    """Return the name of an operation's input for some years."""
    return f"{operation.value}_{years}"


def of_plan(prices: Mapping[BillingCycle, CycleAmounts], currency: str) -> Grid:
    """Return a plan's prices in a currency as a grid."""
    cells = {}
    for cycle, amounts in prices.items():
        cells[amount_cell(cycle)] = _written(amounts.amount_minor, currency)
        cells[setup_cell(cycle)] = _written(amounts.setup_minor, currency)
    return Grid(currency, cells)


def read_plan(submitted: Mapping[str, str], currency: str) -> tuple[Grid, dict[BillingCycle, CycleAmounts]]:
    """Return what was typed about a plan, and the prices where the grid has no errors."""
    grid = Grid(currency, {name: submitted.get(name, "") for cycle in BillingCycle for name in _cells(cycle)})
    prices = {}
    for cycle in BillingCycle:
        amount, setup = grid.amount(amount_cell(cycle)), grid.amount(setup_cell(cycle))
        if amount is not None:
            prices[cycle] = CycleAmounts(amount, setup if setup is not None else 0)
        elif setup is not None and amount_cell(cycle) not in grid.errors:
            grid.errors[amount_cell(cycle)] = _("A setup fee needs a price; write 0 where the period is free.")
    return grid, prices


def of_tld(prices: Mapping[PriceKey, int], currency: str) -> Grid:
    """Return the prices of a suffix in a currency as a grid."""
    cells = {tld_cell(operation, years): _written(minor, currency) for (operation, years), minor in prices.items()}
    return Grid(currency, cells)


def read_tld(submitted: Mapping[str, str], currency: str) -> tuple[Grid, dict[PriceKey, int]]:
    """Return what was typed about a suffix, and the prices where the grid has no errors."""
    keys = [(operation, years) for operation in DomainOperation for years in range(1, LONGEST_YEARS + 1)]
    grid = Grid(currency, {tld_cell(*key): submitted.get(tld_cell(*key), "") for key in keys})
    amounts = {key: grid.amount(tld_cell(*key)) for key in keys}
    return grid, {key: amount for key, amount in amounts.items() if amount is not None}


def _cells(cycle: BillingCycle) -> tuple[str, str]:
    return amount_cell(cycle), setup_cell(cycle)


def _written(minor: int, currency: str) -> str:
    return bare_amount(Money(minor, currency), current_locale())
