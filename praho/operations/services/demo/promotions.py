"""The demonstration's promo codes, its group of customers, and who uses what of it."""

from datetime import timedelta
from decimal import Decimal

from praho.catalogue.services import codes
from praho.catalogue.types import CodeInput
from praho.core import clock
from praho.core.errors import Invalid
from praho.customers.services import standings
from praho.customers.types import GroupInput
from praho.models.catalogue import BillingCycle, DiscountKind, DiscountTarget
from praho.orders.services import reducing

WELCOME = "BUNVENIT"
_EACH = 4
_LONG = timedelta(days=700)


def stock() -> None:
    """Make the codes and the group, as of today; in a unit of work."""
    codes.create(_code(WELCOME, "Pentru clienții noi", percent=Decimal(20), new_customers_only=True))
    codes.create(
        _code("DOIANI", "Reținere: doi ani la preț mai mic", percent=Decimal(10), cycles=(BillingCycle.BIENNIAL,))
    )
    codes.create(
        _code("CINCIZECI", "Târgul firmelor din Cluj", kind=DiscountKind.FIXED, amounts={"RON": 5000}, max_uses=100)
    )
    standings.create_group(GroupInput("Agenții partenere", "Fac site-uri la noi", Decimal(10), with_domains=False))


def welcome(cart_token: str, number: int | str, customer_id: int) -> None:
    """Let each fourth customer use the code for new ones with the first order."""
    if isinstance(number, int) and number % _EACH == 0:
        try:
            reducing.set_code(cart_token, WELCOME, customer_id)
        except Invalid:
            return


def _code(
    text: str,
    note: str,
    *,
    kind: DiscountKind = DiscountKind.PERCENT,
    percent: Decimal | None = None,
    amounts: dict[str, int] | None = None,
    cycles: tuple[BillingCycle, ...] = (),
    new_customers_only: bool = False,
    max_uses: int | None = None,
) -> CodeInput:
    return CodeInput(
        code=text,
        note=note,
        kind=kind,
        percent=percent,
        amounts=amounts or {},
        valid_from=clock.today(),
        valid_until=clock.today() + _LONG,
        max_uses=max_uses,
        once_per_customer=True,
        new_customers_only=new_customers_only,
        target=DiscountTarget.PLANS,
        product_ids=(),
        cycles=cycles,
        tlds=(),
        first_cycles=1,
    )
