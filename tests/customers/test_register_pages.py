"""What staff see of the registers: on a customer's page, in the list of companies to look at, and on forms."""

import pytest

from praho.core.permissions import StaffRole
from tests.factories import customers, users

GERMAN = "DE136695976"


@pytest.fixture
def clerk(app, visitor):
    return visitor.sign_in(users.make_staff(StaffRole.BILLING))


def address(customer):
    return f"/admin/customers/{customer.public_id}"


def test_a_struck_off_company_is_flagged_on_its_page_and_in_the_list(clerk, connected):
    customer = customers.make_customer(name="Stinsa S.R.L.")
    connected.knows(customer.cui, struck_off="2026-02-01", vat=False)
    page = clerk.submit(clerk.get(address(customer)), action="/ask-register")
    assert "Radiată" in page.body
    listed = clerk.get("/admin/customers/in-trouble")
    assert ("Stinsa S.R.L." in listed.text, "Radiată" in listed.text) == (True, True)


def test_a_silent_register_is_said_so(clerk, connected):
    customer = customers.make_customer()
    connected.anaf_fault = "503"
    page = clerk.submit(clerk.get(address(customer)), action="/ask-register")
    assert page.status == 200
    assert "Încă niciun răspuns" in page.body
    assert "Nimic de verificat" in clerk.get("/admin/customers/in-trouble").text


def test_the_proof_of_vies_stands_on_the_page(clerk, connected):
    connected.confirms(GERMAN)
    customer = customers.make_abroad("DE", vat_id=GERMAN)
    page = clerk.submit(clerk.get(address(customer)), action="/ask-register")
    assert ("Valid" in page.body, GERMAN in page.body) == (True, True)


def test_staff_fill_a_company_in_from_its_cui(clerk, connected):
    connected.knows("14399840", name="BRUTĂRIA NOASTRĂ SRL")
    page = clerk.submit(clerk.get("/admin/customers/new"), {"cui": "14399840", "look_up": "y"})
    assert (page.status, page.values()["name"], page.values()["cui"]) == (422, "BRUTĂRIA NOASTRĂ SRL", "RO14399840")
    page = clerk.submit(page, {"cui": "14399841", "look_up": "y"})
    assert (page.status, set(page.errors)) == (422, {"cui"})


def test_new_companies_are_asked_about_by_themselves(clerk, connected, run_jobs):
    connected.knows("14399840", vat=False)
    typed = {
        "kind": "company", "name": "Nouă S.R.L.", "cui": "RO14399840", "email": "noua@firma.example",
        "phone": "0721234567", "street": "Strada 1", "county": "RO-CJ", "city": "Cluj-Napoca",
    }  # fmt: skip
    page = clerk.submit(clerk.get("/admin/customers/new"), typed)
    assert page.status == 200
    run_jobs()
    assert "fără TVA" in clerk.get(page.path).body or "neînregistrată" in clerk.get(page.path).body
