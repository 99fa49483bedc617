"""Who is told about money and about technical matters; an unknown audience is nobody."""

import pytest

from praho.core.db.scope import SystemScope, entered
from praho.customers.services import contacts
from praho.customers.types import ContactInput
from tests.factories import customers


@pytest.fixture
def customer(db, domains):
    return customers.make_customer(email="firma@client.example", locale="en")


def told(domains, audience, customer):
    with entered(SystemScope("test")):
        return [recipient.email for recipient in domains.audience(audience, customer.id)]


def test_without_contacts_it_is_the_customers_own_address(domains, customer):
    for audience in ("billing_contacts", "technical_contacts"):
        assert told(domains, audience, customer) == ["firma@client.example"]


def test_contacts_are_told_what_they_chose(domains, customer):
    contacts.add(customer.id, ContactInput("Doina", "doina@conta.example", billing=True))
    contacts.add(customer.id, ContactInput("Radu", "radu@tech.example", billing=True, technical=True))
    assert told(domains, "billing_contacts", customer) == ["doina@conta.example", "radu@tech.example"]
    assert told(domains, "technical_contacts", customer) == ["radu@tech.example"]


def test_they_are_told_in_the_customers_language(domains, customer):
    with entered(SystemScope("test")):
        assert {recipient.locale for recipient in domains.audience("billing_contacts", customer.id)} == {"en"}


def test_nobody_belongs_to_what_nobody_declares(domains, customer):
    assert told(domains, "everybody", customer) == []
