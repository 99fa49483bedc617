"""The security headers of every answer, and the nonce that our own scripts carry. One owner of the policy."""

import secrets

from flask import Flask, g, request
from werkzeug.wrappers import Response


def nonce() -> str:
    """Return this request's nonce; templates put it on their script tags."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def install(app: Flask, *, https: bool) -> None:
    """Send the headers with every answer. `https` adds HSTS."""

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", _policy(https))
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        if https:
            response.headers.setdefault("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    app.jinja_env.globals["csp_nonce"] = nonce


def _policy(https: bool) -> str:
    parts = [
        "default-src 'none'",
        f"script-src 'self' 'nonce-{nonce()}'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ]
    return "; ".join([*parts, "upgrade-insecure-requests"] if https else parts)
