"""`make screens`: every page at three widths, light and dark, in both languages, in a full and in an empty house.

`python -m tests.browser.screens FOLDER [VISIT…]` writes one picture a page and look, contact sheets, and `faults.txt`
with what the checks found; it ends with 1 where they found something. A VISIT such as `full-portal` leaves out others.
"""

import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page
from werkzeug.routing import Map

from tests.browser import checks, contact_sheets, readers
from tests.browser import house as houses
from tests.browser.house import House
from tests.browser.walk import Place, Reader
from tests.fixtures import chrome

WIDTHS = {390: 844, 768: 1024, 1440: 900}
SCHEMES = ("light", "dark")
_TALLEST = 8000
_AXE = {"ro": {(390, "light"), (1440, "dark")}, "en": {(390, "dark"), (1440, "light")}}
"""Where axe looks as well: it takes longest, and neither the language nor a few pixels change much for it."""
SETTINGS = {"full": {"demo_size": "15"}, "empty": {"demo": "false"}}
SETTLED = """async () => {
    const running = () => document.getAnimations().filter(one => one.effect.getComputedTiming().endTime !== Infinity);
    do {
        await Promise.allSettled(running().map(one => one.finished));
        await new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    } while (running().length > 0);
}"""


@dataclass(frozen=True)
class Visit:
    """What one browser looks at: the pages of one reader in one house."""

    state: str
    reader: Reader

    @property
    def name(self) -> str:
        """Return the name of the visit's folder and sheets."""
        return f"{self.state}-{self.reader.value}"


def main(folder: Path, names: list[str]) -> int:
    """Take all pictures, or those of the visits that are named; return how many faults the checks found."""
    visits = [Visit(state, reader) for state, reader in product(SETTINGS, Reader)]
    chosen = [visit for visit in visits if not names or visit.name in names]
    with ProcessPoolExecutor(2) as pool:
        states = [state for state in SETTINGS if any(visit.state == state for visit in chosen)]
        found = list(pool.map(partial(_visit_all, folder, chosen), states))
    faults = [fault for part in found for fault in part]
    (folder / "faults.txt").write_text("".join(f"{fault}\n" for fault in faults))
    contact_sheets.write(folder)
    pictures = len(list(folder.glob("*/*.jpg")))
    print(f"{pictures} pictures in {folder}, {len(faults)} faults; open {folder}/index.html")  # noqa: T201
    return len(faults)


def _visit_all(folder: Path, visits: list[Visit], state: str) -> list[str]:
    """Start a house and take the pictures of all its readers; return the faults."""
    with tempfile.TemporaryDirectory() as own, chrome.opened() as browser:
        urls = readers.url_map(Path(own))
        with houses.running(Path(own), **SETTINGS[state]) as house:
            chosen = [visit for visit in visits if visit.state == state]
            faults = []
            for visit in chosen:
                for fault in _visit(browser, house, urls, visit, folder / visit.name):
                    print(fault, flush=True)  # noqa: T201
                    faults.append(fault)
            return faults


def _visit(browser: Browser, house: House, urls: Map, visit: Visit, folder: Path) -> Iterator[str]:
    folder.mkdir(parents=True, exist_ok=True)
    if visit.state == "full":
        who = readers.arrive(browser, house.address, visit.reader)
    else:
        who = readers.newcome(browser, house, visit.reader)
    places = readers.places(browser, house.address, urls, visit.reader, who)
    for language, locale in readers.LOCALES.items():
        complaints: list[str] = []
        with browser.new_context(
            base_url=house.address, storage_state=who.cookies[language], locale=locale, reduced_motion="reduce"
        ) as context:
            checks.listen(context, complaints)
            page = context.new_page()
            for place in places:
                yield from _picture(page, place, folder, language)
        yield from (f"{visit.name} {language} {complaint}" for complaint in complaints)


def _picture(page: Page, place: Place, folder: Path, language: str) -> Iterator[str]:
    """Take the pictures of a page in one language; yield what the checks find on them."""
    name = place.kind.strip("/").replace("/", ".") or "home"
    page.goto(place.path)
    for (width, height), scheme in product(WIDTHS.items(), SCHEMES):
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        page.evaluate(SETTLED)
        look = f"{width}-{scheme}-{language}"
        found = [*checks.misfits(page), *(checks.barriers(page) if (width, scheme) in _AXE[language] else ())]
        yield from (f"{folder.name} {look} {place.path}: {fault}" for fault in found)
        _whole(page, folder / f"{look}.{name}.jpg", width)


def _whole(page: Page, file: Path, width: int) -> None:
    """Take a picture from the head to the foot, on a screen so high that bars at its foot cover nothing."""
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": width, "height": min(height, _TALLEST)})
    page.screenshot(path=file, full_page=True, type="jpeg", quality=80)


if __name__ == "__main__":
    sys.exit(1 if main(Path(sys.argv[1]), sys.argv[2:]) else 0)
