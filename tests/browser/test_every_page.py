"""Every page at a desk, light and in Romanian, and at a phone, dark and in English: it fits, everybody can use it, and
the browser has no complaint."""

import re

import pytest

from tests.browser import checks, readers, walk
from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCREENS = {
    "desk": ("ro", {"viewport": DESK, "scheme": "light", "locale": "ro-RO"}),
    "phone": ("en", {"viewport": PHONE, "scheme": "dark", "locale": "en-GB"}),
}
OUT_OF_REACH = {
    "account.confirm_email": "by a mail, as are the next three",
    "account.reset_password": "",
    "account_staff.join": "",
    "customers_account.join": "",
    "account.second_factor": "between two steps; the staff's tests pass it",
    "billing_portal.attempt": "by paying; the new customer's tests come by",
    "orders_paying.pay": "the same",
    "bulk_admin.run": "by a bulk action; the staff's morning comes by",
    "inbox_admin.message": "nobody has written to us",
    "customers_portal.edit_contact": "the demonstration has no contacts",
    "customers_people_admin.edit_contact": "the same",
    "billing_advances.take_back": "the demonstration has no advance that was paid",
    "orders_ordering_admin.reduce": "from a basket that staff have filled",
    "customers_erasures_admin.erasure": "three customers have no past in which one asked to be forgotten",
    "customers_erasures_admin.refuse": "the same",
    "customers_erasures_admin.carry_out": "the same",
    "billing_anaf.callback": "ANAF leads there; the demonstration is not connected to it",
    "efactura_admin.correct_page": "of what ANAF has rejected, as above",
    "efactura_admin.sealed": "of what ANAF has accepted, as above",
    "billing_portal.sealed": "the same",
    "customers_admin.write_note": "a form that comes into the customer's page",
}
"""The pages that no link of the demonstration leads to, and why."""
NO_PAGES = {"state", "attempt_state", "progress", "export", "archive", "image", "toast", "language"}
"""What shows parts of pages, and files whose address does not say so."""
FILE = re.compile(r"[/.](pdf|xml|csv|xlsx)$")
NOBODYS = {"health.show", "storefront.robots", "storefront.sitemap", "storefront.my_portal"}


@pytest.fixture(scope="session")
def urls(tmp_path_factory):
    return readers.url_map(tmp_path_factory.mktemp("urls"))


@pytest.fixture(scope="session")
def known(chrome, house):
    """Each reader with the pages that there are for them."""
    return {}


@pytest.fixture
def places(chrome, house, urls, known):
    """Return a function that gives a reader's cookies and pages, found once in a run."""

    def of(reader):
        if reader not in known:
            who = readers.arrive(chrome, house.address, reader)
            known[reader] = who, readers.places(chrome, house.address, urls, reader, who)
        return known[reader]

    return of


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("reader", walk.Reader, ids=lambda reader: reader.value)
def test_the_pages(open_page, places, reader, screen):
    who, pages = places(reader)
    language, look = SCREENS[screen]
    page = open_page(**look, signed_in=who.cookies[language])
    faults = []
    for place in pages:
        page.goto(place.path)
        faults += [f"{place.path}: {fault}" for fault in (*checks.misfits(page), *checks.barriers(page))]
    assert faults == []


def test_the_walk_comes_to_every_page(places, urls):
    reached = {place.endpoint for reader in walk.Reader for place in places(reader)[1]}
    rules = {
        rule.endpoint
        for rule in urls.iter_rules()
        if "GET" in rule.methods and rule.endpoint != "static" and not FILE.search(rule.rule)
    }
    pages = {endpoint for endpoint in rules - NOBODYS if endpoint.rpartition(".")[2] not in NO_PAGES}
    assert pages - reached == OUT_OF_REACH.keys()
