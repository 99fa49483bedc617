"""The life of a service and of a domain, as several domains tell it together."""

from datetime import timedelta

import pytest
import time_machine

from praho.core import clock
from praho.models.billing.documents import DocumentKind
from tests.factories import billing, catalogue, customers, domains, orders, services, users


@pytest.fixture
def buyer(app):
    billing.make_seller()
    return customers.make_customer()


@pytest.fixture
def owner(buyer, another_visitor):
    person = users.make_user()
    customers.make_member(buyer, person)
    return another_visitor().sign_in(person)


@pytest.fixture
def ordered(buyer):
    """A paid order of a plan, before anything was set up: its item, and the plan with its provider."""
    provisioner = catalogue.make_offline_account(catalogue.ProviderKind.PROVISIONER)
    plan = catalogue.make_plan(provisioner)
    order = orders.make_order(buyer, plan)
    [proforma] = billing.documents(DocumentKind.PROFORMA)
    billing.settle(proforma.public_id)
    return orders.order(order), orders.items(order)[0], provisioner, plan


def told(page):
    return [" ".join(title.text_content().split()) for title in page.tree.xpath("//p[@class='timeline-title']")]


def test_a_service_tells_its_life_from_the_order_to_the_last_paid_day(buyer, owner, ordered):
    order, item, provisioner, plan = ordered
    later = clock.now() + timedelta(minutes=5)
    service = services.make_service(
        buyer, provisioner, plan, origin=item.public_id, created_at=later, activated_at=later
    )
    page = owner.get(f"/portal/{buyer.public_id}/services/{service.public_id}")

    assert told(page)[0] == "Ultima zi plătită"
    assert told(page)[-1] == "Comandat"
    assert {"Configurat", "Achitat", "Factură EXF0001 emisă"} <= set(told(page))
    assert order.number in page.text


def test_seeing_the_access_data_becomes_part_of_it(buyer, owner):
    provisioner = catalogue.make_offline_account(catalogue.ProviderKind.PROVISIONER)
    service = services.make_service(buyer, provisioner, catalogue.make_plan(provisioner))
    address = f"/portal/{buyer.public_id}/services/{service.public_id}"
    assert "Date de acces afișate" not in told(owner.get(address))
    owner.submit(owner.get(address), action="/credentials")
    assert "Date de acces afișate" in told(owner.get(address))


def test_a_domain_that_expires_soon_or_has_expired_says_so(buyer, owner):
    registrar = catalogue.make_offline_account(catalogue.ProviderKind.REGISTRAR)
    domain = domains.make_domain(
        buyer,
        registrar,
        name="tigle.ro",
        created_at=clock.now() - timedelta(minutes=1),
        activated_at=clock.now(),
        expires_on=clock.today() + timedelta(days=12),
    )
    address = f"/portal/{buyer.public_id}/domains/{domain.public_id}"
    page = owner.get(address)
    assert told(page) == ["Expiră", "Înregistrat", "Cerere trimisă la registru"]
    assert "peste 12 zile" in page.text

    with time_machine.travel(clock.machine_now() + timedelta(days=14), tick=True):
        assert "Expirat" in told(owner.get(address))
