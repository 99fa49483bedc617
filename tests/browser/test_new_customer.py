"""The whole story of a new customer: as a company in Romanian, as a person in English, and at a phone."""

import re
import time
from io import BytesIO

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import checks, shopping
from tests.browser.conftest import PHONE
from tests.fixtures.mails import link_in

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MINUTE = 60
PASSWORD = "un brad si doi molizi 26"


def seconds_to_live(page, words, house, name, email, invoice):
    """Pay the proforma at hand and return how long it took until all was live and everybody told."""
    shopping.pay_by_card(page, words)
    paid = time.monotonic()
    page.locator("#attempt a").first.click()
    shopping.see_it_live(page, words, name)
    mail = house.mail(email, invoice)
    [pdf] = [part for part in mail.iter_attachments() if part.get_content_type() == "application/pdf"]
    assert name in PdfReader(BytesIO(pdf.get_content())).pages[0].extract_text()
    return time.monotonic() - paid


def content(page, kind):
    """Fetch the file of a kind that the page links to, as the browser that is signed in."""
    answer = page.context.request.get(page.locator(f"main a[href$='/{kind}']").first.get_attribute("href"))
    assert answer.ok
    return answer.body()


def test_a_company_in_romanian(open_page, house):
    page, words, email = open_page(), shopping.ROMANIAN, "ioana@fabrica-de-scaune.example"
    shopping.fill_cart(page, words, "fabrica-de-scaune")
    values = {
        "full_name": "Ioana Scăunaș",
        "account_email": email,
        "password": PASSWORD,
        "name": "Fabrica de Scaune S.R.L.",
        "cui": "RO97004128",
        "reg_com": "J08/100/2020",
        "phone": "0268 555 100",
        "street": "Strada Lungă nr. 5",
        "city": "Brașov",
        "post_code": "500001",
    }
    shopping.fill_checkout(page, values, kind="company", county="RO-BV")
    shopping.go_on(page, words)
    expect(page.locator("#cui-error")).to_contain_text("cifra de control")
    for name in ("full_name", "account_email", "name", "street", "city", "post_code"):
        expect(page.locator(f"[name={name}]")).to_have_value(values[name])
    page.locator("[name=cui]").fill("RO97004129")
    shopping.go_on(page, words)
    shopping.order(page, words)
    assert seconds_to_live(page, words, house, "fabrica-de-scaune", email, "Factura HCP") < MINUTE

    shopping.to(page, "documents")
    page.get_by_role("link", name=re.compile("^HCP")).click()
    assert content(page, "pdf").startswith(b"%PDF")
    assert b"<cbc:CompanyID>RO97004129</cbc:CompanyID>" in content(page, "xml")
    assert len(shopping.reveal_password(page, words)) >= 12


def test_a_person_in_english(open_page, house):
    page, words, email = open_page(), shopping.ENGLISH, "mara@dunare.example"
    page.goto("/")
    page.locator("header details[data-menu] summary").first.click()
    page.get_by_role("link", name="English").click()
    shopping.fill_cart(page, words, "mara-by-the-danube")
    values = {
        "full_name": "Mara Dunăreanu",
        "account_email": email,
        "password": PASSWORD,
        "phone": "0722 555 301",
        "street": "Strada Portului 12",
        "city": "Galați",
    }
    shopping.fill_checkout(page, values, kind="person", county="RO-GL")
    shopping.go_on(page, words)
    shopping.order(page, words)
    assert seconds_to_live(page, words, house, "mara-by-the-danube", email, "Invoice HCP") < MINUTE

    assert len(shopping.reveal_password(page, words)) >= 12
    page.goto(link_in(house.mail(email, "Confirm your e-mail address"), "/confirm/"))
    page.locator("main form button[type=submit]").click()
    expect(page.locator(".alert.tone-success")).to_contain_text("confirmed")


def test_the_checkout_at_a_phone(open_page):
    """From the search to the bank and back on 390 px, by touch; each page fits, and what to press is in sight."""
    page, words = open_page(viewport=PHONE, phone=True), shopping.ROMANIAN
    page.goto("/")
    page.locator("main input[name=q]").fill("florarie-la-telefon")
    page.locator("main form[role=search] button").tap()
    page.get_by_role("button", name="Adăugați în coș: florarie-la-telefon.ro").tap()
    page.locator("#results a[href='/cart']").tap()
    page.wait_for_url("**/cart")
    assert_fits(page)
    onwards = page.get_by_role("link", name=words.checkout)
    expect(onwards).to_be_in_viewport()
    onwards.tap()
    page.wait_for_url("**/checkout")
    assert_fits(page)
    keyboards = {"account_email": "email", "phone": "tel", "password": "password", "full_name": "text"}
    assert {name: page.locator(f"[name={name}]").get_attribute("type") for name in keyboards} == keyboards
    values = {
        "full_name": "Flori Petală",
        "account_email": "flori@florarie",
        "password": PASSWORD,
        "phone": "0733 555 010",
        "street": "Bulevardul Unirii 3",
        "city": "Sector 4",
    }
    shopping.fill_checkout(page, values, kind="person", county="RO-B")
    shopping.go_on(page, words)
    expect(page.locator("#account_email-error")).to_be_visible()
    assert_fits(page)
    page.locator("[name=account_email]").fill("flori@florarie.example")
    shopping.go_on(page, words)
    page.wait_for_url("**/checkout/review")
    assert_fits(page)
    shopping.order(page, words)
    assert_fits(page)
    expect(page.get_by_role("button", name=words.pay)).to_be_in_viewport()
    shopping.pay_by_card(page, words)
    assert_fits(page)


def test_prices_without_vat_for_a_company_stay(open_page):
    page = open_page()
    page.goto("/hosting")
    page.get_by_role("button", name="Firmă, fără TVA").click()
    expect(page.get_by_role("button", name="Firmă, fără TVA")).to_have_attribute("aria-pressed", "true")
    page.goto("/domains")
    expect(page.get_by_role("button", name="Firmă, fără TVA")).to_have_attribute("aria-pressed", "true")


def assert_fits(page):
    """Everything fits the screen, and everybody can use it."""
    assert [*checks.misfits(page), *checks.barriers(page)] == []
