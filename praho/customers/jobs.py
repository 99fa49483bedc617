"""The work of the customers domain that is done as jobs."""

from praho.core.db.uow import unit_of_work
from praho.core.jobs.kinds import Again, Tick
from praho.customers import repos
from praho.customers.events import CompanyWork, MemberRenamed
from praho.customers.services import changing, finding, rechecking

_SOON = 2.0
_LATER = 900.0


def refresh_search(renamed: MemberRenamed) -> None:
    """Let the customers of a renamed member be found by the new name."""
    for customer_id in repos.customer_ids_of_user(renamed.user_id):
        with unit_of_work():
            finding.refresh(changing.lock(customer_id))


def check_company(work: CompanyWork) -> Again | None:
    """Ask the register that knows a customer, until it answers."""
    return None if rechecking.check(work.customer_id) else Again(_LATER, "the register gives no answer")


def recheck_companies(_tick: Tick) -> Again | None:
    """Ask ANAF about the companies whose answer is old, a hundred at once."""
    return _next(rechecking.recheck_companies())


def recheck_vat_ids(_tick: Tick) -> Again | None:
    """Ask VIES about the VAT numbers whose answer is old, a few at once."""
    return _next(rechecking.recheck_vat_ids())


def _next(step: rechecking.Step) -> Again | None:
    if step is rechecking.Step.MORE:
        return Again(_SOON, "more to ask about")
    return Again(_LATER, "the register gives no answer") if step is rechecking.Step.SILENT else None
