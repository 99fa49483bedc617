"""Sending to ANAF: each document is uploaded once, whatever the answers say (cases G1 to G22)."""

import socket
from datetime import timedelta
from pathlib import Path

import pytest
from flask import current_app
from sqlalchemy import select, update

from praho.billing.efactura import jobs
from praho.billing.efactura.services import claiming, connecting, queueing, standing
from praho.billing.efactura.services.policy import SEND_FROM
from praho.billing.types import SubmissionNote
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict
from praho.core.jobs.kinds import Tick
from praho.core.jobs.table import Job
from praho.models.audit import AuditEvent
from praho.models.billing.documents import DocumentKind, FileKind
from praho.models.billing.efactura import EfacturaConnection, EfacturaState
from praho.models.billing.efactura_sending import EfacturaSubmission, SubmissionState
from praho.models.customers import CustomerAddress, CustomerKind
from tests.billing.efactura.sending import connected, go_on, invoice, make_older, stored, way, ways
from tests.factories import billing, customers

ANSWERS = Path(__file__).parent / "anaf"
AN_HOUR = timedelta(hours=1, seconds=1)


@pytest.fixture
def sending_anaf(db, domains, calling_anaf):
    return connected(calling_anaf)


def answer(name: str) -> bytes:
    return (ANSWERS / name).read_bytes()


class TestTheWay:
    def test_the_archived_bytes_arrive_once_and_come_back_sealed(self, sending_anaf):
        document = invoice()
        assert way(document).state is SubmissionState.WAITING

        sent = go_on(document)
        assert (sent.state, sent.upload_index) == (SubmissionState.SENT, "5000000001")
        xml = stored(document, FileKind.XML)
        assert (sending_anaf.uploads[0].xml, sent.xml_sha256) == (xml.content, xml.sha256)

        accepted = go_on(document)
        assert (accepted.state, accepted.next_at) == (SubmissionState.ACCEPTED, None)
        sealed = stored(document, FileKind.SEALED)
        assert sealed.filename == "EXF0001-anaf.zip"
        assert sealed.content.startswith(b"PK")
        assert len(sending_anaf.calls("upload")) == 1
        with entered(SystemScope("test")) as session:
            recorded = set(session.scalars(select(AuditEvent.action)))
        assert {"efactura.sent", "efactura.accepted"} <= recorded

    def test_only_what_the_law_and_the_settings_ask_for_is_sent(self, sending_anaf):
        abroad = invoice(customers.make_abroad("CH", kind=CustomerKind.PERSON))
        assert ways(abroad) == []
        assert ways(billing.documents(DocumentKind.PROFORMA)[0].public_id) == []
        billing.set_setting(SEND_FROM, (clock.today() + timedelta(days=1)).isoformat())
        assert ways(invoice()) == []

    def test_g23_a_person_goes_the_way_of_consumers(self, sending_anaf):
        go_on(invoice(customers.make_person()))
        assert sending_anaf.uploads[0].service == "uploadb2c"

    def test_a_buyer_abroad_who_pays_romanian_vat_is_sent_as_external(self, sending_anaf):
        go_on(invoice(customers.make_abroad("DE", vat_payer=False)))
        assert sending_anaf.uploads[0].query["extern"] == "DA"
        go_on(invoice())
        assert "extern" not in sending_anaf.uploads[1].query

    def test_what_was_issued_before_is_begun_by_hand_once(self, db, domains, calling_anaf):
        billing.make_seller()
        document = invoice()
        assert ways(document) == []
        queueing.begin_by_hand(document)
        assert way(document).state is SubmissionState.WAITING
        with pytest.raises(Conflict):
            queueing.begin_by_hand(document)

    def test_without_a_connection_it_waits_and_says_so(self, sending_anaf):
        document = invoice()
        connecting.disconnect()
        waiting = go_on(document)
        assert (waiting.state, waiting.note) == (SubmissionState.WAITING, SubmissionNote.NOT_CONNECTED)

    def test_what_is_due_gets_one_job_and_is_looked_at_again_should_that_one_die(self, sending_anaf):
        document = invoice()
        assert _jobs_after(lambda: jobs.send_due(Tick("1"))) == 0, "not due yet"
        standing.send_now(document)
        assert _jobs_after(lambda: jobs.send_due(Tick("2"))) == 1
        assert _jobs_after(lambda: jobs.send_due(Tick("3"))) == 1
        assert timedelta(minutes=50) < way(document).next_at - clock.machine_now() < timedelta(minutes=61)

    def test_g22_what_our_own_checks_refuse_is_not_sent(self, sending_anaf):
        document = invoice(customers.make_customer(cui="12345678"))
        rejected = go_on(document)
        assert rejected.state is SubmissionState.REJECTED
        assert sending_anaf.uploads == []

    def test_what_cannot_be_written_is_not_sent(self, sending_anaf):
        customer = customers.make_customer()
        with unit_of_work() as session:
            session.execute(update(CustomerAddress).values(county_code="RO-B", city="București"))
        rejected = go_on(invoice(customer))
        assert (rejected.state, len(sending_anaf.uploads)) == (SubmissionState.REJECTED, 0)


class TestUnknown:
    @pytest.mark.parametrize("fault", ["drop", "502", "empty", "html", "technical"])
    def test_g3_g5_what_arrived_without_an_answer_is_found_and_not_sent_again(self, sending_anaf, fault):
        sending_anaf.fail("upload", f"stored:{fault}")
        document = invoice()
        assert go_on(document).state is SubmissionState.UNKNOWN

        found = go_on(document)
        assert (found.state, found.upload_index) == (SubmissionState.SENT, "5000000001")
        assert go_on(document).state is SubmissionState.ACCEPTED
        assert len(sending_anaf.calls("upload")) == 1

    def test_g2_an_answer_without_an_index_is_no_success(self, sending_anaf):
        sending_anaf.fail("upload", "no-index")
        document = invoice()
        assert go_on(document).state is SubmissionState.UNKNOWN
        assert go_on(document).upload_index == "5000000001"

    @pytest.mark.parametrize("fault", ["drop", "technical"])
    def test_g5_what_left_no_trace_for_an_hour_is_sent_again_in_the_same_bytes(self, sending_anaf, fault):
        sending_anaf.fail("upload", fault)
        document = invoice()
        claimed = go_on(document)
        looked = go_on(document)
        assert looked.state is SubmissionState.UNKNOWN
        assert looked.next_at - clock.machine_now() < AN_HOUR

        make_older(document, AN_HOUR)
        assert go_on(document).state is SubmissionState.WAITING
        sent = go_on(document)
        assert (sent.state, sent.uploads, sent.xml_sha256) == (SubmissionState.SENT, 2, claimed.xml_sha256)
        assert len(sending_anaf.uploads) == 1

    def test_g6_what_anaf_had_all_the_same_is_taken_over_and_verified(self, sending_anaf):
        sending_anaf.fail("upload", "stored:drop")
        sending_anaf.listing = False
        document = invoice()
        go_on(document)
        make_older(document, AN_HOUR)
        go_on(document, times=2)
        assert [stored.errors == () for stored in sending_anaf.uploads] == [True, False]

        adopted = go_on(document)
        assert (adopted.state, adopted.upload_index) == (SubmissionState.SENT, "5000000001")
        assert go_on(document).state is SubmissionState.ACCEPTED

    def test_another_document_under_the_same_index_is_not_ours(self, sending_anaf):
        document = invoice()
        go_on(document)
        sending_anaf.uploads[0].xml = sending_anaf.uploads[0].xml.replace(b"121.00", b"122.00")
        rejected = go_on(document)
        assert rejected.state is SubmissionState.REJECTED
        assert stored(document, FileKind.SEALED) is None

    def test_all_that_is_listed_finds_its_owner_in_one_look(self, sending_anaf):
        sending_anaf.fail("upload", "stored:drop", "stored:502")
        first, second = invoice(), invoice()
        go_on(first)
        go_on(second)
        go_on(first)
        assert {way(first).state, way(second).state} == {SubmissionState.SENT}
        assert len(sending_anaf.calls("download")) == 2

    @pytest.mark.parametrize("fault", ["descarcare_eroare_limit.json", "descarcare_eroare_no_right.json"])
    def test_a_listed_message_that_cannot_be_read_hides_no_other(self, sending_anaf, fault):
        go_on(invoice())
        with unit_of_work() as session:
            session.execute(update(EfacturaSubmission).values(upload_index="1"))  # as if another program had sent it
        sending_anaf.fail("upload", "stored:drop", "drop")
        found, lost = invoice(), invoice()
        go_on(found)
        go_on(lost)
        sending_anaf.fail("download", answer(fault))
        assert go_on(found).state is SubmissionState.SENT
        sending_anaf.fail("download", answer(fault), answer(fault))
        make_older(lost, AN_HOUR)
        assert go_on(lost).state is SubmissionState.UNKNOWN
        make_older(lost, 5 * AN_HOUR)
        assert go_on(lost).state is SubmissionState.WAITING

    def test_what_anaf_knows_nothing_of_any_more_is_looked_for_and_sent_again(self, sending_anaf):
        document = invoice()
        go_on(document)
        sending_anaf.uploads.clear()
        assert go_on(document).state is SubmissionState.SENT
        make_older(document, timedelta(days=1))
        assert [go_on(document).state for _time in range(4)] == [
            SubmissionState.UNKNOWN, SubmissionState.WAITING, SubmissionState.SENT, SubmissionState.ACCEPTED,
        ]  # fmt: skip

    def test_a_worker_that_died_leaves_a_claim_that_becomes_unknown(self, sending_anaf):
        document = invoice()
        assert claiming.claim(way(document).public_id, "0" * 64) is not None
        assert go_on(document).state is SubmissionState.SENDING
        make_older(document, claiming.CALL_LASTS)
        assert go_on(document).state is SubmissionState.UNKNOWN

    def test_an_answer_that_comes_late_still_counts(self, sending_anaf):
        document = invoice()
        claimed = claiming.claim(way(document).public_id, "0" * 64)
        make_older(document, claiming.CALL_LASTS)
        go_on(document)
        assert claiming.record(claimed, lambda row: claiming.sent(row, "5000000009"))
        assert way(document).upload_index == "5000000009"
        assert not claiming.record(claimed, lambda row: claiming.sent(row, "5000000010"))


class TestWaiting:
    def test_g4_a_refused_connection_is_tried_again(self, sending_anaf):
        document = invoice()
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            _call_at(f"http://127.0.0.1:{taken.getsockname()[1]}")
            waiting = go_on(document)
        _call_at(sending_anaf.url)
        assert (waiting.state, waiting.uploads) == (SubmissionState.WAITING, 1)
        assert go_on(document).state is SubmissionState.SENT

    def test_g17_too_many_calls_wait(self, sending_anaf):
        sending_anaf.fail("upload", "429")
        document = invoice()
        assert go_on(document).state is SubmissionState.WAITING
        assert go_on(document).state is SubmissionState.SENT

    def test_g7_what_is_in_processing_is_asked_about_ever_less_often(self, sending_anaf):
        sending_anaf.processing = 3
        document = invoice()
        go_on(document)
        pauses = []
        for age in (timedelta(0), timedelta(hours=2), timedelta(hours=20)):
            make_older(document, age)
            pauses.append(go_on(document).next_at - clock.machine_now())
        assert pauses[0] <= timedelta(seconds=30) < pauses[1] < pauses[2] <= timedelta(hours=1)
        assert go_on(document).state is SubmissionState.ACCEPTED

    @pytest.mark.parametrize("name", ["stare_error_unknown.xml", "stare_error_limit.xml", "stare_error_no_right.xml"])
    def test_g9_a_refused_question_changes_nothing(self, sending_anaf, name):
        document = invoice()
        go_on(document)
        sending_anaf.fail("state", answer(name))
        assert go_on(document).state is SubmissionState.SENT
        assert go_on(document).state is SubmissionState.ACCEPTED

    def test_g13_what_cannot_be_fetched_any_more_is_accepted_without_a_seal(self, sending_anaf):
        document = invoice()
        go_on(document)
        sending_anaf.fail("download", answer("descarcare_eroare_expired.json"))
        assert go_on(document).state is SubmissionState.ACCEPTED
        assert stored(document, FileKind.SEALED) is None

    @pytest.mark.parametrize("name", ["descarcare_eroare_limit.json", "upload_error_xsd.xml"])
    def test_g14_g16_a_download_that_fails_is_tried_later(self, sending_anaf, name):
        document = invoice()
        go_on(document)
        sending_anaf.fail("download", answer(name))
        assert go_on(document).state is SubmissionState.SENT
        assert go_on(document).state is SubmissionState.ACCEPTED

    def test_g20_without_a_right_nothing_is_called_any_more(self, sending_anaf):
        first, second = invoice(), invoice()
        sending_anaf.rights.clear()
        assert go_on(first).state is SubmissionState.WAITING
        with entered(SystemScope("test")) as session:
            assert session.scalars(select(EfacturaConnection)).one().state is EfacturaState.DENIED
        asked = len(sending_anaf.asked)
        assert go_on(second).state is SubmissionState.WAITING
        assert len(sending_anaf.asked) == asked


class TestRefused:
    def test_g1_a_refused_upload_shows_what_anaf_says(self, sending_anaf):
        sending_anaf.fail("upload", answer("upload_error_xsd.xml"))
        document = invoice()
        rejected = go_on(document)
        assert (rejected.state, rejected.next_at) == (SubmissionState.REJECTED, None)
        assert rejected.messages
        with pytest.raises(Conflict):
            standing.send_now(document)

    def test_what_is_wrong_is_kept_in_anafs_words(self, sending_anaf):
        sending_anaf.reject("E: validari globale eroare regula: BR-RO-100", "E: BR-RO-110")
        document = invoice()
        assert go_on(document, times=2).messages == ["E: validari globale eroare regula: BR-RO-100", "E: BR-RO-110"]

    def test_reasons_that_cannot_be_fetched_do_not_hide_the_rejection_for_long(self, sending_anaf):
        sending_anaf.reject("E: BR-RO-100")
        document = invoice()
        go_on(document)
        sending_anaf.fail("download", "502", "502")
        assert go_on(document).state is SubmissionState.SENT
        make_older(document, timedelta(days=1))
        rejected = go_on(document)
        assert (rejected.state, rejected.messages) == (SubmissionState.REJECTED, [SubmissionNote.REASONS_UNREAD])

    def test_it_is_counted_for_the_desk_and_late_ones_alarm(self, sending_anaf):
        sending_anaf.reject("E: BR-RO-100")
        document = invoice()
        go_on(document, times=2)
        with entered(SystemScope("test")) as session:
            assert session.scalar(standing.rejected()) == 1
            assert session.scalar(standing.overdue()) == 0
        assert standing.alarm() is None
        with unit_of_work() as session:
            session.execute(update(EfacturaSubmission).values(due_on=clock.today() - timedelta(days=1)))
        assert standing.alarm().startswith("1 document")


def _jobs_after(act):
    act()
    with entered(SystemScope("test")) as session:
        return len(list(session.scalars(select(Job.id).where(Job.kind == "billing.send_to_efactura"))))


def _call_at(url):
    current_app.config["PRAHO"] = current_app.config["PRAHO"].model_copy(update={"efactura_url": url})
