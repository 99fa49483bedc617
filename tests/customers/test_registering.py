"""A customer is made with its address and its owner, in the unit of work of whoever asks."""

import pytest

from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid
from praho.core.permissions import MemberRole
from praho.customers.services import members, profiles, registering
from praho.customers.types import CustomerInput
from praho.models.customers import CustomerKind
from praho.users.services import sessions, signing_up
from praho.users.types import Browser
from tests.customers.samples import company
from tests.factories import users

COMPANY = company(
    name="  Țiglă   și Fiii S.R.L. ",
    email="Contact@Tigla.example",
    city="sectorul 3",
    county="București",
    cui="RO14399840",
    reg_com="j 40/1234/2020",
)


def test_sign_up_inside_checkout_is_one_unit_of_work(db):
    with entered(SystemScope("checkout")), unit_of_work():
        person = signing_up.create_user(
            email="Ana@Client.example", full_name="Ana Pop", password="o parola lunga 77", locale="ro"
        )
        made = registering.register(COMPANY, owner_id=person.id)
        token = sessions.start(person.id, Browser("192.0.2.1", "Firefox"))
    principal = sessions.principal_of(token, ip="192.0.2.1")
    assert (principal.user_id, principal.email, principal.email_confirmed) == (person.id, "ana@client.example", False)
    membership = members.membership(person.id, made.public_id)
    assert membership is not None
    assert (membership.role, membership.customer_name) == (MemberRole.OWNER, "Țiglă și Fiii S.R.L.")
    assert members.memberships_of(person.id) == [membership]


def test_a_failed_checkout_leaves_no_account(db):
    with entered(SystemScope("checkout")):
        with pytest.raises(Invalid), unit_of_work():
            signing_up.create_user(
                email="ana@client.example", full_name="Ana Pop", password="o parola lunga 77", locale="ro"
            )
            registering.register(CustomerInput(CustomerKind.COMPANY, "", "", "", "", "", ""), owner_id=None)
        with unit_of_work():
            signing_up.create_user(
                email="ana@client.example", full_name="Ana Pop", password="o parola lunga 77", locale="ro"
            )


def test_what_was_typed_is_stored_in_normal_form(db):
    owner = users.make_user()
    with entered(SystemScope("test")):
        made = registering.register(COMPANY, owner_id=owner.id)
        profile = profiles.billing_profile(made.id)
    assert (profile.name, profile.email, profile.phone) == (
        "Țiglă și Fiii S.R.L.", "contact@tigla.example", "+40721234567",
    )  # fmt: skip
    assert (profile.cui, profile.vat_payer, profile.vat_id) == ("14399840", True, "RO14399840")
    assert profile.reg_com == "J40/1234/2020"
    assert (profile.address.city, profile.address.county_code, profile.address.country) == ("SECTOR3", "RO-B", "RO")
