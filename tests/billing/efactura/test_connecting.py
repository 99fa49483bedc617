"""Connecting to ANAF and staying connected (cases G18 to G20)."""

from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import time_machine
from flask import current_app
from sqlalchemy import select, text

from praho.billing.efactura import jobs
from praho.billing.efactura.gateways.spv_types import Access
from praho.billing.efactura.services import connecting, connection, refreshing
from praho.core import clock
from praho.core.db.scope import SystemScope, entered, session
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, Invalid
from praho.core.jobs.kinds import Tick
from praho.models.audit import AuditEvent
from praho.models.billing.efactura import EfacturaEnvironment, EfacturaState
from tests.factories import billing, efactura
from tests.fakes.anaf_spv import SERVICE

CUI = "14399840"
WAY_BACK = "https://host.example/admin/anaf/callback"
APPLICATION = connecting.ApplicationInput(EfacturaEnvironment.TEST, "praho-client", "praho-secret")
DAY_0 = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)


@pytest.fixture
def stranger(db, domains, move_clock, calling_anaf):
    """ANAF, and a company that nobody has connected to it."""
    billing.make_company()
    move_clock(DAY_0)
    return calling_anaf


@pytest.fixture
def authorized(stranger):
    efactura.connect(stranger)
    return stranger


def kept():
    """The row as it is now."""
    session().close()
    return connection.found()


def go_to_anaf():
    """Open ANAF's page with the certificate; return the state and the code that come back."""
    answer = httpx.get(connecting.page_address(WAY_BACK))
    assert answer.headers["location"].startswith(WAY_BACK)
    query = parse_qs(urlsplit(answer.headers["location"]).query)
    return query["state"][0], query["code"][0]


def begin():
    connecting.name_application(APPLICATION)
    connecting.begin()
    return go_to_anaf()


def recorded():
    return set(session().scalars(select(AuditEvent.action)))


def after(days):
    clock.move_to(DAY_0 + timedelta(days=days))


class TestConnecting:
    def test_somebody_with_a_certificate_connects_the_company(self, stranger):
        assert connecting.access() is None
        found = connecting.finish(*begin(), WAY_BACK)
        assert found == connecting.Checked(answered=True, denied=False, detail="")
        row = kept()
        assert (row.state, row.access_ends_at) == (EfacturaState.CONNECTED, DAY_0 + timedelta(days=90))
        assert row.refresh_ends_at == DAY_0 + timedelta(days=365)
        assert connecting.access() == Access(CUI, row.access_token, stranger.url + SERVICE)
        assert stranger.calls("list") == [{"zile": "1", "cif": CUI}]
        assert recorded() >= {"efactura.application_named", "efactura.connected"}

    def test_no_secret_is_kept_in_clear(self, stranger):
        connecting.finish(*begin(), WAY_BACK)
        row = kept()
        stored = str(session().execute(text("SELECT * FROM billing_efactura_connection")).one())
        told = str([event.changes for event in session().scalars(select(AuditEvent))])
        for secret in ("praho-secret", row.access_token, row.refresh_token):
            assert secret not in stored + told + repr(APPLICATION) + repr(connecting.access())

    def test_the_way_back_is_used_once(self, stranger):
        state, code = begin()
        with pytest.raises(Conflict):
            connecting.finish("another", code, WAY_BACK)
        connecting.finish(state, code, WAY_BACK)
        with pytest.raises(Conflict):
            connecting.finish(state, code, WAY_BACK)
        assert kept().state is EfacturaState.CONNECTED

    def test_the_way_back_is_open_for_a_quarter_of_an_hour(self, stranger):
        state, code = begin()
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=16)), pytest.raises(Conflict):
            connecting.finish(state, code, WAY_BACK)

    @pytest.mark.parametrize("fault", ["drop", "500", "html", b"{}", (400, b'{"error": "invalid_grant"}')])
    def test_without_tokens_nothing_is_connected_and_the_way_back_is_spent(self, stranger, fault):
        state, code = begin()
        stranger.fail("exchange", fault)
        for _try in range(2):
            with pytest.raises(Conflict):
                connecting.finish(state, code, WAY_BACK)
        assert kept().state is EfacturaState.DISCONNECTED

    def test_another_application_ends_the_authorization_and_the_same_does_not(self, authorized):
        connecting.name_application(connecting.ApplicationInput(EfacturaEnvironment.TEST, "praho-client", ""))
        assert kept().state is EfacturaState.CONNECTED
        connecting.name_application(connecting.ApplicationInput(EfacturaEnvironment.PRODUCTION, "praho-client", ""))
        row = kept()
        assert (row.state, row.refresh_token, row.client_secret) == (EfacturaState.DISCONNECTED, None, "praho-secret")

    def test_the_first_application_needs_its_secret(self, stranger):
        with pytest.raises(Invalid):
            connecting.name_application(connecting.ApplicationInput(EfacturaEnvironment.TEST, "praho-client", ""))
        with pytest.raises(Conflict):
            connecting.begin()

    def test_disconnecting_forgets_the_tokens(self, authorized):
        connecting.disconnect()
        row = kept()
        assert (row.state, row.access_token, row.refresh_token) == (EfacturaState.DISCONNECTED, None, None)
        assert (connecting.access(), refreshing.alarm()) == (None, None)

    def test_g20_without_rights_nothing_is_called_until_staff_have_seen_to_it(self, authorized):
        authorized.rights = set()
        assert connecting.check().denied
        assert (kept().state, connecting.access()) == (EfacturaState.DENIED, None)
        assert "CIF=14399840" in refreshing.alarm()
        assert session().execute(refreshing.waiting()).scalar_one() == 1
        authorized.rights = {CUI}
        assert connecting.check().answered
        assert (kept().state, refreshing.alarm()) == (EfacturaState.CONNECTED, None)
        assert recorded() >= {"efactura.denied", "efactura.let_in"}

    def test_a_check_without_an_answer_changes_nothing(self, authorized):
        authorized.fail("list", "502")
        assert connecting.check().answered is False
        assert kept().state is EfacturaState.CONNECTED


class TestRenewing:
    def test_both_tokens_are_renewed_ten_days_before_the_access_ends(self, authorized):
        before = kept()
        old = (before.access_token, before.refresh_token)
        after(79)
        jobs.refresh(Tick("one"))
        assert authorized.login.renewed == 0
        after(81)
        jobs.refresh(Tick("two"))
        row = kept()
        assert (row.version, row.state) == (2, EfacturaState.CONNECTED)
        assert row.access_token != old[0]
        assert row.refresh_token in authorized.login.refresh_tokens - {old[1]}
        assert row.access_ends_at == DAY_0 + timedelta(days=171)
        assert "efactura.renewed" in recorded()

    def test_g18_tokens_that_were_lost_on_their_way_end_in_an_alarm(self, authorized):
        after(81)
        authorized.fail("exchange", "stored:drop")
        assert refreshing.refresh_due() is False
        row = kept()
        assert (row.state, refreshing.alarm()) == (EfacturaState.CONNECTED, None)
        assert row.trouble
        assert refreshing.refresh_due() is False
        assert (kept().state, kept().trouble) == (EfacturaState.BROKEN, "invalid_grant: fictive")
        assert "20 feb. 2027" in refreshing.alarm()
        assert connecting.access() is not None
        after(91)
        assert connecting.access() is None
        assert refreshing.alarm()
        assert refreshing.refresh_due() is False
        connecting.begin()
        connecting.finish(*go_to_anaf(), WAY_BACK)
        assert (kept().state, refreshing.alarm()) == (EfacturaState.CONNECTED, None)

    def test_g18_whoever_died_while_asking_is_followed_by_another(self, authorized):
        after(81)
        with unit_of_work():
            connection.locked().refreshing_until = clock.machine_now() + timedelta(minutes=5)
        assert refreshing.refresh_due() is False
        with time_machine.travel(datetime.now(UTC) + timedelta(minutes=6)):
            assert refreshing.refresh_due() is True

    def test_an_outage_is_waited_for_and_told_before_it_hurts(self, authorized):
        authorized.fail("exchange", "drop", "503", "html", "429", (403, b"{}"))
        for day in (80, 81, 82, 83, 84):
            after(day)
            assert refreshing.refresh_due() is False
            assert (kept().state, refreshing.alarm()) == (EfacturaState.CONNECTED, None)
        after(86)
        assert "nu a putut fi reînnoit" in refreshing.alarm()
        assert refreshing.refresh_due() is True
        assert refreshing.alarm() is None

    @pytest.mark.parametrize(("left", "words"), [(31, None), (30, "trebuie să autorizeze"), (10, "se oprește")])
    def test_g19_staff_hear_in_time_that_the_certificate_is_needed(self, stranger, left, words):
        efactura.connect(stranger, refresh_ends_at=DAY_0 + timedelta(days=left))
        told = refreshing.alarm()
        assert told is None if words is None else words in told
        assert session().execute(refreshing.waiting()).scalar_one() == (words is not None)


@pytest.mark.usefixtures("live_db", "domains")
class TestAtOnce:
    """What happens while ANAF is being asked."""

    def renew_while(self, anaf, act):
        billing.make_company()
        efactura.connect(anaf, access_ends_at=clock.now() + timedelta(days=1))
        application = current_app._get_current_object()

        def meanwhile():
            anaf.login.meanwhile = bool
            with application.app_context(), entered(SystemScope("test")):
                act()

        anaf.login.meanwhile = meanwhile
        return refreshing.refresh_due()

    def test_two_workers_renew_once(self, calling_anaf):
        others = []
        assert self.renew_while(calling_anaf, lambda: others.append(refreshing.refresh_due())) is True
        assert (others, calling_anaf.login.renewed) == ([False], 1)
        assert kept().refresh_token in calling_anaf.login.refresh_tokens

    def test_who_disconnects_meanwhile_stays_disconnected(self, calling_anaf):
        assert self.renew_while(calling_anaf, connecting.disconnect) is False
        row = kept()
        assert (row.state, row.access_token) == (EfacturaState.DISCONNECTED, None)
