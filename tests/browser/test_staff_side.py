"""The staff's day: sign in with two steps, look around, record a transfer, watch what follows from it."""

import re

import pytest
from playwright.sync_api import expect

from praho.operations.services.demo import people
from tests.browser import staff

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NAME = "atelier-nord.com"


def test_a_transfer_is_recorded_and_all_goes_live(open_page, house):
    page = open_page()
    staff.sign_in(page)
    expect(page.locator("main")).to_contain_text("Plăți în așteptare de decizie")

    search(page, "atelier no")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Atelier Nord S.R.L.")
    expect(page.locator("main")).to_contain_text("ORD-000004")

    page.get_by_role("link", name="PRO-000003").first.click()
    record_transfer(page, "OP 4471")
    expect(page.get_by_role("link", name=re.compile("^HCP"))).to_be_visible()
    mail = house.mail(people.STUDIO, "Factura HCP")
    assert any(part.get_content_type() == "application/pdf" for part in mail.iter_attachments())

    go(page, "domains", NAME, "Activ")
    go(page, "services", "WordPress Magazin", "Activ")
    go(page, "orders", "ORD-000004", "Finalizată")
    go(page, "payments", "OP 4471", "Transfer bancar")
    go(page, "jobs", "notifications.deliver", "Gata")
    go(page, "messages", people.STUDIO, "Predat")
    page.goto("/admin/audit?action=payment.settled")
    expect(page.locator("tbody")).to_contain_text("Ioana Marinescu")


def test_the_terminal_names_the_ways_in(house):
    said = (house.folder / "run.log").read_text()
    for words in (house.address, f"{house.address}/admin/", people.ADMIN.email, people.PASSWORD, people.TOTP_SECRET):
        assert words in said


def test_money_that_did_not_fit_is_seen_and_dealt_with(open_page):
    page = open_page()
    staff.sign_in(page, "facturare@hostcarpati.example")
    page.goto("/admin/payments/parked")
    page.locator("td.cell-title a").first.click()
    expect(page.locator("main")).to_contain_text("PRO-000002")
    page.locator("main form [name=resolution]").fill("Plata făcută a doua oară a fost returnată.")
    page.get_by_role("button", name="Închideți").click()
    expect(page.locator("main .alert")).to_contain_text("a fost închisă")
    expect(page.locator("main")).to_contain_text("Nicio plată în așteptare")


def search(page, words):
    """Look for something with the palette, and go to the first of what it finds."""
    page.keyboard.press("/")
    expect(page.locator("#palette-input")).to_be_focused()
    page.keyboard.type(words)
    page.keyboard.press("Enter")


def record_transfer(page, reference):
    asked = page.locator("#amount-help, #amount-hint, .field:has([name=amount])").first.inner_text()
    amount = re.search(r"[\d.]*\d,\d\d", asked)
    assert amount is not None, asked
    page.locator("[name=amount]").fill(amount[0])
    page.locator("[name=reference]").fill(reference)
    page.get_by_role("button", name="Înregistrați").click()


def go(page, section, row, state):
    """Look a row of a section's list up until it is in a state."""
    page.goto(f"/admin/{section}")
    found = page.locator("tbody tr", has_text=row).first
    expect(found).to_be_visible()
    for _ in range(60):
        if state in found.inner_text():
            return
        page.reload()
    expect(found).to_contain_text(state)
