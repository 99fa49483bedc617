"""What a new customer does in the shop and in the portal, by the words of the language that the pages are in."""

import re
from dataclasses import dataclass

from playwright.sync_api import Page, expect


@dataclass(frozen=True)
class Words:
    """The words by which a reader finds the way."""

    add: str
    checkout: str
    go_on: str
    order: str
    proforma: str
    pay: str
    approve: str
    paid: str
    live: str
    show_password: str
    yes: str
    active: str


ROMANIAN = Words(
    add="Adăugați în coș",
    checkout="Spre finalizarea comenzii",
    go_on="Continuați",
    order="Comandă cu obligație de plată",
    proforma="proforma PRO-",
    pay="Plătiți cu cardul",
    approve="Plătește",
    paid="Plata a reușit",
    live="Totul din această comandă este activ.",
    show_password="Afișați parola",
    yes="Da, continuați",
    active="Activ",
)
ENGLISH = Words(
    add="Add to the cart",
    checkout="Go to checkout",
    go_on="Go on",
    order="Order with the obligation to pay",
    proforma="proforma PRO-",
    pay="Pay by card",
    approve="Pay",
    paid="The payment succeeded",
    live="Everything in this order is live.",
    show_password="Show the password",
    yes="Yes, go on",
    active="Active",
)


def fill_cart(page: Page, words: Words, name: str) -> None:
    """From the first page: search a name, put it under .ro into the cart, and choose a plan for it."""
    page.goto("/")
    page.locator("main input[name=q]").fill(name)
    page.locator("main input[name=q]").press("Enter")
    found = page.locator("form", has=page.locator(f"input[value='{name}.ro']"))
    found.get_by_role("button").click()
    expect(page.locator("#cart-count")).to_have_text("1")
    page.locator("header nav a[href='/hosting']").click()
    page.locator("a[href^='/plans/gazduire-standard']").click()
    page.locator("input[name=cycle][value=annual]").check()
    expect(page.locator("input[name=where][value=cart]")).to_be_checked()
    page.get_by_role("button", name=words.add).click()
    expect(page.locator("#cart-count")).to_have_text("2")
    page.get_by_role("link", name=words.checkout).click()


def fill_checkout(page: Page, values: dict[str, str], *, kind: str, county: str) -> None:
    """Fill in the first step of the checkout: the account, and who buys."""
    page.locator(f"input[name=kind][value={kind}]").check()
    for name, value in values.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("select[name=county]").select_option(county)


def go_on(page: Page, words: Words) -> None:
    """Send the first step."""
    page.locator("#details").get_by_role("button", name=words.go_on, exact=True).last.click()


def order(page: Page, words: Words) -> None:
    """From the review: agree to the terms, order, and come to the page that asks for the money."""
    page.wait_for_url("**/checkout/review")
    page.locator("input[name=terms]").check()
    page.get_by_role("button", name=words.order).click()
    page.wait_for_url("**/pay")
    expect(page.locator("main")).to_contain_text(words.proforma)


def pay_by_card(page: Page, words: Words) -> None:
    """From an open proforma: pay on the bank's page, come back, and wait until the payment is known."""
    shop = page.url
    page.get_by_role("button", name=words.pay).click()
    page.wait_for_url(re.compile(r".*/pay/.*"))
    assert not page.url.startswith(origin(shop))
    page.get_by_role("button", name=words.approve, exact=True).click()
    page.wait_for_url(re.compile(re.escape(origin(shop)) + ".*/payments/.*"))
    expect(page.locator("#attempt")).to_contain_text(words.paid)


def see_it_live(page: Page, words: Words, name: str) -> None:
    """Watch the order until all of it is live; then the service and the domain say so with their terms."""
    to(page, "orders")
    page.locator("td.cell-title a").first.click()
    expect(page.locator("#progress-of-order")).to_contain_text(words.live)
    for section in ("services", "domains"):
        to(page, section)
        row = page.locator("tbody tr", has_text=f"{name}.ro")
        expect(row).to_contain_text(words.active)
        row.locator("td.cell-title a").click()
        expect(page.locator("main")).to_contain_text(f"{name}.ro")


def reveal_password(page: Page, words: Words) -> str:
    """Have the password of the first service shown, and see that it is not shown a second time."""
    to(page, "services")
    page.locator("td.cell-title a").first.click()
    page.get_by_role("button", name=words.show_password).click()
    page.get_by_role("button", name=words.yes).click()
    shown = page.locator("#access [data-copy]").last
    expect(page.locator("#access .alert")).to_be_visible()
    password = shown.get_attribute("data-copy") or ""
    page.reload()
    expect(page.get_by_role("button", name=words.show_password)).to_have_count(0)
    assert password not in page.content()
    return password


def to(page: Page, section: str) -> None:
    """Go to a section of the portal by its navigation."""
    link = page.locator(f"aside a[href$='/{section}'], nav a[href$='/{section}']").first
    link.click()
    page.wait_for_url(re.compile(f".*/{section}$"))


def origin(address: str) -> str:
    """Return the scheme and host of an address."""
    found = re.match(r"https?://[^/]+", address)
    assert found is not None
    return found[0]
