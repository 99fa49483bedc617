"""Telling a customer's billing contacts about a document: each once, in the language in which they are written to."""

import pytest
from sqlalchemy import select

from praho.billing.documents.services import announcing
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.customers.services import contacts
from praho.customers.types import ContactInput
from praho.models.customers import Customer
from praho.models.notifications import Message
from tests.factories import billing, customers

pytestmark = pytest.mark.usefixtures("domains", "db")


def announce(document_id):
    with entered(SystemScope("test")):
        announcing.announce(document_id)


def messages():
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(Message).order_by(Message.id)))


@pytest.fixture
def buyer():
    billing.make_seller()
    return customers.make_customer(email="birou@client.example")


def test_without_contacts_the_customers_own_address_is_told_once(buyer):
    proforma = billing.make_proforma(buyer)
    announce(proforma)
    announce(proforma)

    [message] = messages()
    assert (message.recipient, message.template) == ("birou@client.example", "billing/proforma_issued")
    assert message.attachments == [{"kind": "document_pdf", "id": proforma}]
    assert message.customer_id == buyer.id


def test_every_billing_contact_is_told(buyer):
    with entered(SystemScope("test")):
        for name, is_billing in (("ana", True), ("bogdan", True), ("cosmin", False)):
            typed = ContactInput(
                name=name, email=f"{name}@client.example", phone="", billing=is_billing, technical=not is_billing
            )
            contacts.add(buyer.id, typed)
    announce(billing.make_proforma(buyer))

    assert [message.recipient for message in messages()] == ["ana@client.example", "bogdan@client.example"]


@pytest.mark.parametrize(("locale", "total"), [("ro", "1.210,00 RON"), ("en", "1,210.00 RON")])
def test_amounts_and_dates_are_written_as_the_reader_writes_them(buyer, locale, total):
    with entered(SystemScope("test")), unit_of_work() as session:
        session.get_one(Customer, buyer.id).locale = locale
    announce(billing.make_proforma(buyer, 100_000))

    [message] = messages()
    assert message.locale == locale
    assert message.facts["total"].replace("\N{NO-BREAK SPACE}", " ") == total


def test_a_document_that_is_not_there_is_an_error(buyer):
    with pytest.raises(NotFound):
        announce("pro_nothing")
