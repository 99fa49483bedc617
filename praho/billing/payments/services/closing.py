"""What of money keeps a customer from being closed."""

from praho.billing.payments.services import balances, waiting
from praho.core.db.counting import count_all, counting
from praho.core.formatting import amount
from praho.core.i18n import current_locale, ngettext
from praho.core.i18n import gettext as _
from praho.models.billing.payments import OPEN_ATTEMPTS, PaymentAttempt


def parked_of(customer_id: int) -> str | None:
    """Return a sentence where money of a customer is parked and nobody has decided about it, else None. One query."""
    [number] = count_all([waiting.parked(customer_id)])
    if number == 0:
        return None
    return ngettext("%(num)s payment waits for a decision.", "%(num)s payments wait for a decision.", number)


def under_way_of(customer_id: int) -> str | None:
    """Return a sentence where money of a customer may still come by card, else None. One query.

    Attempts end by themselves: what nobody pays is given up after some days.
    """
    mine = counting(PaymentAttempt, PaymentAttempt.customer_id == customer_id, PaymentAttempt.state.in_(OPEN_ATTEMPTS))
    [number] = count_all([mine])
    return (
        None
        if number == 0
        else ngettext("%(num)s card payment is under way.", "%(num)s card payments are under way.", number)
    )


def balance_of(customer_id: int) -> str | None:
    """Return a sentence where a customer still has money that is to be used or sent back, else None. One query."""
    free = balances.of(customer_id)
    if not free:
        return None
    return _("The balance holds %(amount)s.", amount=" + ".join(amount(money, current_locale()) for money in free))
