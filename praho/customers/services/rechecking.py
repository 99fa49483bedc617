"""Asking the registers again: about one customer that is new or changed, and about all whose answers grow old."""

from datetime import timedelta
from enum import StrEnum

from praho.core import clock
from praho.core.db.scope import session
from praho.core.identifiers import vat_id as vat_numbers
from praho.customers import repos
from praho.customers.errors import LookupUnavailable
from praho.customers.services import companies, vat_ids
from praho.customers.services.checking import HOME

COMPANIES_EVERY = timedelta(days=30)
VAT_IDS_EVERY = timedelta(days=7)
_COMPANIES_AT_ONCE = 100
_VAT_IDS_AT_ONCE = 10


class Step(StrEnum):
    """How far a sweep came: everything is asked, there is more, or nobody answers."""

    DONE = "done"
    MORE = "more"
    SILENT = "silent"


def check(customer_id: int) -> bool:
    """Ask ANAF or VIES about a customer that is a company; return False where the register gave no answer.

    A person, a company without numbers and one outside the Union have no register to ask: that is done too.
    """
    found = repos.overview(customer_id)
    if found is None:
        return True
    customer, address = found
    cui, number = customer.cui, customer.vat_id
    country = HOME if address is None else address.country
    session().close()
    try:
        if cui is not None and companies.is_connected():
            companies.ask([cui])
        elif number is not None and vat_numbers.is_member_state(country) and vat_ids.is_connected():
            vat_ids.ask(number)
    except LookupUnavailable:
        return False
    return True


def recheck_companies() -> Step:
    """Ask ANAF about a hundred companies whose answer is older than thirty days."""
    if not companies.is_connected():
        return Step.DONE
    due = repos.stale_cuis(clock.now() - COMPANIES_EVERY, _COMPANIES_AT_ONCE)
    if not due:
        return Step.DONE
    try:
        companies.ask(due)
    except LookupUnavailable:
        return Step.SILENT
    return Step.MORE if len(due) == _COMPANIES_AT_ONCE else Step.DONE


def recheck_vat_ids() -> Step:
    """Ask VIES about some VAT numbers whose answer is older than a week; a silent state does not stop the others."""
    if not vat_ids.is_connected():
        return Step.DONE
    due = repos.stale_vat_ids(clock.now() - VAT_IDS_EVERY, vat_ids.STATES, _VAT_IDS_AT_ONCE)
    session().close()
    answered = 0
    for number in due:
        try:
            vat_ids.ask(number)
        except LookupUnavailable:
            continue
        answered += 1
    if due and not answered:
        return Step.SILENT
    return Step.MORE if len(due) == _VAT_IDS_AT_ONCE else Step.DONE
