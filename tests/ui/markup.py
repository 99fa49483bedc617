"""Finds what is wrong with a page's markup without a browser."""

import re
from collections import Counter
from html.parser import HTMLParser

from bs4 import BeautifulSoup, Tag

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
REFERENCES = ("for", "aria-describedby", "aria-labelledby", "commandfor", "popovertarget", "form")


class Nesting(HTMLParser):
    """Elements must be closed in the order in which they were opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.faults: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in VOID:
            self.open.append(tag)
        names = [name for name, _ in attrs]
        self.faults += [f"<{tag}> has {name} twice" for name, times in Counter(names).items() if times > 1]

    def handle_startendtag(self, tag, attrs):
        """`<use/>` and its kind open nothing."""

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> at {self.getpos()} closes {self.open[-1:]}")
        if tag in self.open:
            while self.open.pop() != tag:
                pass


def faults(html: str) -> list[str]:
    """Return everything wrong with a whole page: nesting, ids, references, names, styles, handlers."""
    nesting = Nesting()
    nesting.feed(html)
    page = BeautifulSoup(html, "lxml")
    # What stands in a template gets its names and its neighbours from the script that uses it.
    for template in page.find_all("template"):
        template.decompose()
    found = nesting.faults + [f"<{tag}> is never closed" for tag in nesting.open]
    found += _identity(page) + _names(page) + _policy(page)
    if not html.lstrip().lower().startswith("<!doctype html>"):
        found.append("no doctype")
    for element, wanted in (("h1", 1), ("main", 1), ("title", 1)):
        if len(page.find_all(element)) != wanted:
            found.append(f"{len(page.find_all(element))} <{element}>")
    return found


def _identity(page: BeautifulSoup) -> list[str]:
    ids = Counter(element["id"] for element in page.find_all(id=True))
    found = [f"id {name} occurs {times} times" for name, times in ids.items() if times > 1]
    for attribute in REFERENCES:
        for element in page.find_all(attrs={attribute: True}):
            value = element[attribute]
            names = value if isinstance(value, list) else str(value).split()
            found += [f"{attribute} names {name}, which is not there" for name in names if name not in ids]
    for link in page.find_all("a", href=re.compile("^#.")):
        if link.find_parent(attrs={"data-error-summary": True}) and link["href"][1:] not in ids:
            found.append(f"the summary of errors leads to {link['href']}, which is not there")
    return found


def _names(page: BeautifulSoup) -> list[str]:
    found = [f"no type: {button}" for button in page.find_all("button") if not button.get("type")]
    controls = [c for c in page.find_all(["input", "select", "textarea"]) if c.get("type") not in ("hidden", "submit")]
    found += [f"no label: {control}" for control in controls if not _label(page, control)]
    found += [f"no text: {button}" for button in page.find_all(["button", "summary", "a"]) if not _text(button)]
    return found


def _policy(page: BeautifulSoup) -> list[str]:
    found = [f"style: {element.name}" for element in page.find_all(style=True)]
    found += [f"<style>: {element}" for element in page.find_all("style")]
    for element in page.find_all(True):
        found += [f"handler {name}" for name in element.attrs if name.startswith(("on", "hx-on"))]
    found += [f"inline or without nonce: {s}" for s in page.find_all("script") if s.string or not s.get("nonce")]
    forms = page.find_all("form", method="post")
    found += [
        f"no CSRF token: {form.get('action')}" for form in forms if not form.find("input", {"name": "csrf_token"})
    ]
    found += [f"a form inside a form: {form.get('action')}" for form in page.find_all("form") if form.find("form")]
    return found


def _label(page: BeautifulSoup, control: Tag) -> bool:
    if control.get("aria-label") or control.find_parent("label"):
        return True
    return page.find("label", attrs={"for": control.get("id")}) is not None


def _text(element: Tag) -> bool:
    return bool(element.get("aria-label") or element.get_text(strip=True))
