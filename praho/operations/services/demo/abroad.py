"""What the demonstration sells abroad: its prices in euro, the rates of its past, and the customers who buy so."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from praho.billing.tax.exchange import Rate
from praho.billing.tax.services import exchange_rates
from praho.catalogue.types import CycleAmounts
from praho.customers.types import CustomerInput
from praho.models.catalogue import BillingCycle
from praho.models.customers import CustomerKind
from praho.operations.services.demo import identities, plans
from praho.operations.services.demo.cast import Invented
from praho.operations.services.demo.steps import Buy, Card, Join, Plan, Step, Wish

EURO = "EUR"
_MONTHLY, _ANNUAL = BillingCycle.MONTHLY, BillingCycle.ANNUAL
PLAN_PRICES: Mapping[str, Mapping[BillingCycle, CycleAmounts]] = {
    plans.START: {_MONTHLY: CycleAmounts(349), _ANNUAL: CycleAmounts(3490)},
    plans.STANDARD: {_MONTHLY: CycleAmounts(649), _ANNUAL: CycleAmounts(6490)},
    plans.PRO: {_MONTHLY: CycleAmounts(1290), _ANNUAL: CycleAmounts(12900)},
    plans.BLOG: {_MONTHLY: CycleAmounts(849), _ANNUAL: CycleAmounts(8490)},
}
"""Net cents."""
_FIRST_NUMBER = 900_001
_DAYS_BEFORE = timedelta(days=8)
_CENTRE = Decimal("5.0900")


def keep_rates(since: date, until: date) -> None:
    """Keep an invented rate of the euro for each working day of the story and the days before; in a system scope."""
    since = min(since, until) - _DAYS_BEFORE
    days = (since + timedelta(days=number) for number in range((until - since).days))
    exchange_rates.keep([Rate(EURO, _lei(day), day) for day in days if day.weekday() < 5])


def steps(end: datetime) -> Iterator[Step]:
    """Yield how three customers from the Union sign up, buy in euro and pay by card, the latest before `end` (UTC)."""
    for place, (who, days, bought) in enumerate(_BUYERS):
        number = _FIRST_NUMBER + place
        joined = datetime.combine(end.date() - timedelta(days=days), time(9, 20 + place), UTC)
        yield Step(joined, f"e{number}", Join(Invented(number, who, who.name, "", (), identities.ip(number))))
        yield Step(joined + timedelta(minutes=8), f"eo{number}", Buy(number, bought, currency=EURO))
        yield Step(joined + timedelta(minutes=13), f"eo{number}-card", Card(f"eo{number}"))


def _lei(day: date) -> Decimal:
    """Return a rate near what it was in those years, which moves a little from day to day."""
    return _CENTRE + Decimal((day.toordinal() * 37) % 61 - 30) / 10_000


def _buyer(kind: CustomerKind, name: str, email: str, country: str, **place: Any) -> CustomerInput:
    return CustomerInput(kind=kind, name=name, email=email, country=country, county="", locale="en", **place)


_BUYERS: tuple[tuple[CustomerInput, int, tuple[Wish, ...]], ...] = (
    (
        _buyer(
            CustomerKind.PERSON, "Johanna Gruber", "johanna.gruber@posta.example", "AT",
            street="Lindengasse 18/7", city="Wien", post_code="1070", phone="+431555011",
        ),
        143,
        (Wish("gruber-keramik.eu", None, Plan(plans.START, _ANNUAL)),),
    ),
    (
        _buyer(
            CustomerKind.COMPANY, "Atelier Mirabeau SARL", "bonjour@atelier-mirabeau.example", "FR",
            street="12 rue des Lilas", city="Lyon", post_code="69003", phone="+33455501234",
        ),
        67,
        (Wish("atelier-mirabeau.eu", None, Plan(plans.STANDARD, _ANNUAL)),),
    ),
    (
        _buyer(
            CustomerKind.PERSON, "Aoife Brennan", "aoife.brennan@posta.example", "IE",
            street="4 Harbour Row", city="Galway", post_code="H91 A1B2", phone="+35391555012",
        ),
        12,
        (Wish("brennan-walks.eu", None, Plan(plans.BLOG, _MONTHLY)),),
    ),
)  # fmt: skip
