"""The search words of a customer: its own, those of its contacts, and those of its members."""

from praho.core import text
from praho.core.db.uow import require_unit_of_work
from praho.customers import repos
from praho.models.customers import Customer


def refresh(customer: Customer) -> None:
    """Bring the search words and the sort key up to date with what the unit of work has written so far.

    Needs a system or a staff scope: members' names are not for the portal's role.
    """
    require_unit_of_work().session.flush()
    contacts = [part for row in repos.contacts(customer.id) for part in (row.name, row.email, row.phone)]
    people = [part for person in repos.words_of_members(customer.id) for part in person]
    customer.name_sort = text.sort_key(customer.name)
    customer.search = text.search_document(*_own_words(customer), *contacts, *people)


def _own_words(customer: Customer) -> list[str | None]:
    # People write the number with and without its prefix; whether it is due is not their question.
    number = None if customer.cui is None else f"RO{customer.cui}"
    digits = None if customer.phone is None else customer.phone.removeprefix("+4")
    return [customer.name, customer.email, number, customer.reg_com, customer.phone, digits, customer.public_id]
