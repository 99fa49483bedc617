"""The people at a customer's who are told about money or about technical matters."""

from praho.audit.services import recording
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.i18n import gettext as _
from praho.core.identifiers import email, phone
from praho.customers import repos
from praho.customers.services import changing, checking, finding
from praho.customers.types import Contact, ContactInput
from praho.models.customers import CustomerContact

_MOST = 50


def add(customer_id: int, typed: ContactInput) -> str:
    """Add a contact and return its public id; raise Invalid with the refused fields."""
    checked = _checked(typed)
    with entered(SystemScope("contacts of a customer")), unit_of_work() as session:
        customer = changing.lock(customer_id)
        if len(repos.contacts(customer_id)) >= _MOST:
            refused = checking.Refusals()
            refused.fields["name"] = _("There are %(count)s contacts already.", count=_MOST)
            refused.end()
        row = CustomerContact(customer_id=customer_id, **checked)
        session.add(row)
        finding.refresh(customer)
        recording.record(
            "contact.added",
            subject=("contact", row.public_id),
            customer_id=customer_id,
            changes=recording.changed({}, checked),
        )
        return row.public_id


def change(customer_id: int, public_id: str, typed: ContactInput) -> None:
    """Change a contact of the customer; raise NotFound, Invalid with the refused fields."""
    checked = _checked(typed)
    with entered(SystemScope("contacts of a customer")), unit_of_work():
        customer = changing.lock(customer_id)
        row = _own(customer_id, public_id)
        changes = recording.changed({name: getattr(row, name) for name in checked}, checked)
        for name, value in checked.items():
            setattr(row, name, value)
        finding.refresh(customer)
        if changes:
            recording.record(
                "contact.changed",
                subject=("contact", row.public_id),
                customer_id=customer_id,
                changes=changes,
            )


def remove(customer_id: int, public_id: str) -> None:
    """Remove a contact of the customer; raise NotFound."""
    with entered(SystemScope("contacts of a customer")), unit_of_work() as session:
        customer = changing.lock(customer_id)
        row = _own(customer_id, public_id)
        session.delete(row)
        finding.refresh(customer)
        recording.record(
            "contact.removed",
            subject=("contact", public_id),
            customer_id=customer_id,
            changes={"name": [row.name, None], "email": [row.email, None]},
        )


def one(customer_id: int, public_id: str) -> Contact:
    """Return a contact of the customer; raise NotFound."""
    row = _own(customer_id, public_id)
    return Contact(row.public_id, row.name, row.email, row.phone, row.billing, row.technical)


def _own(customer_id: int, public_id: str) -> CustomerContact:
    row = repos.contact(customer_id, public_id)
    if row is None:
        raise NotFound(_("There is no such contact."))
    return row


def _checked(typed: ContactInput) -> dict[str, object]:
    refused = checking.Refusals()
    name = refused.text("name", typed.name, _("Give the person's name."), checking.LONGEST_NAME)
    address = refused.of("email", email.parse, typed.email)
    called = refused.optional("phone", phone.parse, typed.phone)
    if not (typed.billing or typed.technical):
        refused.fields["billing"] = _("Choose at least one kind of message.")
    refused.end()
    return {
        "name": name,
        "email": address,
        "phone": None if called is None else called.e164,
        "billing": typed.billing,
        "technical": typed.technical,
    }
