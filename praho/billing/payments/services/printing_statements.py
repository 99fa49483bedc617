"""The statement of account as PDF, made when it is asked for."""

from datetime import date

from praho.billing.documents.services import looking, parties
from praho.billing.payments.pdf import statement_content, typesetting
from praho.billing.payments.services import statements
from praho.core.db.scope import session
from praho.core.i18n import current_locale


def pdf(customer_id: int, currency: str, since: date, until: date) -> bytes:
    """Return the statement of some days, both included, in the reader's language.

    Raises `InvoicingRefused` where the company's data is not complete.
    """
    statement = statements.of(customer_id, currency, since, until)
    seller, buyer, look = parties.seller(), parties.buyer(customer_id), looking.look()
    session().close()
    content = statement_content.of(statement, seller, buyer, current_locale())
    return typesetting.statement(content, until, look)
