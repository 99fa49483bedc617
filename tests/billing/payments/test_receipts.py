"""Receipts: their words, their numbers, and that they are issued once and stay as they were issued."""

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from praho.billing.documents.services import series_check
from praho.billing.payments.pdf import words
from praho.billing.payments.services import receiving, settlement
from praho.core import clock
from praho.core.db.scope import CustomerScope, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.jobs.table import Job
from praho.core.money import Money
from praho.models.billing.documents import SeriesKind
from praho.models.billing.payments import PaymentMethod
from praho.models.billing.receipts import PaymentReceipt
from praho.models.settings import Setting
from tests.billing.payments import money
from tests.factories import billing, customers

WORDS = [
    (0, "zero lei", "zero lei"),
    (1, "zero lei și 1 ban", "zero lei and 1 ban"),
    (100, "un leu", "one leu"),
    (101, "un leu și 1 ban", "one leu and 1 ban"),
    (200, "doi lei", "two lei"),
    (1_219, "doisprezece lei și 19 bani", "twelve lei and 19 bani"),
    (1_900, "nouăsprezece lei", "nineteen lei"),
    (2_020, "douăzeci de lei și 20 de bani", "twenty lei and 20 bani"),
    (2_100, "douăzeci și unu de lei", "twenty-one lei"),
    (10_000, "una sută de lei", "one hundred lei"),
    (10_100, "una sută unu lei", "one hundred one lei"),
    (123_456, "una mie două sute treizeci și patru de lei și 56 de bani",
     "one thousand two hundred thirty-four lei and 56 bani"),
    (200_000, "două mii de lei", "two thousand lei"),
    (1_200_000, "douăsprezece mii de lei", "twelve thousand lei"),
    (2_100_100, "douăzeci și una de mii unu lei", "twenty-one thousand one lei"),
    (100_000_000, "un milion de lei", "one million lei"),
    (220_000_000, "două milioane două sute de mii de lei", "two million two hundred thousand lei"),
]  # fmt: skip


@pytest.mark.parametrize(("minor", "romanian", "english"), WORDS)
def test_an_amount_in_words(minor, romanian, english):
    assert words.amount(Money(minor, "RON"), "ro") == romanian
    assert words.amount(Money(minor, "RON"), "en") == english


def test_other_currencies_in_words():
    assert words.amount(Money(2_105, "EUR"), "ro") == "douăzeci și unu de euro și 5 cenți"
    assert words.amount(Money(2_105, "EUR"), "en") == "twenty-one euros and 5 cents"
    assert words.amount(Money(100, "CHF"), "ro") == "un CHF"


def test_a_debt_is_not_written_in_words():
    with pytest.raises(ValueError, match="negative"):
        words.amount(Money(-1, "RON"), "ro")


@pytest.fixture
def series():
    return billing.make_series("CH", kind=SeriesKind.RECEIPT)


def cash(proforma, minor=12_100):
    with entered(SystemScope("test")):
        return settlement.settle(
            settlement.Receipt(proforma, PaymentMethod.CASH, minor, "RON", clock.today(), "casierie")
        ).public_id


def asked_for():
    with entered(SystemScope("test")) as session:
        return [job.payload["payment_id"] for job in session.scalars(select(Job).where(Job.kind.like("%receipt")))]


def issue(payment):
    with entered(SystemScope("test")):
        return receiving.issue(payment)


def receipts():
    with entered(SystemScope("test")) as session:
        return list(session.scalars(select(PaymentReceipt).order_by(PaymentReceipt.id)))


@pytest.mark.usefixtures("domains", "db")
class TestIssuing:
    def test_cash_gets_one_and_a_transfer_does_not(self, buyer, proforma, series):
        paid = cash(proforma, 5_000)
        money.pay(proforma, 7_100)

        assert asked_for() == [paid]

    @pytest.mark.parametrize(("wanted", "number"), [("all", 1), ("none", 0)])
    def test_the_setting_says_for_which(self, buyer, proforma, series, wanted, number):
        with entered(SystemScope("test")), unit_of_work() as session:
            session.add(Setting(key=receiving.WANTED, value=wanted, updated_at=clock.now()))
        money.pay(proforma, 12_100)

        assert len(asked_for()) == number

    def test_it_is_numbered_and_says_what_for(self, buyer, proforma, series):
        paid = cash(proforma)
        first = issue(paid)

        assert issue(paid) == first
        [row] = receipts()
        [invoice] = money.invoices()
        assert (row.number_text, row.amount_minor, row.public_id) == ("CH0001", 12_100, first)
        assert row.snapshot["received"]["words"] == ["una sută douăzeci și unu de lei"]
        assert row.snapshot["details"][0]["value"] == invoice.number_text

    def test_an_english_customer_reads_both_languages(self, series):
        billing.make_seller()
        customer = customers.make_customer(locale="en")
        paid = money.arrive(customer, 2_000).public_id
        issue(paid)

        [row] = receipts()
        assert row.snapshot["received"]["words"] == ["twenty lei", "douăzeci de lei"]
        assert row.snapshot["title"].startswith("Receipt / ")

    def test_without_a_series_it_waits_and_no_number_is_lost(self, buyer, proforma):
        paid = cash(proforma)
        with entered(SystemScope("test")):
            assert receiving.issue_where_possible(paid) is None
        billing.make_series("CH", kind=SeriesKind.RECEIPT)
        issue(paid)

        assert [row.number for row in receipts()] == [1]
        with entered(SystemScope("test")):
            assert series_check.check() == []

    def test_the_pdf_is_made_once_and_is_the_customers_own(self, buyer, proforma, series):
        receipt = issue(cash(proforma))

        with entered(CustomerScope(buyer.id)):
            first = receiving.pdf(receipt)
        with entered(SystemScope("test")):
            assert receiving.pdf(receipt) == first
        assert first.content.startswith(b"%PDF")
        with entered(CustomerScope(customers.make_customer().id)), pytest.raises(NotFound):
            receiving.pdf(receipt)

    def test_it_stays_as_it_was_issued(self, buyer, proforma, series):
        issue(cash(proforma))

        with pytest.raises(DBAPIError), entered(SystemScope("test")), unit_of_work() as session:
            session.merge(receipts()[0]).amount_minor = 1
            session.flush()
