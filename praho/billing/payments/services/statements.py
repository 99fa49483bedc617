"""The statement of a customer's account in one currency: what was asked for, what settled it, and the balance."""

from dataclasses import dataclass
from datetime import date

from praho.billing.payments import repos
from praho.core.money import Money, total
from praho.models.billing.payments import LedgerKind

DEFAULT = "RON"


@dataclass(frozen=True, slots=True)
class Movement:
    """One entry of the ledger. `amount` is positive where the customer owes it, `balance` what is owed after it.

    `subject` is the public id of what was entered, `text` its number or reference, `word` how it was paid.
    """

    booked_on: date
    kind: LedgerKind
    subject: str
    word: str
    text: str
    amount: Money
    balance: Money


@dataclass(frozen=True, slots=True)
class Statement:
    """The account of some Bucharest dates, both included: opening + movements = closing. Positive is owed to us."""

    currency: str
    since: date
    until: date
    opening: Money
    movements: tuple[Movement, ...]
    closing: Money

    @property
    def charged(self) -> Money:
        """The sum of what the customer came to owe."""
        return total((entry.amount for entry in self.movements if entry.amount.is_positive), self.currency)

    @property
    def settled(self) -> Money:
        """The sum of what lowered it, as a positive amount."""
        return -total((entry.amount for entry in self.movements if entry.amount.is_negative), self.currency)


def of(customer_id: int, currency: str, since: date, until: date) -> Statement:
    """Return a customer's statement. Three queries."""
    opening = Money(repos.booked_before(customer_id, currency, since), currency)
    entries = repos.entries(customer_id, currency, since, until)
    words = repos.words_of_entries([entry.reference for entry in entries]) if entries else {}
    movements = []
    balance = opening
    for entry in entries:
        amount = Money(entry.amount_minor, currency)
        balance += amount
        word, text = words.get(entry.reference, ("", ""))
        movements.append(Movement(entry.booked_on, entry.kind, entry.reference, word, text, amount, balance))
    return Statement(currency, since, until, opening, tuple(movements), balance)


def balances(customer_id: int) -> tuple[Money, ...]:
    """Return what the customer owes (positive) or has paid ahead, by currency; at least in lei. One query."""
    found = tuple(Money(minor, currency) for currency, minor in repos.balances(customer_id))
    return found or (Money(0, DEFAULT),)
