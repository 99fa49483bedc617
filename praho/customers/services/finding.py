"""The search words of a customer: its own, those of its contacts, and those of its members."""

from praho.core import text
from praho.core.db.uow import require_unit_of_work
from praho.core.identifiers import phone
from praho.customers import repos
from praho.models.customers import Customer


def refresh(customer: Customer) -> None:
    """Bring the search words and the sort key up to date with what the unit of work has written so far.

    Needs a system or a staff scope: members' names are not for the portal's role.
    """
    require_unit_of_work().session.flush()
    contacts = [part for row in repos.contacts(customer.id) for part in (row.name, row.email, *_phone_words(row.phone))]
    people = [part for person in repos.words_of_members(customer.id) for part in person]
    customer.name_sort = text.sort_key(customer.name)
    customer.search = text.search_document(*_own_words(customer), *contacts, *people)


def _own_words(customer: Customer) -> list[str | None]:
    # People write the number with and without its prefix; whether it is due is not their question.
    number = None if customer.cui is None else f"RO{customer.cui}"
    return [customer.name, customer.email, number, customer.reg_com, *_phone_words(customer.phone), customer.public_id]


def _phone_words(stored: str | None) -> list[str | None]:
    """Return a phone number as it is stored, as it is dialled, and in the groups that people write."""
    if stored is None:
        return []
    number = phone.Phone(stored)
    return [stored, number.national, number.formatted]
