"""One handler for refusals and one for failures: as a page, a fragment or JSON, always with the request's id."""

from typing import Any

import structlog
from flask import Flask, Response, current_app, flash, g, jsonify, make_response, redirect, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from praho.core.errors import PrahoError, TooManyRequests
from praho.core.i18n import gettext as _
from praho.core.request_id import current_request_id
from praho.core.web import access, htmx
from praho.core.web.blueprints import Surface, SurfaceBlueprint

_ZERO_BYTE = "NUL (0x00)"

log = structlog.get_logger(__name__)


def install(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(PrahoError, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(DataError, _unstorable)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(500, _failed)


def _refused(error: PrahoError) -> Response:
    response = _answer(error.http_status, error.code, error.message)
    if isinstance(error, TooManyRequests):
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def _stale_form(_error: CSRFError) -> BaseResponse:
    """Lead back to the page of the form, which asks whoever has to sign in to do so first."""
    back, blueprint = access.came_from(), current_app.blueprints.get(request.blueprint or "")
    gated = isinstance(blueprint, SurfaceBlueprint) and blueprint.surface in (Surface.ADMIN, Surface.PORTAL)
    if back is None or not gated or _wants_json():
        return _answer(400, "stale_form", _("This form has expired. Please open the page again."))
    flash(_("The form had expired, so nothing was sent. Please fill it in once more."), "warning")
    if htmx.is_fragment_request():
        return Response(status=400, headers={"HX-Redirect": back})
    return redirect(back, 303)


def _http(error: HTTPException) -> Any:
    status = error.code or 500
    if status < 400:
        return error
    if status >= 500:
        return _failed(error)
    response = _answer(status, error.name.lower().replace(" ", "_"), _sentence(status))
    for name, value in error.get_headers():
        if name.lower() == "allow":
            response.headers[name] = value
    return response


def _unstorable(error: DataError) -> Response:
    """Answer 400 where somebody sent a zero byte, which PostgreSQL keeps in no text; anything else is a failure."""
    if _ZERO_BYTE not in str(error.orig):
        return _failed(error)
    g.pop("surface", None)
    return _answer(400, "bad_request", _sentence(400))


def _failed(error: Exception) -> Response:
    # The transaction may be what failed: a page without its surface asks the database nothing.
    g.pop("surface", None)
    log.error("request failed", exc_info=getattr(error, "original_exception", None) or error)
    return _answer(500, "failed", _("Something went wrong on our side. Nothing was lost; please try again."))


def _sentence(status: int) -> str:
    return {
        403: _("You do not have the right to do this."),
        404: _("This page does not exist, or it is not yours."),
        405: _("This address does not take this kind of request."),
        413: _("What you sent is too large."),
        429: _("Too many tries. Please wait a little and try again."),
    }.get(status, _("This request could not be understood."))


def _answer(status: int, code: str, message: object) -> Response:
    reference = current_request_id()
    if _wants_json():
        body: Any = jsonify(code=code, message=str(message), request_id=reference)
    elif htmx.is_fragment_request():
        body = render_template("errors/_error.html", status=status, message=message, reference=reference)
    else:
        back = access.came_from() if request.method == "POST" else None
        body = render_template("errors/error.html", status=status, message=message, reference=reference, back=back)
    response = make_response(body, status)
    if htmx.is_fragment_request():
        response.headers["HX-Retarget"] = "#toasts"
        response.headers["HX-Reswap"] = "beforeend"
    return response


def _wants_json() -> bool:
    if request.path.startswith(("/webhooks/", "/health", "/api/")):
        return True
    return request.accept_mimetypes.best_match(["text/html", "application/json"]) == "application/json"
