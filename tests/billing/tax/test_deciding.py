"""The decision on real customers: one for quote and documents, VIES at the tax point, doubts that people see."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from praho.billing import errors
from praho.billing.documents import sale, snapshot_json
from praho.billing.documents.services import proformas
from praho.billing.payments.services import crediting, transfers, vies_waiting
from praho.billing.tax import repos
from praho.billing.tax.services import deciding, doubts, policy, rate_table, records
from praho.billing.tax.types import Evidence, EvidenceKind, Rule, VatIdStatus
from praho.billing.types import TaxCategory
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Invalid
from praho.core.money import Money
from praho.customers.services import vat_ids
from praho.models.billing.documents import DocumentKind
from praho.models.billing.payments import PaymentMethod
from praho.models.billing.tax import TaxEvidence, TaxRecord
from praho.models.customers import CustomerAddress, CustomerKind
from praho.models.settings import Setting
from praho.settings.services import catalogue, changing
from tests.factories import billing, customers
from tests.fakes.registers import VIES

GERMAN = "DE136695976"
NET = Money(10_000, "RON")
OSS = {"tax.one_stop_shop": True}


def setting(**values):
    with entered(SystemScope("factory")), unit_of_work() as session:
        for key, value in values.items():
            row = session.scalar(select(Setting).where(Setting.key == key))
            if row is None:
                session.add(Setting(key=key, value=value, updated_at=clock.now()))
            else:
                row.value = value


def decide(customer, net=NET, visit=None):
    with entered(SystemScope("test")):
        return deciding.for_customer(customer.id, clock.today(), net, visit)


def ask(number):
    with entered(SystemScope("test")):
        return vat_ids.ask(number)


def pay(proforma_id, form_token="once"):
    row = billing.document(proforma_id)
    money = transfers.Transfer(row.total_minor, row.currency, clock.today(), "OP 1", PaymentMethod.BANK_TRANSFER)
    with entered(SystemScope("test")):
        return transfers.record(proforma_id, money, form_token=form_token)


def tax_of(public_id):
    return snapshot_json.from_json(billing.document(public_id).snapshot).tax


def invoices():
    return billing.documents(DocumentKind.INVOICE)


def moved(customer, country, city="Berlin", post_code="10115", county=None):
    with entered(SystemScope("factory")), unit_of_work() as session:
        address = session.scalars(select(CustomerAddress).where(CustomerAddress.customer_id == customer.id)).one()
        address.country, address.city, address.post_code, address.county_code = country, city, post_code, county


@pytest.fixture
def seller(db, domains):
    billing.make_seller()


@pytest.fixture
def german(seller, asking):
    asking.confirms(GERMAN)
    return customers.make_abroad("DE", vat_id=GERMAN)


def test_c7_a_confirmed_business_pays_no_vat_and_its_proof_is_kept(german, asking):
    proof = ask(GERMAN).consultation
    proforma = billing.make_proforma(german)
    assert (billing.document(proforma).vat_minor, tax_of(proforma).consultation) == (0, proof)
    pay(proforma)
    (invoice,) = invoices()
    assert (invoice.vat_minor, tax_of(invoice.public_id).rule) == (0, Rule.REVERSE_CHARGE)
    with entered(SystemScope("test")) as session:
        record = session.scalars(select(TaxRecord).where(TaxRecord.document_id == invoice.id)).one()
    assert (record.rule, record.place, record.vat_id, record.consultation, record.doubt) == (
        "reverse_charge", "DE", GERMAN, proof, None,
    )  # fmt: skip


def test_b22_without_an_answer_vat_is_charged_and_the_invoice_keeps_it(german, asking):
    asking.vies_fault = "MS_UNAVAILABLE"
    proforma = billing.make_proforma(german)
    tax = tax_of(proforma)
    assert (tax.rule, tax.rate, tax.vat_status) == (Rule.BELOW_THRESHOLD, 21, VatIdStatus.UNKNOWN)
    asking.vies_fault = None
    ask(GERMAN)
    pay(proforma)
    assert invoices()[0].vat_minor == 2100


def test_the_invoice_waits_for_an_answer_of_its_own_tax_point(german, asking):
    ask(GERMAN)
    proforma = billing.make_proforma(german)
    clock.move_to(clock.now() + timedelta(days=3))
    asking.vies_fault = "MS_UNAVAILABLE"
    pay(proforma)
    held = billing.document(proforma)
    assert (invoices(), GERMAN in held.refusal) == ([], True)
    with entered(SystemScope("test")):
        assert not vies_waiting.ask(proforma)
        asking.vies_fault = None
        assert vies_waiting.ask(proforma)
        assert vies_waiting.ask(proforma)
    assert [one.tax_point for one in invoices()] == [clock.today()]
    assert billing.document(proforma).refusal is None


def test_a_number_that_fell_out_of_force_keeps_the_invoice_back(german, asking):
    ask(GERMAN)
    proforma = billing.make_proforma(german)
    asking.confirms(GERMAN, valid=False)
    ask(GERMAN)
    pay(proforma)
    assert invoices() == []
    assert GERMAN in billing.document(proforma).refusal


def test_b24_a_renewal_charges_vat_once_the_number_is_invalid(german, asking):
    ask(GERMAN)
    assert decide(german).rule is Rule.REVERSE_CHARGE
    asking.confirms(GERMAN, valid=False)
    ask(GERMAN)
    assert (decide(german).rule, decide(german).vat_status) == (Rule.BELOW_THRESHOLD, VatIdStatus.INVALID)


def test_an_old_answer_is_none(german, asking):
    ask(GERMAN)
    clock.move_to(clock.now() + timedelta(days=36))
    assert decide(german).vat_status is VatIdStatus.UNKNOWN
    assert len(asking.questions(VIES)) == 1


def test_c8_and_c9_consumers_pay_their_own_country_by_the_one_stop_shop(seller):
    setting(**OSS)
    finn = customers.make_abroad("FI", "Helsinki", "00100", kind=CustomerKind.PERSON)
    proforma = billing.make_proforma(finn, 5200)
    assert (billing.document(proforma).vat_minor, tax_of(proforma).place) == (1326, "FI")
    assert decide(customers.make_abroad("DE")).rate == 19


def test_c15_open_sales_count_towards_the_threshold(seller):
    setting(**{"tax.eu_sales_elsewhere": 46_336})
    austrian = customers.make_abroad("AT", "Wien", "1010", kind=CustomerKind.PERSON)
    assert decide(austrian, Money(100, "RON")).rule is Rule.BELOW_THRESHOLD
    billing.make_proforma(austrian, 100)
    assert decide(austrian, Money(1, "RON")).rule is Rule.DESTINATION
    with entered(SystemScope("test")):
        proformas.cancel(billing.documents(DocumentKind.PROFORMA)[0].public_id, "changed their mind")
    assert decide(austrian, Money(1, "RON")).rule is Rule.BELOW_THRESHOLD


def test_what_was_sold_last_year_is_not_added_to_this_years(seller):
    austrian = customers.make_abroad("AT", "Wien", "1010", kind=CustomerKind.PERSON)
    billing.make_invoice(austrian, 4_600_000)
    assert decide(austrian, Money(100_000, "RON")).rule is Rule.DESTINATION
    clock.move_to(clock.now().replace(year=clock.today().year + 1))
    assert decide(austrian, Money(100_000, "RON")).rule is Rule.BELOW_THRESHOLD


def test_a_proforma_of_december_that_is_paid_in_january_counts_in_the_new_year(seller, move_clock):
    move_clock("2026-12-20T10:00:00+00:00")
    asked = billing.make_proforma(customers.make_abroad("AT", "Wien", "1010", kind=CustomerKind.PERSON), 10_000)
    assert sold_to_eu_consumers(2026) == {"RON": 10_000}
    move_clock("2027-01-05T10:00:00+00:00")
    assert (sold_to_eu_consumers(2026), sold_to_eu_consumers(2027)) == ({}, {"RON": 10_000})
    billing.settle(asked)
    assert (sold_to_eu_consumers(2026), sold_to_eu_consumers(2027)) == ({}, {"RON": 10_000})


def sold_to_eu_consumers(year):
    with entered(SystemScope("test")):
        return repos.sold_to_eu_consumers(year)


def test_a_corrected_invoice_is_one_sale(seller):
    billing.make_series("EXS", kind=DocumentKind.CREDIT_NOTE)
    invoice = billing.make_invoice(customers.make_abroad("AT", "Wien", "1010", kind=CustomerKind.PERSON), 10_000)
    year = clock.today().year
    with entered(SystemScope("test")):
        assert repos.sold_to_eu_consumers(year) == {"RON": 10_000}
        corrected = crediting.correct(invoice, "Alt nume", form_token="correct")
        assert repos.sold_to_eu_consumers(year) == {"RON": 10_000}
        crediting.issue(corrected, None, "Renunțare", form_token="credit")
        assert repos.sold_to_eu_consumers(year) == {"RON": 0}


def test_c20_a_contradiction_is_flagged_with_the_document(seller):
    buyer = customers.make_person(iban="FR1420041010050500013M02606")
    decision = decide(buyer, visit=deciding.Visit("192.0.2.7", "FR"))
    assert decision.evidence[:2] == (
        Evidence(EvidenceKind.BILLING_ADDRESS, "RO", "Cluj-Napoca"),
        Evidence(EvidenceKind.IP_ADDRESS, "FR", "192.0.2.7"),
    )
    with entered(SystemScope("factory")):
        lines = [sale.SaleLine("x", 100)]
        issued = proformas.issue(buyer.id, lines, currency="RON", locale="ro", due_date=clock.today(), tax=decision)
    with entered(SystemScope("test")) as session:
        assert "Franța" in (records.doubt_about(decision) or "")
        assert [record.document_id for record in doubts.listed(None).items] == [issued.id]
        kept = session.scalars(select(TaxEvidence).where(TaxEvidence.document_id == issued.id)).all()
    assert {(row.kind, row.country) for row in kept} == {
        ("billing_address", "RO"), ("ip_address", "FR"), ("bank_account", "FR"),
    }  # fmt: skip


def test_c21_a_company_without_vat_pays_as_everybody(seller):
    assert decide(customers.make_customer(vat_payer=False)).rate == 21


def test_c22_a_seller_who_is_not_registered(db, domains):
    billing.make_company(vat_payer=False)
    billing.make_series()
    buyer = customers.make_person()
    proforma = billing.make_proforma(buyer)
    assert (billing.document(proforma).vat_minor, tax_of(proforma).category) == (0, TaxCategory.OUTSIDE_SCOPE)
    setting(**{"tax.turnover_elsewhere": 394_900})
    passing = billing.make_proforma(buyer, 100)
    assert billing.document(passing).vat_minor == 21
    pay(passing)
    assert invoices() == []
    assert billing.document(passing).refusal
    pay(proforma, "another")
    assert [one.total_minor for one in invoices()] == [10_000]


def test_a_sale_without_vat_is_not_invoiced_once_the_seller_is_registered(db, domains):
    billing.make_company(vat_payer=False)
    billing.make_series()
    proforma = billing.make_proforma(customers.make_person())
    setting(**{"company.vat_payer": True})
    pay(proforma)
    assert invoices() == []
    assert billing.document(proforma).refusal


def test_c23_a_number_given_later_leaves_the_invoice_alone(seller, asking):
    buyer = customers.make_abroad("DE")
    proforma = billing.make_proforma(buyer)
    pay(proforma)
    before = invoices()[0].snapshot
    asking.confirms(GERMAN)
    ask(GERMAN)
    with entered(SystemScope("factory")), unit_of_work() as session:
        row = session.get(type(buyer), buyer.id)
        row.vat_id, row.vat_payer = GERMAN, True
    assert decide(buyer).rule is Rule.REVERSE_CHARGE
    assert invoices()[0].snapshot == before
    assert invoices()[0].vat_minor == 2100


def test_c24_the_place_is_that_of_each_tax_point(seller):
    setting(**OSS)
    buyer = customers.make_person()
    assert decide(buyer).place == "RO"
    moved(buyer, "DE")
    assert (decide(buyer).place, decide(buyer).rate) == ("DE", 19)


def test_c25_a_country_without_a_rate_is_an_error(seller):
    setting(**OSS)
    buyer = customers.make_abroad("DE", kind=CustomerKind.PERSON)
    clock.move_to(clock.now().replace(year=2006))
    with pytest.raises(errors.TaxRateMissing):
        decide(buyer)


def test_a_rate_that_changes_before_the_payment_keeps_the_invoice_back(seller):
    buyer = customers.make_person()
    proforma = billing.make_proforma(buyer)
    with entered(SystemScope("test")):
        rate_table.add("RO", deciding.Decimal(22), clock.today() + timedelta(days=1))
    clock.move_to(clock.now() + timedelta(days=1))
    pay(proforma)
    assert (invoices(), "22" in billing.document(proforma).refusal) == ([], True)


def test_a_standard_rate_of_nothing_is_refused(seller):
    with entered(SystemScope("test")), pytest.raises(Invalid) as refusal:
        rate_table.add("RO", deciding.Decimal(0), clock.today())
    assert "percent" in refusal.value.fields
    assert decide(customers.make_person()).rate == 21


def test_vat_on_collection_follows_the_setting_of_the_day(seller):
    buyer = customers.make_person()
    proforma = billing.make_proforma(buyer)
    setting(**{"tax.on_collection": True})
    pay(proforma)
    assert tax_of(invoices()[0].public_id).on_collection
    with entered(SystemScope("test")):
        assert policy.seller().on_collection


@pytest.mark.parametrize(
    ("key", "typed"),
    [("tax.vies_days", "-1"), ("tax.vies_days", "1000000000"), ("tax.turnover_elsewhere", "-5")],
)
def test_a_setting_that_would_stop_every_invoice_is_refused(seller, key, typed):
    kept = {field.key: str(field.default or "") for field in catalogue.of_group("tax")}
    with entered(SystemScope("test")), pytest.raises(Invalid) as refusal:
        changing.change("tax", {**kept, key: typed})
    assert key in refusal.value.fields


def test_the_decision_survives_the_database(german, asking):
    ask(GERMAN)
    decision = decide(german)
    with entered(SystemScope("factory")):
        issued = proformas.issue(
            german.id, [sale.SaleLine("x", 100)], currency="RON", locale="ro", due_date=clock.today(), tax=decision
        )
    assert tax_of(issued.public_id) == decision
    assert replace(decision, consultation=None) != decision
