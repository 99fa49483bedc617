"""The account on both surfaces: balance, funds, statement, a transfer for several, write-offs, receipts, alarms."""

import pytest
from sqlalchemy import text

from praho.billing.payments.services import ledger_check, parking, receiving, settlement
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.permissions import MemberRole, StaffRole
from praho.models.billing.documents import DocumentState, SeriesKind
from praho.models.billing.payments import AttemptState, LedgerKind, PaymentMethod
from tests.billing.payments import money, paying
from tests.factories import billing, customers, providers, users


@pytest.fixture
def clerk(app, another_visitor):
    return another_visitor().sign_in(users.make_staff(StaffRole.BILLING))


@pytest.fixture
def buyer(app):
    billing.make_seller()
    return customers.make_customer(name="Brutăria Cireșilor S.R.L.")


@pytest.fixture
def proforma(buyer):
    return billing.make_proforma(buyer)


@pytest.fixture
def enter(buyer, another_visitor):
    def as_member(role=MemberRole.OWNER):
        person = users.make_user()
        customers.make_member(buyer, person, role)
        return another_visitor().sign_in(person)

    return as_member


class TestTheCustomersAccount:
    def test_it_shows_the_balance_and_a_statement_that_adds_up(self, buyer, proforma, enter):
        money.pay(proforma, 13_000)
        visitor = enter()
        page = visitor.get(f"/portal/{buyer.public_id}/account")

        assert "9,00 RON" in page.text
        assert money.invoices()[0].number_text in page.text
        assert "9,00 RON" in visitor.get(f"/portal/{buyer.public_id}/").text

        table = visitor.get(f"/portal/{buyer.public_id}/account/statement.csv").body.splitlines()
        assert table[-1].split(";")[3:] == ["121.00", "130.00", "-9.00", "RON"]
        assert visitor.client.get(f"/portal/{buyer.public_id}/account/statement.pdf").data.startswith(b"%PDF")

    def test_other_days_have_other_openings(self, buyer, proforma, enter):
        money.pay(proforma, 13_000)
        table = enter().get(f"/portal/{buyer.public_id}/account/statement.csv?from=2199-01-01&to=2199-02-01").body

        assert [line.split(";")[5] for line in table.splitlines()[1:]] == ["-9.00", "-9.00"]

    def test_two_clicks_pay_from_the_balance(self, buyer, proforma, enter):
        money.arrive(buyer, 12_100)
        visitor = enter()
        page = visitor.get(f"/portal/{buyer.public_id}/documents/{proforma}")
        done = visitor.submit(page, action="/pay/balance")

        assert done.status == 200
        assert billing.document(proforma).state is DocumentState.PAID

    def test_what_is_left_is_what_is_asked_for(self, buyer, proforma, enter, sandbox):
        providers.make_payment_account(sandbox)
        money.pay(proforma, 2_100)
        visitor = enter()

        for page in ("pay", f"documents/{proforma}", ""):
            assert "100,00 RON" in visitor.get(f"/portal/{buyer.public_id}/{page}").text

    def test_i14_funds_are_added_by_card_and_are_not_invoiced(self, buyer, enter, sandbox):
        sandbox.arm("webhook", "never", times=9)
        account = providers.make_payment_account(sandbox)
        visitor = enter()
        page = visitor.get(f"/portal/{buyer.public_id}/account/add")
        visitor.submit(page, {"amount": "250,50", "account": account.public_id}, follow=False)
        [payment] = sandbox.payments()
        sandbox.pay(payment["key"])
        paying.ask(payment["key"])

        assert paying.attempt(payment["key"]).state is AttemptState.SUCCEEDED
        assert (money.balance(buyer), money.booked(LedgerKind.PAYMENT)) == (25_050, [-25_050])
        assert "250,50 RON" in visitor.get(f"/portal/{buyer.public_id}/payments/{payment['key']}").text
        assert money.invoices() == []

    def test_funds_are_added_in_euro_where_the_shop_sells_in_euro(self, buyer, enter, sandbox):
        sandbox.arm("webhook", "never", times=9)
        account = providers.make_payment_account(sandbox)
        visitor = enter()
        address = f"/portal/{buyer.public_id}/account/add"
        sent = {"amount": "1500", "currency": "EUR", "account": account.public_id}
        assert visitor.get(address).tree.xpath("//select[@name='currency']") == []
        billing.set_setting("shop.sells_in_euro", True)
        assert visitor.submit(visitor.get(address), sent).status == 422
        visitor.submit(visitor.get(address), {**sent, "amount": "20"}, follow=False)
        [payment] = sandbox.payments()
        assert (payment["amount"], payment["currency"]) == (2_000, "EUR")
        sandbox.pay(payment["key"])
        paying.ask(payment["key"])

        assert (money.balance(buyer, "EUR"), money.balance(buyer)) == (2_000, 0)

    @pytest.mark.parametrize("amount", ["9,99", "5000,01", "0", "abc"])
    def test_amounts_outside_the_limits_are_refused(self, buyer, enter, sandbox, amount):
        account = providers.make_payment_account(sandbox)
        visitor = enter()
        page = visitor.get(f"/portal/{buyer.public_id}/account/add")
        refused = visitor.submit(page, {"amount": amount, "account": account.public_id})

        assert (refused.status, set(refused.errors)) == (422, {"amount"})
        assert sandbox.payments() == []

    def test_a_viewer_adds_nothing(self, buyer, enter):
        viewer = enter(MemberRole.VIEWER)

        assert viewer.get(f"/portal/{buyer.public_id}/account").status == 200
        assert viewer.get(f"/portal/{buyer.public_id}/account/add").status == 403

    def test_several_are_paid_in_one_card_payment(self, buyer, proforma, enter, sandbox):
        sandbox.arm("webhook", "never", times=9)
        account = providers.make_payment_account(sandbox)
        other = billing.make_proforma(buyer, 5_000)
        visitor = enter()
        page = visitor.get(f"/portal/{buyer.public_id}/pay")
        assert "181,50 RON" in page.text
        sent = {"document": [proforma, other], "account": account.public_id}
        visitor.submit(page, sent, action="/pay", follow=False)
        [payment] = sandbox.payments()
        sandbox.pay(payment["key"])
        paying.ask(payment["key"])

        assert {billing.document(row).state for row in (proforma, other)} == {DocumentState.PAID}
        assert [row.amount_minor for row in paying.all_payments()] == [18_150]
        assert len(money.invoices()) == 2

    def test_nothing_chosen_leads_back(self, buyer, proforma, enter):
        visitor = enter()
        page = visitor.get(f"/portal/{buyer.public_id}/pay")

        assert visitor.submit(page, {"document": None, "account": "x"}, action="/pay").path.endswith("/pay")


class TestTheDesk:
    def test_the_customers_page_shows_how_the_account_stands(self, clerk, buyer):
        money.arrive(buyer, 12_345)
        [asked] = clerk.get(f"/admin/customers/{buyer.public_id}").tree.xpath(
            "//*[@hx-get]/@hx-get[contains(., 'account')]"
        )
        shown = clerk.client.get(asked, headers={"HX-Request": "true"}).text

        assert "123,45 RON" in shown
        assert "<html" not in shown

    def test_a_transfer_is_spread_over_proformas(self, clerk, buyer, proforma):
        other = billing.make_proforma(buyer, 5_000)
        page = clerk.get(f"/admin/customers/{buyer.public_id}/transfer")
        done = clerk.submit(
            page,
            {"amount": "200", "reference": "OP 5", f"share-{proforma}": "121", f"share-{other}": "50,50"},
        )

        assert done.path.endswith("/account")
        assert (billing.document(proforma).state, money.left(other)) == (DocumentState.PAID, 1_000)
        assert money.balance(buyer) == 2_850

    @pytest.mark.parametrize(("typed", "amount"), [("12a", "200"), ("121", "100")])
    def test_a_mistake_keeps_what_was_typed(self, clerk, buyer, proforma, typed, amount):
        page = clerk.get(f"/admin/customers/{buyer.public_id}/transfer")
        refused = clerk.submit(page, {"amount": amount, "reference": "OP 5", f"share-{proforma}": typed})

        assert refused.status == 422
        assert refused.values()[f"share-{proforma}"] == typed
        assert paying.all_payments() == []

    def test_the_rest_is_written_off_and_asked_for_after_all(self, clerk, buyer, proforma):
        money.pay(proforma, 12_098)
        page = clerk.get(f"/admin/documents/{proforma}")
        page = clerk.submit(page, {"reason": "Rest mic"}, action="/write-off")
        assert billing.document(proforma).state is DocumentState.PAID

        clerk.submit(page, {"reason": "Totuși"}, action="/undo")
        assert (billing.document(proforma).state, money.owed(buyer)) == (DocumentState.OPEN, 2)

    def test_staff_use_the_balance(self, clerk, buyer, proforma):
        money.arrive(buyer, 20_000)
        clerk.submit(clerk.get(f"/admin/documents/{proforma}"), action=f"{proforma}/balance")

        assert (billing.document(proforma).state, money.balance(buyer)) == (DocumentState.PAID, 7_900)

    def test_money_is_sent_back(self, clerk, buyer):
        money.arrive(buyer, 20_000)
        page = clerk.get(f"/admin/customers/{buyer.public_id}/account")
        sent = {"amount": "50", "reference": "OP 1", "received_on": clock.today().isoformat()}
        page = clerk.submit(page, sent, action="currency=RON")
        assert money.balance(buyer) == 15_000

        refused = clerk.submit(page, {**sent, "amount": "150,01"}, action="currency=RON")
        assert (refused.status, set(refused.errors)) == (422, {"amount"})

    def test_parked_money_becomes_balance_once(self, clerk, buyer, proforma):
        money.pay(proforma, 12_100)
        parked = money.pay(proforma, 12_100)
        assert parked.outcome is settlement.Outcome.PARKED
        page = clerk.get(f"/admin/payments/parked/{parked.public_id}")
        clerk.submit(page, action="/balance")

        assert money.balance(buyer) == 12_100
        assert clerk.post(f"/admin/payments/parked/{parked.public_id}/balance").status == 409

    def test_money_of_nobody_known_cannot_become_balance(self, clerk, buyer):
        with entered(SystemScope("test")), unit_of_work():
            parked = parking.park(parking.Facts(parking.Reason.UNKNOWN_ATTEMPT, None, None, None, None, 100, "RON"))
        page = clerk.get(f"/admin/payments/parked/{parked}")

        assert not page.leads_to("/balance")

    def test_a_receipt_reaches_the_customer(self, clerk, buyer, proforma, enter, run_jobs):
        billing.make_series("CH", kind=SeriesKind.RECEIPT)
        with entered(SystemScope("test")):
            settlement.settle(
                settlement.Receipt(proforma, PaymentMethod.CASH, 12_100, "RON", clock.today(), "casierie")
            )
        run_jobs()

        assert "CH0001" in clerk.get("/admin/payments").text
        visitor = enter()
        page = visitor.get(f"/portal/{buyer.public_id}/documents/{proforma}")
        [link] = page.tree.xpath("//a[contains(@href, '/receipts/')]/@href")
        assert visitor.client.get(link).data.startswith(b"%PDF")

    def test_a_receipt_is_issued_by_hand(self, clerk, buyer, proforma):
        billing.make_series("CH", kind=SeriesKind.RECEIPT)
        paid = money.pay(proforma, 12_100).public_id
        clerk.submit(clerk.get("/admin/payments"), action=f"{paid}/receipt")

        with entered(SystemScope("test")):
            assert receiving.issue(paid).startswith("rcp_")
        assert "CH0001" in clerk.get("/admin/payments").text

    def test_the_alarm_names_the_customer_whose_account_is_wrong(self, clerk, buyer, proforma, live_db):
        money.pay(proforma, 12_100)
        with live_db.as_owner() as connection:
            connection.execute(text("DELETE FROM billing_ledger_entry WHERE kind = 'payment'"))
        with entered(SystemScope("test")):
            ledger_check.run()

        assert buyer.name in clerk.get("/admin/alarms").text
        page = clerk.get("/admin/ledger/disagreements")
        assert buyer.name in page.text
        assert page.leads_to("/account")
        assert clerk.get("/admin/").leads_to("/ledger/disagreements")


def test_while_the_companys_data_are_missing_a_statement_leads_back_with_a_word(app, another_visitor):
    person, early = users.make_user(), customers.make_customer()
    customers.make_member(early, person, MemberRole.OWNER)
    account = f"/portal/{early.public_id}/account"
    answer = another_visitor().sign_in(person).client.get(f"{account}/statement.pdf")
    assert (answer.status_code, answer.headers["Location"]) == (303, account)
