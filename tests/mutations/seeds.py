"""Mistakes that a tired hand could make in money, VAT and numbers, each with the test that has to catch it.

`old` stands exactly once in the file, and becomes `new`. They are data: `python -m tests.mutations` sows one after the
other into a copy of the tree and says which of them the tests let through.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Seed:
    """One mistake. `caught_by` is the test, as pytest names it, without its parameters."""

    name: str
    area: str
    file: str
    old: str
    new: str
    caught_by: str


_SETTLEMENT = "praho/billing/payments/services/settlement.py"
_TOTALS = "praho/billing/tax/totals.py"
_CREDIT = "praho/billing/documents/credit.py"
_PLACE = "praho/billing/tax/place.py"
_NUMBERING = "praho/billing/documents/services/numbering.py"

SEEDS = (
    Seed(
        "a payment raises what the customer owes",
        "settlement",
        _SETTLEMENT,
        "        -receipt.amount_minor,\n",
        "        receipt.amount_minor,\n",
        "tests/billing/payments/test_settlement.py::test_the_ledger_ends_at_nothing_owed",
    ),
    Seed(
        "a charge that a provider reports twice is money twice",
        "settlement",
        "praho/billing/payments/repos.py",
        "Payment.account_id == account_id, Payment.external_id == external_id",
        "Payment.account_id == account_id, Payment.external_id != external_id",
        "tests/billing/payments/test_reporting.py::test_five_reports_are_one_payment_and_one_invoice",
    ),
    Seed(
        "two payments of one proforma do not wait for each other",
        "settlement",
        _SETTLEMENT,
        "    by_id = {row.id: row for row in locking.lock(Document, [row.id for row in known])}\n",
        "    by_id = {row.id: row for row in known}\n",
        "tests/billing/payments/test_concurrency.py::test_one_proforma_paid_by_many_at_once_is_settled_once",
    ),
    Seed(
        "euro settle what was asked for in lei",
        "settlement",
        _SETTLEMENT,
        "if any(proforma.currency != receipt.currency for proforma in proformas):",
        "if all(proforma.currency == receipt.currency for proforma in proformas):",
        "tests/billing/payments/test_settlement.py::test_money_in_another_currency_is_parked",
    ),
    Seed(
        "halves are rounded to the even ban",
        "totals",
        "praho/core/money.py",
        "_EXACT = Context(prec=200, rounding=ROUND_HALF_UP)",
        '_EXACT = Context(prec=200, rounding="ROUND_HALF_EVEN")',
        "tests/billing/tax/test_totals.py::test_money_case",
    ),
    Seed(
        "a discount on the document raises the net",
        "totals",
        _TOTALS,
        "    net = line_net - allowance_minor\n",
        "    net = line_net + allowance_minor\n",
        "tests/billing/tax/test_totals.py::test_d15_discount_on_the_document_is_one_allowance_per_rate",
    ),
    Seed(
        "a discount may be larger than the document",
        "totals",
        _TOTALS,
        "    if sign * discount > sum(room):\n",
        "    if sign * discount > sum(room) + 1:\n",
        "tests/billing/tax/test_totals.py::test_a_document_discount_stays_within_the_document",
    ),
    Seed(
        "the VAT of a credit note is added instead of taken back",
        "totals",
        _CREDIT,
        "replace(row, net_minor=-row.net_minor, vat_minor=-row.vat_minor) for row in invoice.subtotals",
        "replace(row, net_minor=-row.net_minor, vat_minor=row.vat_minor) for row in invoice.subtotals",
        "tests/billing/documents/test_credit.py::test_d8_a_storno_mirrors_the_original",
    ),
    Seed(
        "more is credited than is left",
        "totals",
        _CREDIT,
        "<= part.gross_minor <= max(entry.gross_minor, 0)",
        "<= part.gross_minor",
        "tests/billing/documents/test_credit.py::test_d17_more_than_is_left_is_refused",
    ),
    Seed(
        "the threshold is passed by reaching it",
        "tax",
        _PLACE,
        "max(this_year, context.eu_consumer_sales_before_minor) > CONSUMER_THRESHOLD_MINOR",
        "max(this_year, context.eu_consumer_sales_before_minor) >= CONSUMER_THRESHOLD_MINOR",
        "tests/billing/tax/test_place.py::test_c15_the_sale_that_passes_the_threshold_is_taxed_at_its_destination",
    ),
    Seed(
        "a VAT number that VIES does not answer about is a valid one",
        "tax",
        _PLACE,
        "buyer.vat_status is VatIdStatus.VALID",
        "buyer.vat_status is not VatIdStatus.INVALID",
        "tests/billing/tax/test_place.py::test_case",
    ),
    Seed(
        "the old rate ends a day too early",
        "tax",
        "praho/billing/tax/rates.py",
        "self.valid_to is None or on <= self.valid_to",
        "self.valid_to is None or on < self.valid_to",
        "tests/billing/tax/test_rates.py::test_romanian_rate_by_date",
    ),
    Seed(
        "the exchange rate of the same day is used",
        "tax",
        "praho/billing/tax/repos.py",
        "ExchangeRate.published_on < before",
        "ExchangeRate.published_on <= before",
        "tests/billing/tax/test_exchange_rates.py::TestChoosing::test_e3_the_rate_of_the_same_day_is_not_used",
    ),
    Seed(
        "a number is taken without the lock of its series",
        "numbering",
        _NUMBERING,
        "        row = locking.lock_one(NumberSeries, series_id)\n",
        "        row = session().get(NumberSeries, series_id)\n",
        "tests/billing/payments/test_concurrency.py::test_a_number_waits_for_the_transaction_that_took_the_one_before",
    ),
    Seed(
        "two invoices cannot have one day",
        "numbering",
        _NUMBERING,
        "issue_date < series.last_issue_date:",
        "issue_date <= series.last_issue_date:",
        "tests/billing/documents/test_series.py::test_i3_a_series_outgrows_its_digits",
    ),
    Seed(
        "the year of a series goes on into the next",
        "numbering",
        _NUMBERING,
        "issue_date.year > series.year:",
        "issue_date.year > series.year + 1:",
        "tests/billing/documents/test_series.py::TestYearlySeries::test_i4_each_year_has_a_series_of_its_own",
    ),
    Seed(
        "an invoice issued anew counts in the month of the first one",
        "journal",
        "praho/reports/repos/entries.py",
        "AND n.kind = 'credit_note' AND d.kind = 'invoice'\n",
        "AND n.kind = 'invoice' AND d.kind = 'proforma'\n",
        "tests/reports/test_journal.py::TestPeriods::test_an_invoice_issued_anew_stands_beside_its_credit_note",
    ),
)
