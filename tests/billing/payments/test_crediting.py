"""Credit notes: issued once under numbers of their own, booked in the same transaction, valid as e-Factura."""

import threading

import pytest
from sqlalchemy import func, select, update

from praho.billing import errors
from praho.billing.documents import credit, snapshot_json
from praho.billing.documents.services import reading
from praho.billing.efactura import builder, validator
from praho.billing.payments.services import crediting
from praho.core import clock, i18n
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import NotFound
from praho.core.web.form_tokens import new_form_token
from praho.models.billing.documents import DocumentKind, DocumentLine
from praho.models.billing.payments import LedgerEntry
from praho.models.customers import Customer, CustomerAddress
from tests.factories import billing, customers

pytestmark = pytest.mark.usefixtures("domains")


def invoiced(*prices, customer=None):
    """A paid invoice; its public id."""
    billing.make_seller()
    billing.make_series("EXS", kind=DocumentKind.CREDIT_NOTE)
    return billing.make_invoice(customer or customers.make_customer(), *prices)


def credited(invoice, parts=None, token=None):
    with entered(SystemScope("test")):
        return crediting.issue(invoice, parts, "Renunțare", form_token=token or new_form_token())


def balance():
    with entered(SystemScope("test")) as session:
        return session.scalar(select(func.sum(LedgerEntry.amount_minor)))


@pytest.mark.usefixtures("db")
class TestCreditNotes:
    def test_the_whole_invoice(self):
        invoice = invoiced(10_000, 5_000)
        note = billing.document(credited(invoice))
        assert (note.number_text, note.net_minor, note.vat_minor, note.total_minor) == (
            "EXS0001",
            -15_000,
            -3_150,
            -18_150,
        )
        assert note.source_id == billing.document(invoice).id
        assert balance() == -18_150
        content = snapshot_json.from_json(note.snapshot)
        number, day = billing.document(invoice).number_text, clock.today().strftime("%d.%m.%Y")
        assert content.notes == (f"Stornarea facturii {number} din {day}.", "Renunțare")

    def test_i12_a_part_says_so_and_names_the_invoice(self):
        invoice = invoiced(10_000, 5_000)
        content = snapshot_json.from_json(billing.document(credited(invoice, [credit.Part(2)])).snapshot)
        assert content.notes[0].startswith("Stornare parțială a facturii EXF0001 din ")
        assert content.references[0].number == "EXF0001"

    def test_its_lines_keep_what_was_sold(self):
        note = billing.document(credited(invoiced(10_000, 5_000), [credit.Part(2)]))
        with entered(SystemScope("test")) as session:
            [line] = session.scalars(select(DocumentLine).where(DocumentLine.document_id == note.id))
        assert (line.corrects_position, line.net_minor) == (2, -5_000)

    def test_the_same_form_credits_once(self):
        invoice, token = invoiced(), new_form_token()
        parts = [credit.Part(1, gross_minor=1_000)]
        assert credited(invoice, parts, token) == credited(invoice, parts, token)
        assert balance() == -1_000

    def test_a_refused_one_takes_no_number(self):
        invoice = invoiced()
        credited(invoice)
        with pytest.raises(errors.CreditRefused):
            credited(invoice)
        other = billing.document(invoice)
        assert [note.number for note in billing.documents(DocumentKind.CREDIT_NOTE)] == [1]
        assert other.total_minor == 12_100

    @pytest.mark.parametrize("parts", [None, [credit.Part(1, gross_minor=5_000)]])
    def test_its_xml_is_valid(self, parts):
        note = billing.document(credited(invoiced(10_000, 5_000), parts))
        xml = builder.build(snapshot_json.from_json(note.snapshot))
        assert validator.validate(xml, today=clock.today()) == ()
        assert b"<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>" in xml

    def test_without_a_series_nothing_is_credited(self):
        billing.make_seller()
        invoice = billing.make_invoice(customers.make_customer())
        with pytest.raises(errors.InvoicingRefused):
            credited(invoice)

    def test_a_proforma_cannot_be_credited(self):
        billing.make_seller()
        with pytest.raises(NotFound):
            credited(billing.make_proforma(customers.make_customer()))


@pytest.mark.usefixtures("db")
class TestCorrectedInvoices:
    def correct(self, invoice):
        with entered(SystemScope("test")):
            return crediting.correct(invoice, "Alt cumpărător", form_token=new_form_token())

    def test_it_is_issued_anew_to_the_buyer_of_today(self):
        customer = customers.make_customer(name="Nume Vechi S.R.L.")
        invoice = invoiced(10_000, customer=customer)
        with entered(SystemScope("test")), unit_of_work() as session:
            session.get_one(Customer, customer.id).name = "Nume Nou S.R.L."
        corrected = billing.document(self.correct(invoice))
        assert (corrected.number_text, corrected.buyer_name) == ("EXF0002", "Nume Nou S.R.L.")
        assert billing.document(invoice).buyer_name == "Nume Vechi S.R.L."
        assert balance() == 0
        xml = builder.build(snapshot_json.from_json(corrected.snapshot))
        assert validator.validate(xml, today=clock.today()) == ()

    def test_the_proforma_keeps_its_first_invoice(self):
        invoice = invoiced()
        self.correct(invoice)
        [proforma] = billing.documents(DocumentKind.PROFORMA)
        with entered(SystemScope("test")):
            assert reading.shown(proforma.public_id).invoice.public_id == invoice

    def test_a_buyer_who_moved_abroad_gets_no_invoice_with_the_old_vat(self):
        customer = customers.make_customer()
        invoice = invoiced(customer=customer)
        with entered(SystemScope("test")), unit_of_work() as session:
            session.execute(
                update(CustomerAddress)
                .where(CustomerAddress.customer_id == customer.id)
                .values(country="DE", county_code=None, post_code="10115")
            )
        with pytest.raises(errors.CreditRefused), entered(SystemScope("test")):
            crediting.correct(invoice, "Mutat", form_token=new_form_token())
        assert billing.documents(DocumentKind.CREDIT_NOTE) == []

    def test_a_partly_credited_one_is_refused(self):
        invoice = invoiced(10_000, 5_000)
        credited(invoice, [credit.Part(1)])
        with i18n.in_locale("en"), pytest.raises(errors.CreditRefused, match="cannot be corrected"):
            self.correct(invoice)
        assert len(billing.documents(DocumentKind.CREDIT_NOTE)) == 1


@pytest.mark.usefixtures("live_db")
def test_ten_at_once_credit_no_more_than_there_is():
    invoice, done = invoiced(10_000), []

    def credit_a_part():
        try:
            done.append(credited(invoice, [credit.Part(1, gross_minor=3_000)]))
        except errors.CreditRefused:
            done.append(None)

    threads = [threading.Thread(target=credit_a_part) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([one for one in done if one]) == 4
    assert [note.number for note in billing.documents(DocumentKind.CREDIT_NOTE)] == [1, 2, 3, 4]
    assert balance() == -12_000
