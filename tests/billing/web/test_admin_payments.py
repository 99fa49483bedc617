"""Payments, parked money, number series and VAT rates in the admin."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from praho.billing.payments.services import parking
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.permissions import StaffRole
from praho.models.billing.documents import NumberSeries
from praho.models.billing.payments import ParkedState
from praho.models.billing.tax import VatRate
from tests.billing.payments import paying
from tests.factories import billing, customers, providers, users


@pytest.fixture
def clerk(app, another_visitor):
    return another_visitor().sign_in(users.make_staff(StaffRole.BILLING))


def park(reason=parking.Reason.AMOUNT, **facts):
    with entered(SystemScope("test")), unit_of_work():
        return parking.park(parking.Facts(reason, **facts))


def rows(model):
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(model).order_by(model.id)))


class TestPayments:
    def test_it_starts_empty(self, clerk):
        assert "Încă nicio plată" in clerk.get("/admin/payments").text

    def test_a_payment_leads_to_what_it_settles(self, clerk, sandbox):
        billing.make_seller()
        buyer = customers.make_customer()
        proforma = billing.make_proforma(buyer)
        attempt_id = paying.start(buyer, proforma, providers.make_payment_account(sandbox)).public_id
        sandbox.arm("webhook", "never")
        sandbox.pay(attempt_id)
        paying.ask(attempt_id)

        page = clerk.get("/admin/payments")
        assert "121,00 RON" in page.text
        assert "Card" in page.text
        assert page.leads_to(f"/admin/documents/{proforma}")


class TestParkedMoney:
    def test_it_starts_empty(self, clerk):
        assert "Nicio plată în așteptare" in clerk.get("/admin/payments/parked").text

    @pytest.mark.parametrize("reason", list(parking.Reason))
    def test_every_reason_has_words(self, clerk, reason):
        public_id = park(reason, amount_minor=12_100, currency="RON")
        listed = clerk.get("/admin/payments/parked")
        assert "121,00 RON" in listed.text
        assert listed.leads_to(f"/admin/payments/parked/{public_id}")
        assert clerk.get(f"/admin/payments/parked/{public_id}").status == 200

    def test_what_is_not_known_is_left_out(self, clerk):
        public_id = park(parking.Reason.UNKNOWN_ATTEMPT)
        assert clerk.get("/admin/payments/parked").status == 200
        assert "None" not in clerk.get(f"/admin/payments/parked/{public_id}").text

    def test_it_is_closed_with_what_was_done(self, clerk):
        public_id = park(amount_minor=100, currency="RON")
        page = clerk.get(f"/admin/payments/parked/{public_id}")

        page = clerk.submit(page, {"resolution": "returnat prin OP 3"})

        assert page.path == "/admin/payments/parked"
        [row] = paying.all_parked()
        assert (row.state, row.resolution) == (ParkedState.RESOLVED, "returnat prin OP 3")
        assert row.resolved_by is not None
        assert not page.leads_to(public_id)
        assert clerk.get("/admin/payments/parked?state=resolved").leads_to(public_id)
        closed = clerk.get(f"/admin/payments/parked/{public_id}")
        assert "returnat prin OP 3" in closed.text
        assert not closed.tree.xpath("//main//form[@method='post']")
        assert clerk.post(f"/admin/payments/parked/{public_id}", {"resolution": "încă o dată"}).status == 409

    @pytest.mark.parametrize("resolution", ["", "da", "x" * 1001])
    def test_a_bad_word_about_it_stands_beside_the_field(self, clerk, resolution):
        public_id = park()
        page = clerk.get(f"/admin/payments/parked/{public_id}")
        page = clerk.submit(page, {"resolution": resolution})

        assert page.status == 422
        assert set(page.errors) == {"resolution"}
        assert page.values()["resolution"].strip() == resolution
        assert paying.all_parked()[0].state is ParkedState.OPEN

    def test_who_only_reads_is_offered_nothing(self, app, another_visitor):
        public_id = park()
        auditor = another_visitor().sign_in(users.make_staff(StaffRole.AUDITOR))
        page = auditor.get(f"/admin/payments/parked/{public_id}")
        assert page.status == 200
        assert not page.tree.xpath("//main//form[@method='post']")
        assert auditor.post(f"/admin/payments/parked/{public_id}", {"resolution": "nu am voie"}).status == 403


class TestSeries:
    def test_without_one_the_page_says_what_that_means(self, clerk):
        assert "Încă nicio serie" in clerk.get("/admin/series-and-vat").text

    def test_a_new_one_replaces_the_one_in_use(self, clerk):
        for prefix in ("EXF", "EXG"):
            page = clerk.get("/admin/series-and-vat")
            page = clerk.submit(page, {"prefix": prefix, "padding": "5", "next_number": "7"}, action="/series")
            assert page.status == 200
        assert [(row.prefix, row.active) for row in rows(NumberSeries)] == [("EXF", False), ("EXG", True)]
        assert "00007" in page.text

    @pytest.mark.parametrize(
        ("values", "fields"),
        [
            ({"prefix": ""}, {"prefix"}),
            ({"prefix": "exf"}, {"prefix"}),
            ({"prefix": "1EX"}, {"prefix"}),
            ({"prefix": "EXFACTURILE123456"}, {"prefix"}),
            ({"prefix": "EX{luna}"}, {"prefix"}),
            ({"padding": "11"}, {"padding"}),
            ({"padding": "x"}, {"padding"}),
            ({"next_number": "0"}, {"next_number"}),
            ({"next_number": "9223372036854775808"}, {"next_number"}),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field(self, clerk, values, fields):
        page = clerk.get("/admin/series-and-vat")
        typed = {"prefix": "EXF", "padding": "4", "next_number": "1", **values}
        page = clerk.submit(page, typed, action="/series")

        assert page.status == 422
        assert set(page.errors) == fields
        kept = page.values("/series")
        assert {name: kept[name] for name in typed} == typed
        assert page.values("/rates")["country"] == "RO"
        assert rows(NumberSeries) == []

    def test_each_kind_has_its_own(self, clerk):
        for kind, prefix in (("invoice", "EXF{year}-"), ("credit_note", "EXS")):
            page = clerk.get("/admin/series-and-vat")
            clerk.submit(page, {"kind": kind, "prefix": prefix}, action="/series")
        year = clock.today().year
        assert [(row.prefix, row.pattern) for row in rows(NumberSeries)] == [
            (f"EXF{year}-", "EXF{year}-"),
            ("EXS", None),
        ]
        assert all(row.active for row in rows(NumberSeries))

    def test_the_check_of_the_series(self, clerk):
        assert "în ordine" in clerk.get("/admin/series-and-vat/series/check").text
        billing.make_series("EXF", first_number=1, next_number=4)
        assert "EXF 1 – 3" in clerk.get("/admin/series-and-vat/series/check").text

    def test_a_prefix_is_never_used_again(self, clerk):
        billing.make_series("EXF", active=False)
        page = clerk.get("/admin/series-and-vat")
        page = clerk.submit(page, {"prefix": "EXF"}, action="/series")
        assert page.status == 422
        assert set(page.errors) == {"prefix"}


class TestRates:
    def add(self, clerk, **values):
        page = clerk.get("/admin/series-and-vat")
        day = (clock.today() + timedelta(days=30)).isoformat()
        return clerk.submit(page, {"country": "RO", "percent": "22,5", "valid_from": day, **values}, action="/rates")

    @pytest.mark.parametrize(("typed", "percent"), [("22,5", "22.5"), ("22.50", "22.5"), ("5", "5"), (" 9 ", "9")])
    def test_a_rate_is_added_from_its_day_on(self, clerk, typed, percent):
        before = len(rows(VatRate))
        page = self.add(clerk, percent=typed)
        assert page.status == 200
        assert len(rows(VatRate)) == before + 1
        assert rows(VatRate)[-1].percent == Decimal(percent)

    @pytest.mark.parametrize(
        ("values", "fields"),
        [
            ({"percent": ""}, {"percent"}),
            ({"percent": "mult"}, {"percent"}),
            ({"percent": "NaN"}, {"percent"}),
            ({"percent": "-1"}, {"percent"}),
            ({"percent": "0"}, {"percent"}),
            ({"percent": "100"}, {"percent"}),
            ({"percent": "19,999"}, {"percent"}),
            ({"percent": "1e1"}, {"percent"}),
            ({"valid_from": "mâine"}, {"valid_from"}),
            ({"valid_from": "2025-08-01"}, {"valid_from"}),
        ],
    )
    def test_what_is_wrong_stands_beside_its_field(self, clerk, values, fields):
        before = len(rows(VatRate))
        page = self.add(clerk, **values)

        assert page.status == 422
        assert set(page.errors) == fields
        kept = page.values("/rates")
        assert {name: kept[name] for name in values} == values
        assert len(rows(VatRate)) == before

    @pytest.mark.parametrize("country", ["ROU", "", "US"])
    def test_only_member_states_have_rates(self, clerk, country):
        page = self.add(clerk, country=country)
        assert (page.status, set(page.errors)) == (422, {"country"})

    def test_a_rate_to_come_may_be_taken_back_and_no_other(self, clerk):
        before = len(rows(VatRate))
        page = self.add(clerk, country="DE")
        coming = rows(VatRate)[-1]
        assert "22,5%" in page.text
        page = clerk.submit(page, action=f"/rates/{coming.id}/remove")
        assert len(rows(VatRate)) == before
        clerk.post(f"/admin/series-and-vat/rates/{rows(VatRate)[0].id}/remove")
        assert len(rows(VatRate)) == before

    @pytest.mark.parametrize(
        ("role", "sees", "acts"),
        [
            (StaffRole.ADMIN, True, True),
            (StaffRole.BILLING, True, True),
            (StaffRole.AUDITOR, True, False),
            (StaffRole.SUPPORT, False, False),
            (StaffRole.TECHNICIAN, False, False),
        ],
    )
    def test_who_sees_and_who_acts(self, app, another_visitor, role, sees, acts):
        visitor = another_visitor().sign_in(users.make_staff(role))
        page = visitor.get("/admin/series-and-vat")
        assert page.status == (200 if sees else 403)
        if sees:
            assert page.leads_to("/series") is acts
            assert page.leads_to("/rates") is acts
        for action in ("series", "rates"):
            assert visitor.post(f"/admin/series-and-vat/{action}").status == (422 if acts else 403)


def test_two_languages(clerk):
    for locale, words in (("ro", "Serii și TVA"), ("en", "Series and VAT")):
        clerk.keep("locale", locale)
        assert words in clerk.get("/admin/series-and-vat").text
