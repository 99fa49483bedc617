"""Starting payments in tests, and looking at what became of them."""

from datetime import timedelta

from sqlalchemy import select

from praho.billing.payments.services import attempts, reconciling, starting
from praho.core.db.scope import CustomerScope, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs.kinds import Again
from praho.models.billing.payments import ParkedPayment, Payment, PaymentAttempt
from praho.models.customers import Customer
from praho.models.integrations import ProviderAccount

# Nobody listens there: what the provider reports is handed over by the tests.
NOWHERE = "http://127.0.0.1:9"


def addresses() -> starting.Addresses:
    """Return addresses to which no report comes."""
    return starting.Addresses(
        return_url=lambda attempt_id: f"{NOWHERE}/payments/{attempt_id}?returned=1",
        webhook_url=lambda account_id: f"{NOWHERE}/webhooks/payments/{account_id}",
    )


def start(customer: Customer, proforma: str, account: ProviderAccount) -> attempts.AttemptView:
    """Click on "pay", as a member of the customer does."""
    with entered(CustomerScope(customer.id)):
        return starting.start(proforma, account.public_id, addresses())


def ask(attempt_id: str) -> Again | None:
    """Ask the provider about an attempt, as the job does."""
    with entered(SystemScope("test")):
        return reconciling.ask(attempt_id)


def sweep() -> int:
    """Look for attempts that are due, as the schedule does; return how many are."""
    with entered(SystemScope("test")):
        return reconciling.ask_about_open_attempts()


def attempt(attempt_id: str) -> PaymentAttempt:
    """Return an attempt as it is now."""
    with entered(SystemScope("test")) as session:
        return session.scalars(select(PaymentAttempt).where(PaymentAttempt.public_id == attempt_id)).one()


def make_older(attempt_id: str, age: timedelta) -> None:
    """Let an attempt have begun that much earlier."""
    with entered(SystemScope("test")), unit_of_work() as session:
        row = session.scalars(select(PaymentAttempt).where(PaymentAttempt.public_id == attempt_id)).one()
        row.created_at -= age
        row.ask_at -= age


def all_payments() -> list[Payment]:
    """Return every payment, the oldest first."""
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(Payment).order_by(Payment.id)))


def all_parked() -> list[ParkedPayment]:
    """Return everything that was parked, the oldest first."""
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(ParkedPayment).order_by(ParkedPayment.id)))
