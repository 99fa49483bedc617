"""htmx manners: a fragment and its full page are the same template, and errors come back into the form."""

from collections.abc import Mapping
from typing import Any

from flask import Response, make_response, redirect, render_template, request
from werkzeug.wrappers import Response as BaseResponse


def is_fragment_request() -> bool:
    """Return whether htmx asks for a part of a page (and not for a boosted or restored whole one)."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def render(page: str, fragment: str | None = None, /, *, status: int = 200, **values: Any) -> Response:
    """Render the fragment for htmx, else the page that includes it; the answer says that it depends on that."""
    template = fragment if fragment is not None and is_fragment_request() else page
    response = make_response(render_template(template, **values), status)
    response.headers["Vary"] = "HX-Request"
    return response


def go_to(address: str, *, headers: Mapping[str, str] | None = None) -> BaseResponse:
    """Send the browser elsewhere after a command: 303, or htmx's own header for a fragment's request."""
    if is_fragment_request():
        return Response(status=204, headers={"HX-Redirect": address, **(headers or {})})
    return redirect(address, code=303)
