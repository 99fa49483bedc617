"""The work of the customers domain that is done as jobs."""

from praho.core.db.uow import unit_of_work
from praho.customers import repos
from praho.customers.events import MemberRenamed
from praho.customers.services import changing, finding


def refresh_search(renamed: MemberRenamed) -> None:
    """Let the customers of a renamed member be found by the new name."""
    for customer_id in repos.customer_ids_of_user(renamed.user_id):
        with unit_of_work():
            finding.refresh(changing.lock(customer_id))
