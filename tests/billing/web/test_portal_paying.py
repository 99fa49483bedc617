"""From what is due to the provider's page."""

import pytest

from praho.core.permissions import MemberRole
from tests.factories import billing, customers, providers, users


@pytest.fixture
def buyer(app):
    billing.make_seller()
    return customers.make_customer()


@pytest.fixture
def address(buyer):
    return f"/portal/{buyer.public_id}"


@pytest.fixture
def enter(buyer, another_visitor):
    def as_member(role=MemberRole.OWNER):
        person = users.make_user()
        customers.make_member(buyer, person, role)
        return another_visitor().sign_in(person)

    return as_member


@pytest.fixture
def account(sandbox):
    sandbox.arm("webhook", "never", times=100)
    return providers.make_payment_account(sandbox)


def chosen(page):
    return page.tree.xpath("//input[@name='document'][@checked]/@value")


def test_all_that_is_due_is_chosen_unless_something_is_asked_for(enter, buyer, address, account):
    first, second = (billing.make_proforma(buyer) for _ in range(2))
    visitor = enter()
    page = visitor.get(f"{address}/pay")

    assert "242,00 RON" in page.text
    assert "RO49 AAAA 1B31 0075 9384 0000" in page.text
    assert chosen(page) == [first, second]
    assert chosen(visitor.get(f"{address}/pay?document={second}")) == [second]
    assert chosen(visitor.get(f"{address}/pay?document=doc_of_somebody")) == [first, second]


def test_two_clicks_lead_from_the_dashboard_to_the_provider(enter, buyer, address, account, sandbox):
    proforma = billing.make_proforma(buyer)
    visitor = enter()
    assert visitor.get(f"{address}/").leads_to("/pay")

    page = visitor.get(f"{address}/pay")
    sent = visitor.submit(page, {"account": account.public_id}, action="/pay", follow=False)

    assert sent.status == 303
    way = visitor.client.get(sent.response.location)
    [payment] = sandbox.payments()
    assert way.headers["Refresh"] == f"0; url={sandbox.url}/pay/{payment['id']}"
    assert billing.document(proforma).number_text in way.text


def test_after_one_is_paid_the_next_is_offered(enter, buyer, address, account, sandbox, run_jobs):
    billing.make_proforma(buyer)
    second = billing.make_proforma(buyer)
    visitor = enter()
    sent = visitor.submit(
        visitor.get(f"{address}/pay"), {"account": account.public_id}, action="/pay", follow=False
    ).response.location
    [payment] = sandbox.payments()
    sandbox.pay(payment["key"])
    visitor.get(f"{sent}&returned=1")
    run_jobs()

    page = visitor.get(sent)
    assert billing.document(second).number_text in page.text
    assert page.leads_to("/pay")


def test_nothing_due_says_so(enter, address):
    page = enter().get(f"{address}/pay")
    assert "Nimic de plată" in page.text
    assert page.leads_to("/documents")


def test_who_may_not_pay_is_not_led_there(enter, buyer, address):
    billing.make_proforma(buyer)
    viewer = enter(MemberRole.VIEWER)
    assert not viewer.get(f"{address}/").leads_to("/pay")
    assert viewer.get(f"{address}/pay").status == 403
