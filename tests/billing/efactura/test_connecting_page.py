"""The page of the connection to ANAF."""

from urllib.parse import urlsplit

import httpx
import pytest

from praho.billing.efactura.services import connection
from praho.core.db.scope import SystemScope, entered
from praho.core.permissions import StaffRole
from praho.models.billing.efactura import EfacturaState
from tests.factories import billing, efactura, users

PAGE = "/admin/anaf"


@pytest.fixture
def clerk(reached_anaf, visitor):
    billing.make_company()
    return visitor.sign_in(users.make_staff(StaffRole.BILLING))


def state():
    with entered(SystemScope("test")):
        found = connection.standing()
        return None if found is None else found.state


def test_from_the_application_to_the_connection(clerk, reached_anaf):
    page = clerk.get(PAGE)
    assert "/admin/anaf/callback" in page.body
    page = clerk.submit(page, {"client_id": "praho-client"}, action=PAGE)
    assert (page.status, set(page.errors)) == (422, {"secret"})
    typed = {"client_id": "praho-client", "secret": "praho-secret", "environment": "test"}
    page = clerk.submit(page, typed, action=PAGE)
    assert "praho-secret" not in page.body
    page = clerk.submit(page, action="/anaf/start")
    [address] = page.tree.xpath("//main//a[contains(@href, '/authorize?')]/@href")
    way_back = urlsplit(httpx.get(address).headers["location"])
    page = clerk.get(f"{way_back.path}?{way_back.query}")
    assert "Conectat" in page.text
    assert state() is EfacturaState.CONNECTED
    page = clerk.submit(page, action="/anaf/check")
    page = clerk.submit(page, action="/anaf/disconnect")
    assert state() is EfacturaState.DISCONNECTED


def test_a_way_back_that_nobody_began_changes_nothing(clerk, reached_anaf):
    efactura.connect(reached_anaf)
    for query in ("", "?code=a&state=b", "?error=access_denied"):
        assert clerk.get(f"{PAGE}/callback{query}").path == PAGE
    assert state() is EfacturaState.CONNECTED
    assert reached_anaf.login.codes == {}


def test_an_auditor_looks_and_does_not_touch(clerk, reached_anaf, another_visitor):
    efactura.connect(reached_anaf)
    auditor = another_visitor().sign_in(users.make_staff(StaffRole.AUDITOR))
    page = auditor.get(PAGE)
    assert (page.status, page.leads_to("/anaf/disconnect")) == (200, False)
    assert auditor.get(f"{PAGE}/callback").status == 403
    assert auditor.post(f"{PAGE}/disconnect").status == 403
