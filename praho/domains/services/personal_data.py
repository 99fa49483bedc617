"""What becomes of ended domains when their holder asks to be forgotten: that there was one, and under which ending."""

from sqlalchemy import select

from praho.core import text
from praho.core.db.scope import session
from praho.core.i18n import lazy_gettext as _
from praho.core.personal_data import NOWHERE, Forgotten, TableRule, Treatment, of_customer
from praho.domains.services import registrants
from praho.models.domains import DomainName
from praho.sdk.dto import Address, Contact, PersonKind

_NOBODY = Contact(PersonKind.PERSON, "", "", "", "", Address("", "", "", "", ""))


def forget(whom: Forgotten) -> int:
    """Take names and registrants from a customer's domains; return how many there are."""
    rows = list(session().scalars(select(DomainName).where(DomainName.customer_id == whom.customer_id)))
    for row in rows:
        row.name = NOWHERE
        row.registrant = registrants.to_json(_NOBODY)
        row.nameservers = []
        row.remote_id = row.failure = None
        row.search = text.search_document(NOWHERE)
    session().flush()
    return len(rows)


RULES = (
    TableRule(
        model=DomainName,
        treatment=Treatment.PSEUDONYMISE,
        what=_("Former domains: their names and holders"),
        rows=of_customer(DomainName),
        columns=("name", "registrant_sealed", "nameservers", "remote_id", "failure", "search"),
        plain=("origin", "tld", "registered_on", "expires_on", "failure_reason"),
        run=forget,
    ),
)
