"""Two at once: the last owner stays, an invitation is used once, an address is invited once."""

import pytest

from praho.core.db.scope import SystemScope, entered, session
from praho.core.permissions import MemberRole
from praho.core.principal import ActorKind, Principal, acting_as
from praho.customers.errors import AlreadyInvited, InvitationExpired, LastOwner
from praho.customers.services import inviting, members, reading
from praho.models.notifications import Message
from praho.notifications.services import rendering
from tests.factories import customers, users
from tests.threads import outcomes


@pytest.fixture
def customer(live_db):
    return customers.make_customer()


def test_of_two_owners_who_leave_at_once_one_stays(customer):
    owners = [users.make_user() for _ in range(2)]
    for owner in owners:
        customers.make_member(customer, owner)

    def leave():
        owner = owners.pop()
        with acting_as(Principal(ActorKind.USER, owner.full_name, user_id=owner.id)):
            members.leave(customer.id)

    assert outcomes(leave, 2, LastOwner) == {"done": 1, "LastOwner": 1}
    assert len(reading.active_members(customer.id)) == 1


def test_an_invitation_is_used_once(customer):
    user = users.make_user(email="nou@client.example")
    inviting.invite(customer.id, "nou@client.example", MemberRole.VIEWER)
    with entered(SystemScope("test")):
        token = rendering.secrets_of(session().query(Message).one())["token"]

    assert outcomes(lambda: inviting.accept_as(token, user.id), 4, InvitationExpired) == {
        "done": 1,
        "InvitationExpired": 3,
    }
    assert len(reading.active_members(customer.id)) == 1


def test_an_address_is_invited_once(customer):
    def invite():
        inviting.invite(customer.id, "nou@client.example", MemberRole.VIEWER)

    assert outcomes(invite, 4, AlreadyInvited) == {"done": 1, "AlreadyInvited": 3}
