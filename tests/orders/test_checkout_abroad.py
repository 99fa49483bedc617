"""The checkout of buyers elsewhere: the review shows their VAT, and the order asks for exactly that."""

import pytest

from praho.models.billing.documents import DocumentKind
from praho.orders.web import cart_cookie
from tests.factories import billing, catalogue, orders
from tests.orders.test_checkout import AGREED, COMPANY, PERSON

GERMAN = "DE136695976"
BERLIN = {"country": "DE", "county": "", "city": "Berlin", "post_code": "10115", "phone": "+4930901820", "reg_com": ""}
COMPANY_THERE = {**COMPANY, **BERLIN, "name": "Beispiel GmbH", "cui": GERMAN}


@pytest.fixture
def buyer(app, connected, visitor):
    """A visitor with a domain of 50.00 in the cart."""
    billing.make_seller()
    catalogue.make_priced_tld("ro", catalogue.make_offline_account(catalogue.ProviderKind.REGISTRAR))
    visitor.keep(cart_cookie.KEY, orders.fill_cart(names=[("exemplu.ro", 1)]))
    return visitor


def review(visitor, typed):
    page = visitor.submit(visitor.get("/checkout"), typed)
    assert page.path == "/checkout/review", page.errors
    return page


@pytest.mark.parametrize(
    ("typed", "fault", "total", "words"),
    [
        (COMPANY_THERE, None, 5000, "Taxare inversă"),
        (COMPANY_THERE, "MS_UNAVAILABLE", 6050, "60,50 RON"),
        ({**COMPANY_THERE, "cui": ""}, None, 6050, "60,50 RON"),
        ({**PERSON, **BERLIN}, None, 6050, "60,50 RON"),
        ({**PERSON, **BERLIN, "country": "US", "post_code": "73301"}, None, 5000, "Neimpozabil în România"),
    ],
    ids=["confirmed", "VIES is silent", "no number", "a consumer", "outside the EU"],
)
def test_the_review_shows_the_total_that_the_proforma_asks_for(buyer, connected, typed, fault, total, words):
    connected.confirms(GERMAN)
    connected.vies_fault = fault
    page = review(buyer, typed)
    assert words in page.text
    assert buyer.submit(page, AGREED).status == 200
    (proforma,) = billing.documents(DocumentKind.PROFORMA)
    assert (orders.orders()[0].total_minor, proforma.total_minor) == (total, total)


def test_the_company_of_a_cui_is_filled_in(buyer, connected):
    connected.knows("14399840", name="BRUTĂRIA NOASTRĂ SRL", vat=False)
    page = buyer.submit(buyer.get("/checkout"), {"kind": "company", "cui": "RO14399840", "look_up": "y"})
    filled = page.values()
    assert {name: filled.get(name) for name in ("cui", "name", "county", "city", "post_code")} == {
        "cui": "14399840", "name": "BRUTĂRIA NOASTRĂ SRL", "county": "RO-B", "city": "Sector 3", "post_code": "031472",
    }  # fmt: skip
