"""Who may act for a customer, and in which role."""

from praho.audit.services import recording
from praho.core import clock
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import require_unit_of_work, unit_of_work
from praho.core.errors import Forbidden, NotFound
from praho.core.i18n import gettext as _
from praho.core.permissions import MemberRole
from praho.core.principal import current_principal
from praho.customers import repos
from praho.customers.errors import LastOwner
from praho.customers.services import changing, finding
from praho.customers.types import Membership
from praho.models.customers import Customer, CustomerMember


def membership(user_id: int | None, customer_public_id: str) -> Membership | None:
    """Return the user's role in the customer with this public id; None where there is none. One query.

    Access needs an active member, an active user and an active customer.
    """
    if user_id is None:
        return None
    with entered(SystemScope("membership")):
        statement = repos.memberships(user_id).where(Customer.public_id == customer_public_id)
        row = session().execute(statement).one_or_none()
        return None if row is None else _frozen(row[0], row[1])


def memberships_of(user_id: int) -> list[Membership]:
    """Return everything that the user may act for, by name. One query."""
    with entered(SystemScope("memberships")):
        return [_frozen(customer, member) for customer, member in session().execute(repos.memberships(user_id))]


def change_role(customer_id: int, member_public_id: str, role: MemberRole) -> None:
    """Give a member of the customer another role; raise NotFound, LastOwner."""
    with entered(SystemScope("members of a customer")), unit_of_work():
        customer = changing.lock(customer_id)
        member = _active(customer_id, member_public_id)
        if role is not MemberRole.OWNER:
            _keep_an_owner(customer_id, member)
        before, member.role = member.role, role
        if before is not role:
            recording.record(
                "member.role_changed",
                subject=("member", member.public_id),
                customer_id=customer.id,
                changes={"role": [before, role]},
            )


def remove(customer_id: int, member_public_id: str) -> None:
    """Take a member's access away, from the next request on; raise NotFound, LastOwner."""
    with entered(SystemScope("members of a customer")), unit_of_work():
        customer = changing.lock(customer_id)
        member = _active(customer_id, member_public_id)
        _end(customer, member, "member.removed")


def leave(customer_id: int) -> None:
    """Give up one's own access; raise Forbidden for who is no member, LastOwner."""
    user_id = current_principal().user_id
    with entered(SystemScope("members of a customer")), unit_of_work():
        customer = changing.lock(customer_id)
        own = [row for row in repos.members_of(customer_id) if row.user_id == user_id and row.active]
        if not own:
            raise Forbidden(_("You are no member of this customer."))
        _end(customer, own[0], "member.left")


def admit(customer: Customer, user_id: int, role: MemberRole) -> CustomerMember:
    """Make a user a member of a locked customer, or a former member one again. Needs a unit of work."""
    database = require_unit_of_work().session
    former = [row for row in repos.members_of(customer.id) if row.user_id == user_id]
    if former:
        member = former[0]
        member.active, member.role = True, role
    else:
        member = CustomerMember(customer_id=customer.id, user_id=user_id, role=role, created_at=clock.now())
        database.add(member)
    finding.refresh(customer)
    return member


def _end(customer: Customer, member: CustomerMember, action: str) -> None:
    _keep_an_owner(customer.id, member)
    member.active = False
    finding.refresh(customer)
    recording.record(
        action,
        subject=("member", member.public_id),
        customer_id=customer.id,
        changes={"role": [member.role, None]},
    )


def _active(customer_id: int, public_id: str) -> CustomerMember:
    found = [row for row in repos.members_of(customer_id) if row.public_id == public_id and row.active]
    if not found:
        raise NotFound(_("There is no such member."))
    return found[0]


def _keep_an_owner(customer_id: int, leaving: CustomerMember) -> None:
    """Refuse to lose the last owner. The customer is locked, so that of two who leave at once one stays."""
    owners = [row for row in repos.members_of(customer_id) if row.active and row.role is MemberRole.OWNER]
    if leaving.role is MemberRole.OWNER and len(owners) <= 1:
        raise LastOwner(_("Somebody has to own this customer. Make another member its owner first."))


def _frozen(customer: Customer, member: CustomerMember) -> Membership:
    return Membership(customer.id, customer.public_id, customer.name, member.role)
