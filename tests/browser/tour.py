"""`make tour`: the pictures of the README, taken from an installation with its demonstration.

`python -m tests.browser.tour FOLDER` writes each as a WebP of at most 200 KB. Buyers' pages are in Romanian, the
portal's and the staff's in English.
"""

import io
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser import house as houses
from tests.browser import readers, screens, shopping
from tests.browser.walk import Reader
from tests.fixtures import chrome

_MOST = 200_000
_DESK = {"width": 1280, "height": 800}
_PHONE = {"width": 390, "height": 844}


def main(folder: Path) -> None:
    """Take all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as own,
        houses.running(Path(own), demo_size="60") as house,
        chrome.opened() as browser,
    ):
        for take in (_shop, _checkout, _portal, _desk):
            take(browser, house.address, folder)


def _shop(browser: Browser, address: str, folder: Path) -> None:
    with browser.new_context(base_url=address, locale="ro-RO", viewport=_DESK, reduced_motion="reduce") as context:
        page = context.new_page()
        page.goto("/")
        _keep(page, folder / "shop.webp")


def _checkout(browser: Browser, address: str, folder: Path) -> None:
    with browser.new_context(
        base_url=address, locale="ro-RO", viewport=_DESK, device_scale_factor=2, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        readers.fill_shop(page)
        page.set_viewport_size(_PHONE)
        page.goto("/cart")
        cart = page.screenshot()
        page.goto("/checkout/review")
        review = page.screenshot()
    both = [Image.open(io.BytesIO(picture)) for picture in (cart, review)]
    _write(_beside(both), folder / "checkout-phone.webp")


def _portal(browser: Browser, address: str, folder: Path) -> None:
    who = readers.arrive(browser, address, Reader.MEMBER)
    with browser.new_context(
        base_url=address, storage_state=who.cookies["en"], viewport=_DESK, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        page.goto(who.home)
        _keep(page, folder / "portal.webp")
        shopping.to(page, "documents")
        page.locator("td.cell-title a[href*='/inv_']").first.click()
        pdf = context.request.get(page.locator("main a[href$='/pdf']").first.get_attribute("href") or "").body()
        sheet = pypdfium2.PdfDocument(pdf)[0].render(scale=1.6).to_pil()
        _write(sheet.convert("RGB"), folder / "invoice.webp")


def _desk(browser: Browser, address: str, folder: Path) -> None:
    who = readers.arrive(browser, address, Reader.STAFF)
    with browser.new_context(
        base_url=address, storage_state=who.cookies["en"], viewport=_DESK, reduced_motion="reduce"
    ) as context:
        page = context.new_page()
        page.goto("/admin/")
        _keep(page, folder / "desk.webp")
        page.emulate_media(color_scheme="dark")
        page.keyboard.press("Control+k")
        page.keyboard.type("brut")
        expect(page.locator("#palette-hits")).to_contain_text("Brutăria")
        _keep(page, folder / "palette.webp")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Brutăria")
        page.emulate_media(color_scheme="light")
        _keep(page, folder / "customer.webp")


def _keep(page: Page, file: Path) -> None:
    page.evaluate(screens.SETTLED)
    _write(Image.open(io.BytesIO(page.screenshot())), file)


def _beside(pictures: list[Image.Image]) -> Image.Image:
    gap = 40
    width = sum(picture.width for picture in pictures) + gap * (len(pictures) - 1)
    sheet = Image.new("RGB", (width, max(picture.height for picture in pictures)), "white")
    left = 0
    for picture in pictures:
        sheet.paste(picture, (left, 0))
        left += picture.width + gap
    return sheet


def _write(picture: Image.Image, file: Path) -> None:
    for quality in range(90, 30, -10):
        picture.save(file, quality=quality, method=6)
        if file.stat().st_size <= _MOST:
            return
    raise AssertionError(f"{file} stays larger than {_MOST} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
