"""The customer's documents: looking at them, downloading them and paying them, by role and by language."""

import pytest
from sqlalchemy import update

from praho.billing.payments.services import settlement
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.permissions import MemberRole
from praho.models.billing.documents import DocumentKind, DocumentState
from praho.models.billing.payments import AttemptState, PaymentAttempt, PaymentMethod
from tests.billing.payments import paying
from tests.factories import billing, customers, providers, users


@pytest.fixture
def buyer(app):
    billing.make_seller()
    return customers.make_customer()


@pytest.fixture
def owner(buyer, another_visitor):
    return member(buyer, another_visitor, MemberRole.OWNER)


@pytest.fixture
def address(buyer):
    return f"/portal/{buyer.public_id}"


@pytest.fixture
def bank(sandbox):
    sandbox.arm("webhook", "never", times=1000)
    return sandbox


def member(buyer, another_visitor, role):
    person = users.make_user()
    customers.make_member(buyer, person, role)
    return another_visitor().sign_in(person)


def pay_by_transfer(proforma, amount_minor=12_100):
    receipt = settlement.Receipt(
        proforma, PaymentMethod.BANK_TRANSFER, amount_minor, "RON", clock.today(), "OP 17 din 3 mai"
    )
    with entered(SystemScope("test")):
        settlement.settle(receipt)


def attempt_is(attempt_id, state):
    with entered(SystemScope("test")), unit_of_work() as session:
        session.execute(update(PaymentAttempt).where(PaymentAttempt.public_id == attempt_id).values(state=state))


def test_a_customer_without_documents_is_told_where_they_come_from(owner, address):
    page = owner.get(f"{address}/documents")
    assert "Încă niciun document" in page.text
    assert page.leads_to("/hosting")


def test_documents_are_listed_filtered_and_searched(owner, buyer, address):
    proformas = [billing.make_proforma(buyer) for _ in range(3)]
    pay_by_transfer(proformas[0])
    numbers = [billing.document(one).number_text for one in proformas]

    assert all(number in owner.get(f"{address}/documents").text for number in [*numbers, "EXF0001"])
    invoices = owner.get(f"{address}/documents?kind=invoice")
    assert "EXF0001" in invoices.text
    assert numbers[1] not in invoices.text
    open_ones = owner.get(f"{address}/documents?kind=proforma&state=open")
    assert numbers[0] not in open_ones.text
    assert numbers[1] in open_ones.text
    found = owner.get(f"{address}/documents?q={numbers[2]}")
    assert numbers[2] in found.text
    assert numbers[1] not in found.text
    assert "Nu s-a găsit nimic" in owner.get(f"{address}/documents?q=nimic").text
    assert owner.get(f"{address}/documents?kind=nonsense&state=%00&cursor=broken").status == 200


def test_an_open_proforma_says_how_to_pay_it(owner, buyer, address, bank):
    providers.make_payment_account(bank)
    proforma = billing.make_proforma(buyer)
    page = owner.get(f"{address}/documents/{proforma}")

    assert "121,00 RON" in page.text
    assert "RO49 AAAA 1B31 0075 9384 0000" in page.text
    assert "Banca Exemplu" in page.text
    assert billing.document(proforma).number_text in page.text
    assert page.leads_to("/pay")


def test_a_paid_proforma_leads_to_its_invoice_and_back(owner, buyer, address):
    proforma = billing.make_proforma(buyer)
    pay_by_transfer(proforma)
    [invoice] = billing.documents(DocumentKind.INVOICE)

    page = owner.get(f"{address}/documents/{proforma}")
    assert page.leads_to(f"/documents/{invoice.public_id}")
    assert not page.leads_to("/pay")
    page = owner.get(f"{address}/documents/{invoice.public_id}")
    assert page.leads_to(f"/documents/{proforma}")
    assert "EXF0001" in page.text


def test_a_proforma_that_could_not_be_invoiced_does_not_tell_the_customer_why(owner, buyer, address):
    with entered(SystemScope("test")), unit_of_work() as session:
        from praho.models.billing.documents import NumberSeries

        session.execute(update(NumberSeries).values(active=False))
    proforma = billing.make_proforma(buyer)
    pay_by_transfer(proforma)
    refusal = billing.document(proforma).refusal
    assert refusal

    page = owner.get(f"{address}/documents/{proforma}")

    assert refusal not in page.text
    assert "Factura" in page.text


def test_files_are_handed_out(owner, buyer, address, run_jobs):
    proforma = billing.make_proforma(buyer)
    pay_by_transfer(proforma)
    [invoice] = billing.documents(DocumentKind.INVOICE)
    early = owner.client.get(f"{address}/documents/{invoice.public_id}/xml")
    assert early.status_code == 404
    run_jobs()

    pdf = owner.client.get(f"{address}/documents/{invoice.public_id}/pdf")
    assert (pdf.mimetype, pdf.data[:5]) == ("application/pdf", b"%PDF-")
    assert "EXF0001.pdf" in pdf.headers["Content-Disposition"]
    xml = owner.client.get(f"{address}/documents/{invoice.public_id}/xml")
    assert (xml.mimetype, xml.data[:5]) == ("application/xml", b"<?xml")
    assert owner.client.get(f"{address}/documents/{proforma}/xml").status_code == 404
    again = owner.client.get(
        f"{address}/documents/{invoice.public_id}/pdf", headers={"If-None-Match": pdf.headers["ETag"]}
    )
    assert again.status_code == 304


class TestPaying:
    @pytest.fixture
    def account(self, app, bank):
        return providers.make_payment_account(bank)

    def test_the_way_leads_over_our_page_to_the_providers(self, owner, buyer, address, account, bank):
        proforma = billing.make_proforma(buyer)
        page = owner.get(f"{address}/documents/{proforma}")

        sent = owner.submit(page, action="/pay", follow=False)
        assert sent.status == 303
        way = owner.client.get(sent.response.location)

        [payment] = bank.payments()
        assert way.headers["Refresh"] == f"0; url={bank.url}/pay/{payment['id']}"
        assert f"{bank.url}/pay/{payment['id']}" in way.text
        assert payment["return_url"].startswith(f"http://localhost{address}/payments/{payment['key']}")
        assert payment["webhook_url"] == f"http://localhost/webhooks/payments/{account.public_id}"

    def test_a_second_click_goes_the_same_way(self, owner, buyer, address, account, bank):
        proforma = billing.make_proforma(buyer)
        page = owner.get(f"{address}/documents/{proforma}")
        first, second = (owner.submit(page, action="/pay", follow=False).response.location for _ in range(2))

        assert first == second
        assert len(bank.payments()) == 1
        page = owner.get(f"{address}/documents/{proforma}")
        assert not page.leads_to("/pay")
        assert page.leads_to(f"/payments/{bank.payments()[0]['key']}")

    def test_the_return_of_the_browser_proves_nothing(self, owner, buyer, address, account, bank, run_jobs):
        proforma = billing.make_proforma(buyer)
        attempt_id = paying.start(buyer, proforma, account).public_id
        back = f"{address}/payments/{attempt_id}?returned=1"

        assert "Așteptăm" in owner.get(back).text
        assert billing.document(proforma).state is DocumentState.OPEN
        bank.pay(attempt_id)
        run_jobs()

        assert "reușit" in owner.get(back).text
        assert billing.document(proforma).state is DocumentState.PAID
        assert "Refresh" not in owner.client.get(f"{back}&go=1").headers

    def test_the_page_asks_again_until_it_is_decided(self, owner, buyer, address, account, bank):
        attempt_id = paying.start(buyer, billing.make_proforma(buyer), account).public_id
        state = f"{address}/payments/{attempt_id}/state"

        waiting = owner.client.get(state, headers={"HX-Request": "true"})
        assert f'hx-get="{state}"' in waiting.text
        assert "<html" not in waiting.text
        bank.pay(attempt_id, "insufficient_funds")
        paying.ask(attempt_id)
        decided = owner.client.get(state, headers={"HX-Request": "true"})
        assert "hx-get" not in decided.text
        assert "cardul nu are fonduri suficiente" in decided.text

    @pytest.mark.parametrize(
        ("state", "says"),
        [
            (AttemptState.CLAIMED, "Așteptăm"),
            (AttemptState.WAITING, "Așteptăm"),
            (AttemptState.UNKNOWN, "Verificăm"),
            (AttemptState.SUCCEEDED, "reușit"),
            (AttemptState.DECLINED, "refuzată"),
            (AttemptState.ABANDONED, "nu s-a făcut"),
        ],
    )
    def test_every_state_of_a_payment_has_words(self, owner, buyer, address, account, state, says):
        attempt_id = paying.start(buyer, billing.make_proforma(buyer), account).public_id
        attempt_is(attempt_id, state)

        assert says in owner.get(f"{address}/payments/{attempt_id}").text

    def test_a_proforma_that_was_paid_otherwise_is_not_led_to_the_provider(self, owner, buyer, address, account, bank):
        proforma = billing.make_proforma(buyer)
        attempt_id = paying.start(buyer, proforma, account).public_id
        pay_by_transfer(proforma)

        page = owner.client.get(f"{address}/payments/{attempt_id}?go=1")

        assert "Refresh" not in page.headers
        assert bank.url not in page.text

    def test_an_account_that_is_no_choice_is_not_found(self, owner, buyer, address, account, bank):
        proforma = billing.make_proforma(buyer)
        registrar = providers.make_registrar(bank)
        for public_id in ("", "acc_nothing", registrar.public_id):
            assert owner.post(f"{address}/documents/{proforma}/pay", {"account": public_id}).status == 404
        assert bank.requests() == []

    def test_a_paid_proforma_is_not_paid_again(self, owner, buyer, address, account, bank):
        proforma = billing.make_proforma(buyer)
        pay_by_transfer(proforma)
        answer = owner.post(f"{address}/documents/{proforma}/pay", {"account": account.public_id})
        assert answer.status == 409
        assert bank.requests() == []

    @pytest.mark.parametrize(
        ("role", "may"),
        [
            (MemberRole.OWNER, True),
            (MemberRole.BILLING, True),
            (MemberRole.TECHNICAL, False),
            (MemberRole.VIEWER, False),
        ],
    )
    def test_who_may_pay(self, buyer, address, account, bank, another_visitor, role, may):
        visitor = member(buyer, another_visitor, role)
        proforma = billing.make_proforma(buyer)

        page = visitor.get(f"{address}/documents/{proforma}")
        assert page.status == 200
        assert page.leads_to("/pay") is may
        answer = visitor.post(f"{address}/documents/{proforma}/pay", {"account": account.public_id}, follow=False)
        assert answer.status == (303 if may else 403)
        assert len(bank.payments()) == (1 if may else 0)


@pytest.mark.parametrize(("locale", "words"), [("ro", "Detaliile plății"), ("en", "Payment details")])
def test_the_page_speaks_the_language_of_its_reader(owner, buyer, address, locale, words):
    owner.keep("locale", locale)
    assert words in owner.get(f"{address}/documents/{billing.make_proforma(buyer)}").text
