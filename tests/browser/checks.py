"""What is measured on a page in the browser: does everything fit, can everybody use it, has the browser a complaint?"""

from functools import cache
from importlib import resources
from pathlib import Path

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

_FITS = (Path(__file__).parent / "checks.js").read_text()
_TELL_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", event =>
    console.error(`security policy: ${event.violatedDirective} refuses ${event.blockedURI} at ${event.sourceFile}`));
"""
# The rules of axe whose findings are serious or critical.
_AXE = """
async () => (await axe.run(document, {
    runOnly: axe._audit.rules
        .filter(rule => rule.enabled && !["minor", "moderate"].includes(rule.impact)).map(rule => rule.id),
    resultTypes: ["violations"],
    preload: false,
})).violations
    .filter(found => ["serious", "critical"].includes(found.impact))
    .flatMap(found => found.nodes.map(node =>
        `axe ${found.id}: ${node.target.join(" ")} (${node.any.concat(node.all).map(any => any.message)[0] ?? ""})`))
"""


def listen(context: BrowserContext, complaints: list[str]) -> None:
    """Have everything that the browser complains about on the pages of a context added to `complaints`.

    These are violations of the security policy, errors and warnings of scripts, requests that fail, and answers of 400
    and above, but for a form that is refused.
    """

    def said(message: ConsoleMessage) -> None:
        # Chromium repeats every answer of 400 and above here; they are judged where they arrive.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            complaints.append(f"{message.page.url if message.page else ''}: {message.text}")

    def answered(response: Response) -> None:
        refused_form = response.status == 422 and response.request.method == "POST"
        if response.status >= 400 and not refused_form:
            complaints.append(f"{response.url} answered {response.status}")

    def failed(request: Request) -> None:
        # What is under way when the page is left is cut off, polls above all.
        if request.failure != "net::ERR_ABORTED":
            complaints.append(f"{request.url}: {request.failure}")

    context.add_init_script(_TELL_VIOLATIONS)
    context.on("console", said)
    context.on("weberror", lambda error: complaints.append(f"{error.page.url if error.page else ''}: {error.error}"))
    context.on("response", answered)
    context.on("requestfailed", failed)


def misfits(page: Page) -> list[str]:
    """Return what is wider than the screen, cut off, or written over its box, a sentence each."""
    found: list[str] = page.evaluate(_FITS)
    return found


def barriers(page: Page) -> list[str]:
    """Return what axe-core calls serious or critical, a sentence for each element."""
    if not page.evaluate("typeof axe !== 'undefined'"):
        page.evaluate(_axe())
    found: list[str] = page.evaluate(_AXE)
    return found


@cache
def _axe() -> str:
    return (resources.files("axe_playwright_python") / "axe.min.js").read_text()
