"""Documents in the admin: the list, recording a transfer once, cancelling, and what was paid and not invoiced."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.permissions import StaffRole
from praho.models.audit import AuditEvent
from praho.models.billing.documents import DocumentKind, DocumentState, NumberSeries
from tests.billing.payments import paying
from tests.factories import billing, customers, providers, users


@pytest.fixture
def staff(app, another_visitor):
    """Return a function that gives a member of staff at work."""
    billing.make_seller()
    return lambda role=StaffRole.BILLING: another_visitor().sign_in(users.make_staff(role))


@pytest.fixture
def clerk(staff):
    return staff()


@pytest.fixture
def proforma(staff):
    return billing.make_proforma(customers.make_customer(name="Brutăria Țăndărei S.R.L."))


def close_series():
    with entered(SystemScope("test")), unit_of_work() as session:
        for row in session.scalars(select(NumberSeries)):
            row.active = False


def transfer(**values):
    return {"amount": "121,00", "received_on": clock.today().isoformat(), "reference": "OP 17", **values}


def record(clerk, proforma, **values):
    page = clerk.get(f"/admin/documents/{proforma}")
    return clerk.submit(page, transfer(**values), action="/transfer")


class TestTheList:
    def test_it_starts_empty(self, clerk):
        assert "Încă niciun document" in clerk.get("/admin/documents").text

    def test_it_is_searched_with_and_without_diacritics(self, clerk, proforma):
        other = billing.make_proforma(customers.make_customer(name="Altcineva S.R.L."))
        for typed in ("țăndărei", "tandar", "TANDAREI", billing.document(proforma).number_text):
            found = clerk.get(f"/admin/documents?q={typed}").text
            assert "Țăndărei" in found
            assert billing.document(other).number_text not in found
        assert "Nu s-a găsit nimic" in clerk.get("/admin/documents?q=xyz").text

    def test_it_is_filtered(self, clerk, proforma):
        record(clerk, proforma)
        assert "EXF0001" in clerk.get("/admin/documents?kind=invoice").text
        assert "EXF0001" not in clerk.get("/admin/documents?kind=proforma&state=paid").text
        assert "Nu s-a găsit nimic" in clerk.get("/admin/documents?kind=proforma&state=open").text

    def test_pages_follow_each_other(self, clerk):
        customer = customers.make_customer()
        numbers = [billing.document(billing.make_proforma(customer)).number_text for _ in range(30)]
        first = clerk.get("/admin/documents")
        assert numbers[-1] in first.text
        assert numbers[0] not in first.text
        [onwards] = {link for link in first.tree.xpath("//a/@href") if "cursor=" in link}
        second = clerk.get(onwards)
        assert numbers[0] in second.text
        assert numbers[-1] not in second.text


class TestRecordingATransfer:
    def test_it_settles_and_leads_back(self, clerk, proforma):
        page = record(clerk, proforma)

        assert (page.status, page.path) == (200, f"/admin/documents/{proforma}")
        assert "EXF0001" in page.text
        [payment] = paying.all_payments()
        assert (payment.amount_minor, payment.reference, payment.recorded_by is not None) == (12_100, "OP 17", True)
        assert not page.leads_to("/transfer")

    def test_a_form_that_is_sent_twice_is_one_payment(self, clerk, proforma):
        page = clerk.get(f"/admin/documents/{proforma}")
        for _ in range(3):
            assert clerk.submit(page, transfer(), action="/transfer", follow=False).status == 303

        assert len(paying.all_payments()) == 1
        assert paying.all_parked() == []

    @pytest.mark.parametrize(
        ("values", "fields"),
        [
            ({"amount": "", "reference": ""}, {"amount", "reference"}),
            ({"amount": "o sută", "reference": "OP 17"}, {"amount"}),
            ({"amount": "1.234"}, {"amount"}),
            ({"amount": "121,001"}, {"amount"}),
            ({"amount": "0"}, {"amount"}),
            ({"amount": "-121,00"}, {"amount"}),
            ({"amount": "99999999999999999999"}, {"amount"}),
            ({"received_on": "31.02.2026"}, {"received_on"}),
            ({"received_on": ""}, {"received_on"}),
            ({"reference": "x" * 201}, {"reference"}),
            ({"method": "bitcoin"}, {"method"}),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(self, clerk, proforma, values, fields):
        page = record(clerk, proforma, **values)

        assert page.status == 422
        assert set(page.errors) == fields
        assert all(page.errors.values())
        kept = page.values("/transfer")
        typed = transfer(**values)
        assert {name: kept[name] for name in typed if name != "method"} == {
            name: value for name, value in typed.items() if name != "method"
        }
        assert paying.all_payments() == []

    def test_a_form_that_was_refused_can_be_mended_and_sent(self, clerk, proforma):
        page = record(clerk, proforma, amount="o sută")
        page = clerk.submit(page, {"amount": "121"}, action="/transfer")

        assert page.status == 200
        assert len(paying.all_payments()) == 1

    def test_money_of_tomorrow_is_refused(self, clerk, proforma):
        page = record(clerk, proforma, received_on=(clock.today() + timedelta(days=1)).isoformat())
        assert page.status == 422
        assert set(page.errors) == {"received_on"}

    def test_too_little_is_recorded_and_the_rest_is_asked_for(self, clerk, proforma):
        page = record(clerk, proforma, amount="120")

        assert page.status == 200
        assert "1,00 RON" in page.text
        assert paying.all_parked() == []
        assert billing.document(proforma).state is DocumentState.OPEN

    def test_money_for_an_invoice_with_nothing_left_is_parked(self, clerk, proforma):
        record(clerk, proforma)
        [invoice] = billing.documents(DocumentKind.INVOICE)
        assert not clerk.get(f"/admin/documents/{invoice.public_id}").leads_to("/transfer")
        answer = clerk.post(
            f"/admin/documents/{invoice.public_id}/transfer", {**transfer(), "method": "cash", "form_token": "t"}
        )
        assert answer.status in (200, 303)
        assert (len(paying.all_payments()), len(paying.all_parked())) == (1, 1)

    def test_a_form_without_its_token_is_refused(self, clerk, proforma):
        assert clerk.post(f"/admin/documents/{proforma}/transfer", {**transfer(), "method": "cash"}).status == 409
        assert paying.all_payments() == []


class TestCancelling:
    def test_it_ends_the_proforma_with_a_reason(self, clerk, proforma):
        page = clerk.get(f"/admin/documents/{proforma}")
        page = clerk.submit(page, {"reason": "clientul s-a răzgândit"}, action="/cancel")

        assert page.status == 200
        assert billing.document(proforma).state is DocumentState.CANCELLED
        with entered(SystemScope("test")) as session:
            [event] = session.scalars(select(AuditEvent).where(AuditEvent.action == "proforma.cancelled"))
        assert event.changes["reason"] == [None, "clientul s-a răzgândit"]
        assert not page.leads_to("/cancel")

    @pytest.mark.parametrize("reason", ["", "   ", "x" * 201])
    def test_a_bad_reason_is_said_in_the_dialog(self, clerk, proforma, reason):
        page = clerk.get(f"/admin/documents/{proforma}")
        page = clerk.submit(page, {"reason": reason}, action="/cancel")

        assert page.status == 422
        assert set(page.errors) == {"reason"}
        assert page.tree.xpath("//dialog[@id='cancel'][@open]")
        assert page.values("/cancel")["reason"] == reason
        assert page.values("/transfer")["received_on"] == clock.today().isoformat()
        assert billing.document(proforma).state is DocumentState.OPEN

    def test_a_paid_one_stays_paid(self, clerk, proforma):
        page = clerk.get(f"/admin/documents/{proforma}")
        record(clerk, proforma)
        assert clerk.submit(page, {"reason": "prea târziu"}, action="/cancel").status == 409
        assert billing.document(proforma).state is DocumentState.PAID


class TestPaidNotInvoiced:
    def test_it_is_listed_with_its_reason_and_invoiced_by_hand(self, clerk, proforma):
        assert "Nimic" in clerk.get("/admin/documents/not-invoiced").text
        close_series()
        assert billing.document(proforma).refusal is None
        record(clerk, proforma)
        held = billing.document(proforma)
        assert (held.state, held.refusal is not None) == (DocumentState.PAID, True)
        page = clerk.get("/admin/documents/not-invoiced")
        assert held.refusal in page.text

        refused = clerk.submit(page, action="/invoice")
        assert refused.status == 409
        assert held.refusal in refused.body
        billing.make_series("NOU")
        page = clerk.submit(clerk.get(f"/admin/documents/{proforma}"), action="/invoice")

        assert "NOU0001" in page.text
        assert billing.document(proforma).refusal is None
        assert len(billing.documents(DocumentKind.INVOICE)) == 1

    def test_an_open_proforma_is_not_invoiced(self, clerk, proforma):
        assert clerk.post(f"/admin/documents/{proforma}/invoice").status == 409
        assert billing.documents(DocumentKind.INVOICE) == []

    def test_the_sweep_makes_up_for_it(self, app, clerk, proforma, run_jobs):
        from praho.billing.payments import jobs
        from praho.core.jobs.kinds import Tick

        close_series()
        record(clerk, proforma)
        billing.make_series("NOU")
        with app.app_context(), entered(SystemScope("test")):
            jobs.issue_missing_invoices(Tick("now"))
        run_jobs()
        assert [invoice.number_text for invoice in billing.documents(DocumentKind.INVOICE)] == ["NOU0001"]


@pytest.mark.parametrize(
    ("role", "sees", "acts"),
    [
        (StaffRole.ADMIN, True, True),
        (StaffRole.BILLING, True, True),
        (StaffRole.SUPPORT, True, False),
        (StaffRole.AUDITOR, True, False),
        (StaffRole.TECHNICIAN, False, False),
    ],
)
def test_who_sees_and_who_acts(staff, proforma, role, sees, acts):
    visitor = staff(role)
    address = f"/admin/documents/{proforma}"

    assert visitor.get("/admin/documents").status == (200 if sees else 403)
    page = visitor.get(address)
    assert page.status == (200 if sees else 403)
    if sees:
        assert page.leads_to("/transfer") is acts
        assert bool(page.tree.xpath("//form[contains(@action, '/cancel')]")) is acts
    expected = {303, 422, 409} if acts else {403}
    for action in ("transfer", "cancel", "invoice"):
        assert visitor.post(f"{address}/{action}", follow=False).status in expected


def test_attempts_show_staff_what_the_provider_said(clerk, proforma, sandbox):
    account = providers.make_payment_account(sandbox)
    sandbox.arm("payments.start", "refuse")
    buyer_id = billing.document(proforma).customer_id
    from praho.models.customers import Customer

    with entered(SystemScope("test")) as session:
        buyer = session.get_one(Customer, buyer_id)
    paying.start(buyer, proforma, account)

    assert "refused on demand" in clerk.get(f"/admin/documents/{proforma}").text
