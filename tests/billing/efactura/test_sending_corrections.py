"""What ANAF rejected is corrected under its number, and what refers to a document waits for it (I9, I10, I15)."""

from dataclasses import replace

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError, ProgrammingError

from praho.billing import errors
from praho.billing.documents import snapshot_json
from praho.billing.documents.credit import Part
from praho.billing.documents.services import reading, revising
from praho.billing.efactura.services import correcting, making, printing, queueing, standing
from praho.billing.payments.services import crediting
from praho.billing.types import SubmissionFilter
from praho.core import clock
from praho.core.db.scope import CustomerScope, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict
from praho.core.jobs.table import Job
from praho.core.text import prefix_query
from praho.core.web.form_tokens import new_form_token
from praho.models.billing.documents import FileKind
from praho.models.billing.efactura_sending import EfacturaSubmission, SubmissionState
from praho.models.billing.revisions import DocumentRevision
from praho.models.customers import Customer, CustomerAddress, CustomerState
from tests.billing.efactura.sending import connected, credited, go_on, invoice, stored, switched_on, way, ways
from tests.factories import billing, customers

RIGHT = "Strada Corectă 7"


@pytest.fixture
def sending_anaf(db, domains, calling_anaf):
    return connected(calling_anaf)


@pytest.fixture
def buyer(sending_anaf):
    return customers.make_customer()


@pytest.fixture
def rejected(sending_anaf, buyer):
    """An invoice that ANAF found wrong."""
    sending_anaf.reject("E: validari globale eroare regula: BR-RO-100")
    document = invoice(buyer)
    assert go_on(document, times=2).state is SubmissionState.REJECTED
    return document


def move(customer, **values):
    """Correct a customer's data, as its page does."""
    with unit_of_work() as session:
        session.execute(update(Customer).where(Customer.id == customer.id).values(name="Nume Corect S.R.L."))
        address = update(CustomerAddress).where(CustomerAddress.customer_id == customer.id)
        session.execute(address.values(street=RIGHT, **values))


def correct(document, token=None):
    return correcting.correct(document, "Adresa era greșită", form_token=token or new_form_token())


def credit(document, parts=None):
    return crediting.issue(document, parts, "Renunțare", form_token=new_form_token())


class TestI9:
    def test_a_rejected_invoice_is_not_credited(self, rejected):
        with pytest.raises(errors.CreditRefused, match="ANAF"):
            credit(rejected)
        with pytest.raises(errors.CreditRefused):
            crediting.correct(rejected, "Altfel", form_token=new_form_token())

    def test_it_is_sent_again_under_its_number_with_what_is_known_today(self, sending_anaf, rejected, buyer):
        first = printing.pdf_of(rejected), making.make(rejected)
        move(buyer)
        proposed = correcting.proposed(rejected)
        assert proposed.buyer["street"][1] == RIGHT
        assert proposed.seller == {}
        correct(rejected)

        old, new = ways(rejected)
        assert (old.state, old.current, new.state, new.revision) == (
            SubmissionState.REJECTED, False, SubmissionState.WAITING, 1,
        )  # fmt: skip
        assert new.due_on == old.due_on
        assert go_on(rejected, times=2).state is SubmissionState.ACCEPTED
        sent = sending_anaf.uploads[1]
        assert RIGHT.encode() in sent.xml
        assert sent.number == "EXF0001"

        second = printing.pdf_of(rejected), making.make(rejected)
        assert second[1].content == sent.xml
        assert first[0].content != second[0].content
        assert stored(rejected, FileKind.PDF, 0).content == first[0].content
        assert stored(rejected, FileKind.XML, 0).content == first[1].content
        assert stored(rejected, FileKind.SEALED, 1) is not None

    def test_money_number_and_days_stay_and_the_document_itself_too(self, rejected, buyer):
        issued = billing.document(rejected)
        move(buyer)
        correct(rejected)
        now = billing.document(rejected)
        assert (now.snapshot, now.buyer_name) == (issued.snapshot, issued.buyer_name)
        before, after = snapshot_json.from_json(issued.snapshot), revising.said(now).content
        assert replace(after, buyer=before.buyer) == before

    def test_everything_shows_the_correction(self, rejected, buyer):
        move(buyer)
        correct(rejected)
        with entered(CustomerScope(buyer.id)):
            assert reading.shown(rejected).content.buyer.address.street == RIGHT
        [found] = reading.of_customer(buyer.id, 1)
        assert (found.number_text, found.shown_name) == ("EXF0001", "Nume Corect S.R.L.")

    def test_it_is_found_by_both_names_wherever_documents_are_listed(self, rejected, buyer):
        move(buyer)
        correct(rejected)
        issued_to = billing.document(rejected).buyer_name
        for name in (issued_to, "Nume Corect", "EXF0001"):
            with entered(SystemScope("test")):
                page, _documents = standing.listed(SubmissionFilter(search=name), None)
                assert [row.revision for row in page.items] == [1], name
                assert rejected in [row.public_id for row in reading.found(prefix_query(name), 10)], name

    def test_its_files_are_made_and_mailed_anew(self, rejected):
        correct(rejected)
        with entered(SystemScope("test")) as session:
            keys = set(session.scalars(select(Job.key).where(Job.key.like(f"%{rejected}:1"))))
        assert keys == {f"billing.{name}:{rejected}:1" for name in ("make_pdf", "make_xml", "announce_document")}

    def test_one_form_corrects_once_and_a_second_rejection_again(self, sending_anaf, rejected):
        sending_anaf.reject("E: BR-RO-110")
        token = new_form_token()
        assert correct(rejected, token) == correct(rejected, token)
        assert len(ways(rejected)) == 2
        assert go_on(rejected, times=2).state is SubmissionState.REJECTED
        correct(rejected)
        assert (way(rejected).revision, way(rejected).state) == (2, SubmissionState.WAITING)

    def test_what_is_accepted_or_under_way_is_not_corrected(self, buyer):
        document = invoice(buyer)
        with pytest.raises(errors.CorrectionRefused):
            correct(document)
        go_on(document, times=2)
        with pytest.raises(errors.CorrectionRefused):
            correct(document)
        with pytest.raises(IntegrityError, match="accepted"):
            insert(document, billing.document(document).snapshot)

    def test_another_country_would_be_another_vat(self, rejected, buyer):
        move(buyer, country="DE", county_code=None)
        assert correcting.proposed(rejected).refusal is not None
        with pytest.raises(errors.CorrectionRefused):
            correct(rejected)

    def test_whom_we_had_to_forget_stays_as_the_document_has_it(self, rejected, buyer):
        move(buyer)
        with unit_of_work() as session:
            session.execute(update(Customer).values(state=CustomerState.ERASED))
        assert correcting.proposed(rejected).buyer == {}

    def test_the_setting_lets_it_be_taken_back_whole_and_sends_neither(self, sending_anaf, rejected):
        billing.set_setting(revising.CREDIT_REJECTED, True)
        note = credit(rejected)
        assert ways(note) == []
        assert [row.current for row in ways(rejected)] == [False]
        assert len(sending_anaf.uploads) == 1
        for document in (note, rejected):
            with entered(SystemScope("test")):
                assert not standing.of_document(billing.document(document)).may_begin
            with pytest.raises(Conflict):
                queueing.begin_by_hand(document)

    @pytest.mark.parametrize(("allowed", "parts"), [(False, None), (True, [Part(1, 1210)])])
    def test_rejected_while_it_was_credited_it_is_corrected_and_the_note_waits(
        self, sending_anaf, buyer, allowed, parts
    ):
        document = invoice(buyer)
        note = credit(document, parts)
        sending_anaf.reject("E: BR-RO-100")
        go_on(document, times=2)
        billing.set_setting(revising.CREDIT_REJECTED, allowed)
        with unit_of_work() as session:
            session.execute(delete(EfacturaSubmission).where(EfacturaSubmission.id == way(note).id))
        with entered(SystemScope("test")), unit_of_work():
            queueing.begin_where_due(note)
        assert way(document).current
        assert go_on(note).waits_for == "EXF0001"


def insert(document_id, snapshot, revision=1):
    document = billing.document(document_id)
    with unit_of_work() as session:
        session.add(
            DocumentRevision(
                customer_id=document.customer_id,
                document_id=document.id,
                revision=revision,
                snapshot=snapshot,
                buyer_name="x",
                reason="x",
                created_at=clock.now(),
            )
        )


def test_the_database_lets_nothing_but_the_parties_change(rejected):
    issued = billing.document(rejected).snapshot
    for changed in (
        {"number": "EXF0002"},
        {"issue_date": "2026-01-01"},
        {"lines": []},
        {"totals": {}},
        {"subtotals": []},
        {"tax": None},
        {"seller": {**issued["seller"], "tax_number": "1"}},
        {"buyer": {**issued["buyer"], "kind": "person"}},
        {"buyer": {**issued["buyer"], "address": {"country": "DE"}}},
    ):
        with pytest.raises(IntegrityError, match="correction"):
            insert(rejected, issued | changed)


def test_the_corrections_of_a_document_follow_each_other_and_stay(rejected):
    correct(rejected)
    with pytest.raises(IntegrityError, match="follow each other"):
        insert(rejected, billing.document(rejected).snapshot, revision=1)
    with pytest.raises(ProgrammingError, match="permission denied"), unit_of_work() as session:
        session.execute(update(DocumentRevision).values(reason="altfel"))


class TestI10:
    def test_a_credit_note_waits_until_its_invoice_is_accepted(self, sending_anaf, buyer):
        document = invoice(buyer)
        note = credited(document)
        waiting = go_on(note)
        assert (waiting.state, waiting.waits_for) == (SubmissionState.WAITING, "EXF0001")
        go_on(document)
        assert go_on(note).state is SubmissionState.WAITING
        assert len(sending_anaf.uploads) == 1

        go_on(document)
        released = way(note)
        assert released.next_at <= clock.machine_now()
        assert go_on(note, times=2).state is SubmissionState.ACCEPTED
        assert [one.number for one in sending_anaf.uploads] == ["EXF0001", "EXS0001"]

    def test_that_of_an_invoice_which_was_never_to_be_sent_goes_at_once(self, db, domains, calling_anaf):
        billing.make_seller()
        document = invoice()
        switched_on(calling_anaf)
        assert go_on(credited(document)).state is SubmissionState.SENT

    def test_that_of_a_rejected_one_waits_for_its_correction(self, sending_anaf, buyer):
        sending_anaf.reject("E: BR-RO-100")
        document = invoice(buyer)
        note = credited(document)
        go_on(document, times=2)
        billing.set_setting(revising.CREDIT_REJECTED, True)
        assert go_on(note).waits_for == "EXF0001"
        correct(document)
        go_on(document, times=2)
        assert go_on(note).state is SubmissionState.SENT
