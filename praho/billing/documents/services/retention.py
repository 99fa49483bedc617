"""How long a customer's documents and what belongs to them have to be kept."""

from datetime import date

from sqlalchemy import func, select

from praho.core.db.scope import session
from praho.core.personal_data import Forgotten
from praho.customers.services import retention
from praho.models.billing.documents import Document
from praho.models.billing.payments import Payment


def until(whom: Forgotten) -> date | None:
    """Return the last (Bucharest) day on which a customer's newest document or payment is kept; None without any.

    One query.
    """
    issued = select(func.max(Document.issue_date)).where(Document.customer_id == whom.customer_id)
    received = select(func.max(Payment.received_on)).where(Payment.customer_id == whom.customer_id)
    newest = session().scalar(select(func.greatest(issued.scalar_subquery(), received.scalar_subquery())))
    return retention.vouchers_until(newest)
