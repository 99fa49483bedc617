"""What staff write down about a customer; the customer never sees it."""

from praho.audit.services import recording
from praho.core import clock
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid, NotFound
from praho.core.i18n import gettext as _
from praho.core.principal import current_principal
from praho.customers import repos
from praho.customers.services import changing
from praho.models.customers import CustomerNote

LONGEST = 4000


def write(customer_public_id: str, body: str) -> str:
    """Add a note in a staff scope and return its public id; raise Invalid (field `body`), NotFound."""
    text = body.strip()
    if not text or len(text) > LONGEST:
        sentence = _("A note needs some words, at most %(count)s characters.", count=LONGEST)
        raise Invalid(sentence, fields={"body": sentence})
    author_id = current_principal().user_id
    assert author_id is not None
    with unit_of_work() as session:
        customer = repos.by_public_id(customer_public_id)
        if customer is None:
            raise NotFound(_("There is no such customer."))
        changing.lock(customer.id)
        row = CustomerNote(customer_id=customer.id, author_id=author_id, body=text, created_at=clock.now())
        session.add(row)
        session.flush()
        # The words stay in the note: the record says that there is one.
        recording.record("customer.note_written", subject=("note", row.public_id), customer_id=customer.id)
        return row.public_id
