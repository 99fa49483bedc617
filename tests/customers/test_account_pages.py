"""Becoming a customer, and joining one by the link of an invitation."""

import pytest
import time_machine

from praho.core import clock, passwords
from praho.core.db.scope import SystemScope, entered, session
from praho.core.permissions import MemberRole
from praho.customers.services import inviting, members, profiles
from praho.models.customers import Customer
from tests.factories import customers, users
from tests.fixtures.mails import link_in

PASSWORD = "o parola lunga 77"
NEW = "/account/customers/new"
COMPANY = {
    "kind": "company", "name": "Țiglă S.R.L.", "cui": "RO14399840", "reg_com": "J40/1234/2020",
    "email": "contact@tigla.example", "phone": "0721 234 567", "street": "Strada Lungă nr. 1", "county": "RO-B",
    "city": "Sector 3", "post_code": "031472", "country": "RO",
}  # fmt: skip
PERSON = {**COMPANY, "kind": "person", "name": "Ștefan Popescu", "cui": "", "reg_com": ""}


@pytest.fixture
def ana(app):
    return users.make_user(email="ana@client.example", password_hash=passwords.hash_password(PASSWORD))


@pytest.fixture
def customer(app):
    return customers.make_customer(name="Țiglă S.R.L.")


def count():
    with entered(SystemScope("test")):
        return session().query(Customer).count()


def invite(customer, email="nou@client.example", role=MemberRole.BILLING):
    return inviting.invite(customer.id, email, role)


@pytest.mark.parametrize("typed", [COMPANY, {**PERSON, "cnp": "1630615123457"}], ids=["company", "person"])
def test_a_user_becomes_a_customer_and_its_owner(visitor, ana, typed):
    visitor.sign_in(ana)
    page = visitor.get(NEW)
    assert page.values()["email"] == "ana@client.example"
    done = visitor.submit(page, typed)
    (own,) = members.memberships_of(ana.id)
    assert done.path == f"/portal/{own.customer_public_id}/"
    assert own.role is MemberRole.OWNER
    with entered(SystemScope("test")):
        profile = profiles.billing_profile(own.customer_id, with_cnp=True)
    assert (profile.address.city, profile.address.county_code) == ("SECTOR3", "RO-B")
    assert profile.cnp == typed.get("cnp")
    assert profile.vat_id == ("RO14399840" if typed["kind"] == "company" else None)


def test_refused_fields_say_so_and_nothing_typed_is_lost(visitor, ana):
    visitor.sign_in(ana)
    wrong = {**COMPANY, "cui": "14399841", "reg_com": "J41/1/2000", "city": "București", "phone": "1212"}
    page = visitor.submit(visitor.get(NEW), wrong)
    assert page.status == 422
    assert set(page.errors) == {"cui", "reg_com", "city", "phone"}
    assert {name: page.values()[name] for name in wrong} == wrong
    assert count() == 0
    right = {"cui": "14399840", "reg_com": "", "city": "Sector 3", "phone": "0721234567"}
    assert visitor.submit(page, right).status == 200
    assert count() == 1


def test_buyers_elsewhere_may_become_customers(visitor, ana):
    visitor.sign_in(ana)
    typed = {**COMPANY, "country": "DE", "cui": "RO14399840", "city": "Berlin", "post_code": "10115", "reg_com": ""}
    page = visitor.submit(visitor.get(NEW), typed)
    assert (page.status, set(page.errors)) == (422, {"cui"})
    assert page.values()["country"] == "DE"
    assert visitor.submit(page, {"cui": "DE136695976"}).status == 200
    assert count() == 1


def test_a_company_is_filled_in_from_its_cui(visitor, ana, connected):
    connected.knows("14399840", name="BRUTĂRIA NOASTRĂ SRL", reg_com="J12/345/2019", vat=False)
    visitor.sign_in(ana)
    page = visitor.submit(visitor.get(NEW), {"cui": "RO 14399840", "phone": "0721234567", "look_up": "y"})
    assert (page.status, count()) == (422, 0)
    filled = page.values()
    assert {name: filled.get(name) for name in ("cui", "name", "reg_com", "county", "city", "post_code", "phone")} == {
        "cui": "14399840", "name": "BRUTĂRIA NOASTRĂ SRL", "reg_com": "J12/345/2019", "county": "RO-B",
        "city": "Sector 3", "post_code": "031472", "phone": "0721234567",
    }  # fmt: skip
    assert "vat_payer" not in filled


def test_htmx_gets_the_fields_alone(visitor, ana, connected):
    connected.knows("14399840")
    visitor.sign_in(ana)
    typed = {**visitor.get(NEW).values(), "cui": "14399840", "look_up": "y"}
    answer = visitor.client.post(NEW, data=typed, headers={"HX-Request": "true"})
    body = answer.get_data(as_text=True)
    assert (answer.status_code, 'id="customer-fields"' in body, "<html" in body) == (200, True, False)
    assert "EXEMPLU HOSTING S.R.L." in body


def test_a_silent_register_holds_nobody_up(visitor, ana, connected):
    connected.anaf_fault = "503"
    visitor.sign_in(ana)
    page = visitor.submit(visitor.get(NEW), {**COMPANY, "look_up": "y"})
    assert (page.status, page.errors) == (422, {})
    assert visitor.submit(page, COMPANY).status == 200
    assert count() == 1


def test_a_form_that_is_sent_twice_makes_one_customer(visitor, ana):
    visitor.sign_in(ana)
    page = visitor.get(NEW)
    first = visitor.submit(page, COMPANY)
    second = visitor.submit(page, COMPANY)
    assert (first.path, count()) == (second.path, 1)


def test_a_visitor_is_asked_to_sign_in_first(visitor, app):
    assert visitor.get(NEW).path == "/account/sign-in"


def test_a_kind_that_does_not_exist_is_refused(visitor, ana):
    visitor.sign_in(ana)
    page = visitor.submit(visitor.get(NEW), {**COMPANY, "kind": "state"})
    assert page.status == 422
    assert count() == 0


def test_an_invited_stranger_makes_an_account_and_is_in(visitor, customer, mails):
    invite(customer)
    (mail,) = mails("nou@client.example")
    page = visitor.get(link_in(mail, "/invitation/"))
    assert "Țiglă S.R.L." in page.text
    weak = visitor.submit(page, {"full_name": "Ion Nou", "password": "parola"})
    assert (weak.status, set(weak.errors)) == (422, {"password"})
    done = visitor.submit(weak, {"password": PASSWORD})
    assert done.path == f"/portal/{customer.public_id}/"
    assert visitor.get(link_in(mail, "/invitation/")).status == 410


def test_who_has_an_account_signs_in_to_accept(visitor, customer, mails):
    user = users.make_user(email="nou@client.example", password_hash=passwords.hash_password(PASSWORD))
    invite(customer)
    link = link_in(mails("nou@client.example")[0], "/invitation/")
    page = visitor.get(link)
    assert page.leads_to("/account/sign-in")
    assert not page.leads_to("/accept")
    visitor.sign_in(user)
    assert visitor.submit(visitor.get(link), action="/accept").path == f"/portal/{customer.public_id}/"
    assert members.membership(user.id, customer.public_id).role is MemberRole.BILLING


def test_an_invitation_is_for_its_address_alone(visitor, customer, ana, mails):
    invite(customer)
    link = link_in(mails("nou@client.example")[0], "/invitation/")
    visitor.sign_in(ana)
    assert visitor.post(f"{link}/accept").status == 403
    assert members.memberships_of(ana.id) == []


def test_an_invitation_expires(visitor, customer, mails):
    invite(customer)
    link = link_in(mails("nou@client.example")[0], "/invitation/")
    with time_machine.travel(clock.machine_now().timestamp() + 15 * 86400, tick=True):
        assert visitor.get(link).status == 410


def test_links_that_never_were_and_links_that_are_over_look_the_same(visitor, customer, mails):
    public_id = invite(customer)
    link = link_in(mails("nou@client.example")[0], "/invitation/")
    inviting.withdraw(customer.id, public_id)
    withdrawn, invented = visitor.get(link), visitor.get("/account/invitation/invented")
    assert (withdrawn.status, withdrawn.text) == (invented.status, invented.text)


def test_a_former_member_is_let_in_again_with_the_new_role(visitor, customer, mails):
    user = users.make_user(email="nou@client.example")
    customers.make_member(customer)
    former = customers.make_member(customer, user, MemberRole.OWNER)
    members.remove(customer.id, former.public_id)
    assert members.membership(user.id, customer.public_id) is None
    invite(customer, role=MemberRole.VIEWER)
    visitor.sign_in(user)
    visitor.submit(visitor.get(link_in(mails("nou@client.example")[0], "/invitation/")), action="/accept")
    assert members.membership(user.id, customer.public_id).role is MemberRole.VIEWER
