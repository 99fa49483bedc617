"""Uploading to ANAF: what is known after every answer, and after none (cases G1 to G5, G17, G20, G23, G24)."""

import socket
from pathlib import Path

import pytest
import time_machine

from praho.billing.efactura.gateways import spv, spv_calls
from praho.billing.efactura.gateways.spv_types import (
    Access,
    AccessDenied,
    NotSent,
    Refused,
    Standard,
    TryLater,
    Unknown,
    Uploaded,
)
from praho.core import clock
from praho.core.db.uow import unit_of_work
from praho.core.web.tables import RateCounter
from tests.fakes.anaf_spv import SERVICE

ANSWERS = Path(__file__).parent / "anaf"
CIF = "14399840"
XML = "<Invoice><cbc:ID>HC-0001</cbc:ID>șțîâă</Invoice>".encode()


@pytest.fixture
def access(db, domains, calling_anaf):
    token, _renewal = calling_anaf.login.new_tokens()
    return Access(CIF, token, calling_anaf.url + SERVICE)


def upload(access, *, standard=Standard.UBL, consumer=False, extern=False):
    return spv.upload(access, XML, standard=standard, consumer=consumer, extern=extern)


def spent(key, window, hits):
    """Let a counter stand at so many calls of the window that began then."""
    with unit_of_work() as session:
        session.add(RateCounter(key=key, window_start=window, hits=hits))


def test_the_same_bytes_arrive_and_get_an_index(access, calling_anaf):
    assert upload(access) == Uploaded("5000000001")
    [stored] = calling_anaf.uploads
    assert (stored.xml, stored.service, stored.query) == (XML, "upload", {"standard": "UBL", "cif": CIF})


def test_g23_g24_consumers_and_credit_notes_and_buyers_abroad_go_their_own_way(access, calling_anaf):
    upload(access, consumer=True)
    upload(access, standard=Standard.CN, extern=True)
    consumer, note = calling_anaf.uploads
    assert consumer.service == "uploadb2c"
    assert (note.service, note.query) == ("upload", {"standard": "CN", "cif": CIF, "extern": "DA"})


@pytest.mark.parametrize("name", ["cif", "extern", "size", "standard", "xsd"])
def test_g1_a_refusal_with_status_200_is_a_refusal_with_its_words(access, calling_anaf, name):
    content = (ANSWERS / f"upload_error_{name}.xml").read_bytes()
    calling_anaf.fail("upload", content)
    found = upload(access)
    assert isinstance(found, Refused)
    assert found.message[:20].encode() in content


def test_a_bad_request_is_a_refusal(access, calling_anaf):
    calling_anaf.fail("upload", (400, (ANSWERS / "upload_400.json").read_bytes()))
    assert upload(access) == Refused("Parametrii standard si cif sunt obligatorii")


def test_g2_success_without_an_index_is_unknown(access, calling_anaf):
    calling_anaf.fail("upload", "no-index")
    assert isinstance(upload(access), Unknown)
    assert len(calling_anaf.uploads) == 1


@pytest.mark.parametrize(
    "fault",
    ["stored:drop", "drop", "stored:502", "500", "stored:empty", "empty", "stored:html", "404", "413", b"<a/>", b"{}"],
)
def test_g3_what_leaves_no_answer_is_unknown_and_is_never_sent_again_by_itself(access, calling_anaf, fault):
    calling_anaf.fail("upload", fault)
    assert isinstance(upload(access), Unknown)
    assert len(calling_anaf.calls("upload")) == 1


@pytest.mark.parametrize("fault", ["technical", "stored:technical"])
def test_g5_the_technical_error_is_unknown(access, calling_anaf, fault):
    calling_anaf.fail("upload", fault)
    assert upload(access) == Unknown("A aparut o eroare tehnica. Cod: 1814")


def test_g4_no_connection_means_that_nothing_was_sent(access):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        nobody = Access(CIF, access.token, f"http://127.0.0.1:{unused.getsockname()[1]}")
        with pytest.raises(NotSent):
            upload(nobody)
        with pytest.raises(TryLater):
            spv.state(nobody, "5000000001")


@pytest.mark.parametrize("fault", ["401", "403", "no_rights", "no_rights_cif"])
def test_g20_without_rights_nothing_may_be_called(access, calling_anaf, fault):
    calling_anaf.fail("upload", fault if fault.isdigit() else (ANSWERS / f"upload_error_{fault}.xml").read_bytes())
    with pytest.raises(AccessDenied):
        upload(access)


def test_a_token_that_anaf_does_not_know_is_denied(access, calling_anaf):
    with pytest.raises(AccessDenied):
        upload(Access(CIF, "another", access.base_url))
    assert calling_anaf.uploads == []


def test_g17_anafs_limits_make_us_wait(access, calling_anaf):
    calling_anaf.fail("upload", "429", (ANSWERS / "upload_error_rasp_limit.xml").read_bytes())
    with pytest.raises(NotSent) as minute:
        upload(access)
    assert minute.value.seconds == 60
    with time_machine.travel("2026-11-20T20:00:00Z"), pytest.raises(NotSent) as day:
        upload(access)
    assert 7_200 <= day.value.seconds <= 7_500


def test_g17_our_own_limit_is_kept_before_anaf_sees_anything(access, calling_anaf):
    with time_machine.travel("2026-11-20T20:00:20Z", tick=False):
        spent(f"anaf.calls:{CIF}", clock.machine_now().replace(second=0), spv_calls.CALLS_A_MINUTE)
        with pytest.raises(NotSent) as refusal:
            upload(access)
    assert 40 <= refusal.value.seconds <= 41
    assert calling_anaf.asked == []


def test_the_token_is_in_no_picture_of_what_is_called(access):
    assert access.token not in repr(access)
