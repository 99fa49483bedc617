"""Letting a request in: who it is, what the route demands, and the scope its view runs under.

A surface gives its mounted blueprints a `Gate`; without one a blueprint cannot be mounted. The gate runs before
the view, and what it opened is closed when the request ends.
"""

from collections.abc import Callable
from contextlib import ExitStack
from urllib.parse import quote, urlsplit

from flask import Flask, Response, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from praho.core.db.scope import Scope, entered
from praho.core.permissions import Permission
from praho.core.principal import Principal, acting_as
from praho.core.web import htmx
from praho.core.web.blueprints import SurfaceBlueprint

SIGN_IN_ENDPOINT = "account.sign_in"

Admission = tuple[Principal, Scope]
Gate = Callable[[Permission], Admission | BaseResponse]
"""Says who asks and under which scope, or answers in the view's place; it aborts with 403 or 404 otherwise."""


def mount(app: Flask, blueprint: SurfaceBlueprint, gate: Gate, url_prefix: str | None = None) -> None:
    """Register a blueprint behind its surface's gate."""

    def admit() -> BaseResponse | None:
        permission = blueprint.permissions.get((request.endpoint or "").rpartition(".")[2])
        if permission is None:
            abort(404)
        admission = gate(permission)
        if isinstance(admission, BaseResponse):
            return admission
        principal, scope = admission
        run_as(principal, scope)
        g.surface = blueprint.surface
        return None

    app.register_blueprint(blueprint, url_prefix=url_prefix)
    # On the application and not on the blueprint, which a second application of the process mounts as well.
    app.before_request_funcs.setdefault(blueprint.name, []).append(admit)


def run_as(principal: Principal, scope: Scope) -> None:
    """Run the rest of this request as `principal`, under `scope`."""
    stack: ExitStack = g.setdefault("access", ExitStack())
    stack.enter_context(acting_as(principal))
    stack.enter_context(entered(scope))


def close(_error: BaseException | None = None) -> None:
    """Leave what the request entered; wired as the application's teardown."""
    stack: ExitStack | None = g.pop("access", None)
    if stack is not None:
        stack.close()


def to_sign_in() -> BaseResponse:
    """Send the browser to sign in and back; a fragment's request is told so by a header, with 401."""
    address = url_for(SIGN_IN_ENDPOINT, next=_way_back())
    if htmx.is_fragment_request():
        return Response(status=401, headers={"HX-Redirect": address})
    return redirect(address)


def came_from() -> str | None:
    """Return the address of this site, with its query, from which the browser says it came; None for any other."""
    try:
        parts = urlsplit(request.referrer or "")
    except ValueError:
        return None
    if parts.netloc != request.host:
        return None
    address = quote(parts.path, safe="/%") + (f"?{parts.query}" if parts.query else "")
    return safe_next(address, "/")


def safe_next(target: str | None, otherwise: str) -> str:
    """Return `target` where it is a path of this site, else `otherwise`."""
    if not target:
        return otherwise
    try:
        parts = urlsplit(target)
    except ValueError:
        return otherwise
    if parts.scheme or parts.netloc or not target.startswith("/") or target.startswith(("//", "/\\")):
        return otherwise
    return target


def _way_back() -> str:
    if htmx.is_fragment_request():
        current = urlsplit(request.headers.get("HX-Current-URL", "/"))
        return quote(current.path, safe="/") + (f"?{current.query}" if current.query else "")
    if request.method == "GET":
        return request.full_path.rstrip("?")
    return came_from() or "/"
