"""Asking ANAF: states, lists and downloads in every shape of its answers (cases G6 to G16)."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from praho.billing.efactura.gateways import spv, spv_answers
from praho.billing.efactura.gateways.spv_types import (
    Accepted,
    Access,
    AccessDenied,
    Downloaded,
    Gone,
    Listed,
    MessageKind,
    Processing,
    QueryFailed,
    Rejected,
    TryLater,
)
from praho.core import clock
from praho.core.db.uow import unit_of_work
from praho.core.web.tables import RateCounter
from tests.fakes import anaf_spv

ANSWERS = Path(__file__).parent / "anaf"
CIF, INDEX = "14399840", "5000000001"
DOCUMENT, SIGNATURE = b"<Invoice/>", b"<Signature/>"


@pytest.fixture
def access(db, domains, calling_anaf):
    token, _renewal = calling_anaf.login.new_tokens()
    return Access(CIF, token, calling_anaf.url + anaf_spv.SERVICE)


def answer(name):
    return (ANSWERS / name).read_bytes()


def packed(**files):
    return anaf_spv.archive({name.replace("__", "/") + ".xml": content for name, content in files.items()})


def enough_today(key, hits):
    """Let a daily counter be used up."""
    midnight = clock.machine_now().replace(hour=0, minute=0, second=0, microsecond=0)
    with unit_of_work() as session:
        session.add(RateCounter(key=key, window_start=midnight, hits=hits))


class TestStates:
    @pytest.mark.parametrize(
        ("name", "expected"),
        [
            ("in_prelucrare", Processing()),
            ("ok", Accepted("3000000001")),
            ("nok", Rejected("3000000002", "nok")),
            ("xml_erori", Rejected(None, "XML cu erori nepreluat de sistem")),
            (
                "error_no_right",
                QueryFailed("Nu aveti dreptul de inteorgare pentru id_incarcare= 18", rights=True),
            ),
            ("error_not_int", QueryFailed("Id_incarcare introdus= aaa nu este un numar intreg", rights=False)),
            ("error_unknown", QueryFailed("Nu exista factura cu id_incarcare= 15000", rights=False, missing=True)),
        ],
    )
    def test_g9_every_answer_is_understood(self, access, calling_anaf, name, expected):
        calling_anaf.fail("state", answer(f"stare_{name}.xml"))
        assert spv.state(access, INDEX) == expected

    def test_without_a_right_to_any_company_access_is_denied(self, access, calling_anaf):
        calling_anaf.fail("state", answer("stare_error_no_cif.xml"))
        with pytest.raises(AccessDenied):
            spv.state(access, INDEX)

    def test_g8_a_state_in_other_letters_is_the_same(self, access, calling_anaf):
        calling_anaf.fail("state", answer("stare_in_prelucrare.xml").replace(b"in prel", b"In Prel"))
        assert spv.state(access, INDEX) == Processing()

    @pytest.mark.parametrize(
        "fault",
        [
            "drop",
            "502",
            "404",
            "429",
            "empty",
            "html",
            b"<header/>",
            b'<header stare="altceva"/>',
            b'<header stare="ok"/>',
        ],
    )
    def test_what_cannot_be_read_is_asked_later(self, access, calling_anaf, fault):
        calling_anaf.fail("state", fault)
        with pytest.raises(TryLater):
            spv.state(access, INDEX)

    def test_a_daily_limit_waits_for_tomorrow(self, access, calling_anaf):
        calling_anaf.fail("state", answer("stare_error_limit.xml"))
        with time_machine.travel("2026-11-20T20:00:00Z"), pytest.raises(TryLater) as limit:
            spv.state(access, INDEX)
        assert 7_200 <= limit.value.seconds <= 7_500

    def test_g7_a_message_is_asked_for_less_than_a_hundred_times_a_day(self, access, calling_anaf):
        with time_machine.travel("2026-11-20T20:00:00Z", tick=False):
            enough_today(f"anaf.state:{CIF}:{INDEX}", spv.POLLS_A_DAY)
            with pytest.raises(TryLater):
                spv.state(access, INDEX)
        assert calling_anaf.asked == []
        assert spv.POLLS_A_DAY < 100


class TestLists:
    def test_messages_are_read_with_their_times(self, access, calling_anaf):
        calling_anaf.fail("list", answer("lista.json"))
        sent, errors, received = spv.listed(access, days=60)
        details = "Factura cu id_incarcare=5000000001 emisa de cif_emitent=12345674 pentru cif_beneficiar=87654329"
        at = datetime(2026, 10, 9, 9, 1, tzinfo=UTC)
        assert sent == Listed(INDEX, "3000000001", MessageKind.SENT, details, at)
        assert (errors.kind, received.kind) == (MessageKind.ERRORS, MessageKind.RECEIVED)
        assert calling_anaf.calls("list") == [{"zile": "60", "cif": CIF}]

    @pytest.mark.parametrize("name", ["empty_days", "empty_interval"])
    def test_g10_no_messages_is_an_empty_list(self, access, calling_anaf, name):
        calling_anaf.fail("list", answer(f"lista_eroare_{name}.json"))
        assert spv.listed(access, days=15) == ()

    def test_one_strange_message_does_not_hide_the_others(self, access, calling_anaf):
        strange = json.loads(answer("lista.json"))
        del strange["mesaje"][0]["data_creare"]
        strange["mesaje"][1]["tip"] = "MESAJ CUMPARATOR"
        calling_anaf.fail("list", json.dumps(strange).encode())
        assert [one.kind for one in spv.listed(access, days=1)] == [MessageKind.OTHER, MessageKind.RECEIVED]

    def test_g12_more_than_five_hundred_are_read_by_pages(self, access, calling_anaf):
        calling_anaf.received = [anaf_spv.received(number) for number in range(501)]
        assert len(spv.listed(access, days=60)) == 501
        first, second = calling_anaf.calls("page")
        assert (first["pagina"], second["pagina"]) == ("1", "2")
        assert int(first["endTime"]) < clock.machine_now().timestamp() * 1000 - 60_000

    def test_g11_a_slower_clock_at_anaf_gets_an_earlier_window_once(self, access, calling_anaf):
        calling_anaf.received = [anaf_spv.received(number) for number in range(501)]
        calling_anaf.clock_behind = 120
        assert len(spv.listed(access, days=3)) == 501
        calling_anaf.clock_behind = 3600
        with pytest.raises(TryLater):
            spv.listed(access, days=3)

    def test_a_page_past_the_end_is_the_end(self, access, calling_anaf):
        calling_anaf.fail("list", answer("lista_eroare_over500.json"))
        calling_anaf.fail("page", answer("lista_paginata.json").replace(b'"numar_total_pagini": 1,', b""))
        calling_anaf.fail("page", answer("lista_eroare_page.json"))
        assert len(spv.listed(access, days=3)) == 3

    @pytest.mark.parametrize(
        "fault", ["drop", "502", "429", "empty", "html", b"[]", b"{}", "eroare_limit", "eroare_old"]
    )
    def test_what_is_no_list_is_asked_later(self, access, calling_anaf, fault):
        named = isinstance(fault, str) and fault.startswith("eroare")
        calling_anaf.fail("list", answer(f"lista_{fault}.json") if named else fault)
        with pytest.raises(TryLater):
            spv.listed(access, days=3)

    def test_g20_no_right_to_the_cif_is_denied(self, access, calling_anaf):
        calling_anaf.fail("list", answer("lista_eroare_no_right.json"))
        with pytest.raises(AccessDenied, match="CIF=12345674"):
            spv.listed(access, days=3)


class TestDownloads:
    def test_the_sealed_document(self, access, calling_anaf):
        content = answer("descarcare_ok.zip")
        calling_anaf.fail("download", content)
        found = spv.download(access, "3000000001")
        assert isinstance(found, Downloaded)
        assert (found.zip_bytes, found.errors) == (content, ())
        assert b"EXH-000001" in found.document_xml
        assert b"Signature" in found.signature_xml

    def test_g6_the_errors_and_the_earlier_upload_that_they_name(self, access, calling_anaf):
        calling_anaf.fail("download", answer("descarcare_nok.zip"))
        found = spv.download(access, "3000000002")
        rule, duplicate = found.errors
        assert rule.startswith("[BR-RO-111]-Daca Codul tarii")
        assert (spv.earlier_index(rule), spv.earlier_index(duplicate)) == (None, INDEX)

    @pytest.mark.parametrize("name", ["expired", "unknown"])
    def test_g13_what_is_gone_is_gone(self, access, calling_anaf, name):
        content = answer(f"descarcare_eroare_{name}.json")
        calling_anaf.fail("download", content)
        assert spv.download(access, "3000000001") == Gone(json.loads(content)["eroare"])

    @pytest.mark.parametrize(
        "fault",
        [
            "drop", "502", "empty", "html", b"{}", b"PK\x03\x04", "limit", "no_right",
            b'{"eroare": "x", "titlu": "Descarcare mesaj"}}',
            packed(**{"5000000001": b"<!DOCTYPE a><Invoice/>", "semnatura_5000000001": SIGNATURE}),
        ],
    )  # fmt: skip
    def test_g14_what_cannot_be_read_is_fetched_later(self, access, calling_anaf, fault):
        named = fault in ("limit", "no_right")
        calling_anaf.fail("download", answer(f"descarcare_eroare_{fault}.json") if named else fault)
        with pytest.raises(TryLater):
            spv.download(access, "3000000001")

    def test_g16_a_message_is_downloaded_less_than_ten_times_a_day(self, access, calling_anaf):
        with time_machine.travel("2026-11-20T20:00:00Z", tick=False):
            enough_today(f"anaf.download:{CIF}:3000000001", spv.DOWNLOADS_A_DAY)
            with pytest.raises(TryLater) as limit:
                spv.download(access, "3000000001")
        assert limit.value.seconds > 3_600
        assert calling_anaf.asked == []


class TestArchives:
    GOOD = packed(**{INDEX: DOCUMENT, f"semnatura_{INDEX}": SIGNATURE})

    def test_two_files_of_one_number_are_read(self):
        assert spv_answers.contents(self.GOOD) == spv_answers.Contents(DOCUMENT, SIGNATURE, ())

    @pytest.mark.parametrize(
        "archive",
        [
            packed(**{INDEX: DOCUMENT}),
            packed(**{INDEX: DOCUMENT, f"semnatura_{INDEX}": SIGNATURE, "7": DOCUMENT}),
            packed(**{INDEX: DOCUMENT, "semnatura_7": SIGNATURE}),
            packed(**{f"..__{INDEX}": DOCUMENT, f"semnatura_{INDEX}": SIGNATURE}),
            packed(**{f"semnatura_{INDEX}": SIGNATURE, "x": DOCUMENT}),
            packed(**{INDEX: b"", f"semnatura_{INDEX}": SIGNATURE}),
            packed(**{INDEX: b"<Invoice>" + b" " * 33_000_000, f"semnatura_{INDEX}": SIGNATURE}),
            GOOD[:-30],
            GOOD.replace(b"\x14\x00\x00\x00\x08", b"\x14\x00\x01\x00\x08"),
            GOOD[:50] + b"\xff\xff" + GOOD[52:],
        ],
        ids=["one", "three", "strangers", "path", "name", "empty", "bomb", "cut", "encrypted", "garbled"],
    )
    def test_g15_anything_else_is_refused_as_a_whole(self, archive):
        with pytest.raises(spv_answers.Unreadable):
            spv_answers.contents(archive)

    def test_nothing_outside_is_fetched_or_expanded(self):
        entity = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><header Errors="&x;">&x;</header>'
        with pytest.raises(spv_answers.Unreadable):
            spv_answers.header(entity)
