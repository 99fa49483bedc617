"""An invoice of which something is left: shown as such, and paid from its own page, on both surfaces."""

import pytest

from praho.billing.documents.services.advances import Delivery
from praho.billing.payments.services import advances
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.permissions import StaffRole
from praho.core.web.form_tokens import new_form_token
from praho.models.billing.documents import DocumentKind, DocumentState
from praho.models.billing.payments import LedgerKind
from tests.billing.payments import money, paying
from tests.factories import billing, customers, providers, users


@pytest.fixture
def buyer(app):
    billing.make_seller()
    return customers.make_customer()


@pytest.fixture
def advance(buyer):
    """An advance invoice of 121.00, of which nothing is left to pay."""
    with entered(SystemScope("test")):
        asked = advances.ask(buyer.id, "Server dedicat", money.lei(10_000), form_token=new_form_token())
    billing.settle(asked)
    return money.invoices()[0]


@pytest.fixture
def rest(advance):
    """The invoice of the delivery, of which 24.20 is left."""
    with entered(SystemScope("test")):
        delivery = Delivery("Server dedicat", 12_000, clock.today())
        public_id = advances.take_back(advance.public_id, delivery, None, form_token=new_form_token())
    return billing.document(public_id)


@pytest.fixture
def clerk(app, another_visitor):
    return another_visitor().sign_in(users.make_staff(StaffRole.BILLING))


@pytest.fixture
def owner(buyer, another_visitor):
    person = users.make_user()
    customers.make_member(buyer, person)
    return another_visitor().sign_in(person)


@pytest.fixture
def portal(buyer):
    return f"/portal/{buyer.public_id}"


def test_the_customer_pays_it_by_card_from_its_page(owner, portal, rest, advance, sandbox):
    sandbox.arm("webhook", "never", times=10)
    account = providers.make_payment_account(sandbox)
    for address in ("/", "/pay"):
        page = owner.get(f"{portal}{address}")
        assert rest.number_text in page.text
        assert "24,20 RON" in page.text

    page = owner.get(f"{portal}/documents/{rest.public_id}")
    assert "RO49 AAAA 1B31 0075 9384 0000" in page.text
    action = f"/documents/{rest.public_id}/pay"
    owner.submit(page, {"account": account.public_id}, action=action, follow=False)
    [payment] = sandbox.payments()
    assert payment["amount"] == 2_420
    sandbox.pay(payment["key"])
    paying.ask(payment["key"])

    page = owner.get(f"{portal}/documents/{rest.public_id}")
    assert "Achitat integral" in page.text
    for paid in (rest, advance):
        assert f"/documents/{paid.public_id}/pay" not in owner.get(f"{portal}/documents/{paid.public_id}").body
    assert len(money.invoices()) == 2


def test_the_customer_pays_it_from_the_balance(owner, portal, buyer, rest):
    money.arrive(buyer, 2_000)
    page = owner.submit(owner.get(f"{portal}/documents/{rest.public_id}"), action="/pay/balance")
    assert (page.path, money.balance(buyer), money.owed(buyer)) == (f"{portal}/documents/{rest.public_id}", 0, 420)
    assert "4,20 RON" in page.text


def test_staff_record_a_transfer_and_write_the_rest_off(clerk, buyer, rest, advance):
    address = f"/admin/documents/{rest.public_id}"
    typed = {"amount": "24,00", "reference": "OP 3", "received_on": clock.today().isoformat()}
    page = clerk.submit(clerk.get(address), typed, action="/transfer")
    assert "0,20 RON" in page.text
    clerk.submit(page, {"reason": "Rest mic"}, action="/write-off")

    assert (money.booked(LedgerKind.WRITE_OFF), money.owed(buyer)) == ([-20], 0)
    for paid in (rest, advance):
        assert "/transfer" not in clerk.get(f"/admin/documents/{paid.public_id}").body


def test_a_transfer_is_spread_over_it_and_a_proforma(clerk, buyer, rest):
    other = billing.make_proforma(buyer, 1_000)
    [asked] = [
        row
        for row in billing.documents(DocumentKind.PROFORMA)
        if row.state is DocumentState.OPEN and row.public_id != other
    ]
    page = clerk.get(f"/admin/customers/{buyer.public_id}/transfer")
    assert rest.number_text in page.text
    shares = {f"share-{asked.public_id}": "24,20", f"share-{other}": "12,10"}
    clerk.submit(page, {"amount": "36,30", "reference": "OP 4", **shares})
    assert (money.left(other), money.left(asked.public_id), money.owed(buyer)) == (0, 0, 0)
