"""The portal's first page: what is due and what runs, for each role, and how it finds the customer."""

from datetime import timedelta

import pytest
import time_machine

from praho.core import clock
from praho.core.permissions import MemberRole
from praho.models.domains import DomainState
from praho.portal import pages
from tests.factories import billing, catalogue, customers, domains, services, users
from tests.factories.copies import copy_rows


@pytest.fixture
def buyer(app):
    billing.make_seller()
    return customers.make_customer(name="Țiglăria Șerban S.R.L.")


@pytest.fixture
def member(buyer, another_visitor):
    def sign_in(role=MemberRole.OWNER, customer=buyer):
        person = users.make_user()
        customers.make_member(customer, person, role)
        return another_visitor().sign_in(person)

    return sign_in


def furnish(buyer):
    registrar = catalogue.make_offline_account(catalogue.ProviderKind.REGISTRAR)
    provisioner = catalogue.make_offline_account(catalogue.ProviderKind.PROVISIONER)
    plan = catalogue.make_plan(provisioner)
    services.make_service(buyer, provisioner, plan, label="Găzduire Țigle")
    domains.make_domain(buyer, registrar, name="tigle-serban.ro")
    return billing.make_proforma(buyer)


def test_an_empty_account_is_told_what_to_do(buyer, member):
    page = member().get(f"/portal/{buyer.public_id}/")
    assert page.status == 200
    assert page.leads_to("/hosting")


@pytest.mark.parametrize("role", list(MemberRole))
def test_what_is_due_and_what_runs(buyer, member, role):
    proforma = furnish(buyer)
    page = member(role).get(f"/portal/{buyer.public_id}/")

    assert billing.document(proforma).number_text in page.text
    assert "121,00 RON" in page.text
    assert "Găzduire Țigle" in page.text
    assert "tigle-serban.ro" in page.text
    assert page.leads_to(f"/documents/{proforma}")


def test_the_figures_answer_what_is_due_what_expires_and_what_runs(buyer, member):
    furnish(buyer)
    registrar = catalogue.make_offline_account(catalogue.ProviderKind.REGISTRAR)
    soon = clock.today() + timedelta(days=29)
    domains.make_domain(buyer, registrar, name="expira-curand.ro", expires_on=soon)
    domains.make_domain(buyer, registrar, name="in-lucru.ro", state=DomainState.REGISTERING, expires_on=None)
    visitor = member()
    with time_machine.travel(clock.machine_now() + timedelta(days=20), tick=True):
        page = visitor.get(f"/portal/{buyer.public_id}/")

    due, expires, running, held = [
        " ".join(stat.text_content().split())
        for stat in page.tree.xpath("//*[contains(@class, 'stat ')] | //a[@class='stat']")
    ]
    assert "121,00 RON" in due
    assert "restant" in due
    assert "peste 9 zile" in expires
    assert "expira-curand.ro" in expires
    assert " 1 " in running
    assert " 2 " in held
    assert "1 în curs de înregistrare" in held


def test_another_customers_things_are_not_on_it(buyer, member):
    proforma = furnish(buyer)
    neighbour = customers.make_customer()
    page = member(customer=neighbour).get(f"/portal/{neighbour.public_id}/")
    assert billing.document(proforma).number_text not in page.body
    assert "tigle-serban" not in page.body


def test_who_acts_for_two_customers_changes_between_them(buyer, another_visitor):
    other = customers.make_customer(name="Altă Firmă S.R.L.")
    person = users.make_user()
    for customer in (buyer, other):
        customers.make_member(customer, person)
    visitor = another_visitor().sign_in(person)

    for here, there in ((buyer, other), (other, buyer)):
        page = visitor.get(f"/portal/{here.public_id}/")
        assert page.tree.xpath(f"//a[@href='/portal/{there.public_id}/']")
        inner = [link for link in page.tree.xpath("//main//a/@href") if link.startswith("/portal/")]
        assert all(link.startswith(f"/portal/{here.public_id}/") for link in inner)


def test_a_member_who_was_removed_is_out_at_once(buyer, another_visitor):
    from praho.core.db.scope import SystemScope, entered
    from praho.customers.services import members

    person = users.make_user()
    customers.make_member(buyer, users.make_user())
    membership = customers.make_member(buyer, person, MemberRole.VIEWER)
    visitor = another_visitor().sign_in(person)
    assert visitor.get(f"/portal/{buyer.public_id}/").status == 200
    with entered(SystemScope("test")):
        members.remove(buyer.id, membership.public_id)
    assert visitor.get(f"/portal/{buyer.public_id}/").status == 404


def test_two_languages(buyer, member):
    visitor = member()
    for locale, words in (("ro", "Panou"), ("en", "Dashboard")):
        visitor.keep("locale", locale)
        assert words in visitor.get(f"/portal/{buyer.public_id}/").text


def test_it_keeps_its_budget(live_db, buyer, member, queries_of):
    furnish(buyer)
    visitor, address = member(), f"/portal/{buyer.public_id}/"
    few = queries_of(visitor, address)
    with live_db.as_owner() as connection:
        copy_rows(connection, "billing_document", 200)
        copy_rows(connection, "domains_domain", 200)
        copy_rows(connection, "provisioning_service", 200)
    assert queries_of(visitor, address) == few <= pages.QUERY_BUDGETS["portal.dashboard"] <= 12
