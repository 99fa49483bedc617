"""The application: every domain, mounted behind its surface. The only module that knows all domains."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import flask
from flask import Flask
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from whitenoise import WhiteNoise

from praho import ui
from praho.admin import chrome as admin_chrome
from praho.admin import surface as admin_surface
from praho.audit import module as audit
from praho.billing import module as billing
from praho.catalogue import module as catalogue
from praho.config import Config
from praho.core import clock, crash, crypto, i18n
from praho.core.db import engine
from praho.core.domain import Domain, Registry, install, registry
from praho.core.jobs import celery_driver, queueing
from praho.core.jobs.running import Jobs
from praho.core.web import access, error_pages, htmx, request_ids, security_headers
from praho.core.web.blueprints import Surface
from praho.customers import module as customers
from praho.domains import module as domains
from praho.integrations import module as integrations
from praho.integrations.services import loading
from praho.notifications import module as notifications
from praho.operations import module as operations
from praho.orders import module as orders
from praho.portal import chrome as portal_chrome
from praho.portal import surface as portal_surface
from praho.provisioning import module as provisioning
from praho.reports import module as reports
from praho.settings import module as settings
from praho.ui import environment
from praho.users import module as users
from praho.webhooks import surface as webhooks_surface

DOMAINS: tuple[Domain, ...] = (
    audit.DOMAIN,
    settings.DOMAIN,
    notifications.DOMAIN,
    integrations.DOMAIN,
    users.DOMAIN,
    customers.DOMAIN,
    catalogue.DOMAIN,
    billing.DOMAIN,
    domains.DOMAIN,
    provisioning.DOMAIN,
    orders.DOMAIN,
    operations.DOMAIN,
    reports.DOMAIN,
)
"""Lowest first: the order of the floors is the order in which subscribers hear an event."""

STATIC = Path(ui.__file__).parent / "static"
_LONGEST_FORM = 2 * 1024 * 1024
_YEAR = 31_536_000


def create_app(config: Config) -> Flask:
    """Build the application for a configuration whose `database_url` is set."""
    domains = start_kernel(config)
    app = Flask("praho", static_folder=None, template_folder=None)
    app.jinja_environment = environment.Environment
    app.config.update(
        SECRET_KEY=_secret(config.secret_key),
        MAX_CONTENT_LENGTH=_LONGEST_FORM,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=config.base_url.startswith("https://"),
        SESSION_COOKIE_NAME="praho_session",
        # An answer that comes late, of a page that looks for news, must not bring an older session back.
        SESSION_REFRESH_EACH_REQUEST=False,
        WTF_CSRF_TIME_LIMIT=None,
        PRAHO=config,
    )
    request_ids.install(app)
    i18n.init_app(app)
    environment.init_app(app)
    CSRFProtect(app)
    security_headers.install(app, https=config.base_url.startswith("https://"))
    error_pages.install(app)
    app.teardown_request(access.close)
    app.context_processor(_chrome)
    webhooks_surface.mount(app, domains)
    portal_surface.mount(app, domains)
    admin_surface.mount(app, domains)
    app.static_folder = str(STATIC)
    # Addresses carry a fingerprint of the content (praho.ui.assets), so browsers may keep the files for a year.
    app.wsgi_app = WhiteNoise(app.wsgi_app, root=STATIC, prefix="static/", max_age=_YEAR)  # type: ignore[method-assign]
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    return app


def _chrome() -> dict[str, Any]:
    """Give a page what its surface's layout shows around it; fragments and mails need none."""
    if not flask.has_request_context() or "surface" not in flask.g or htmx.is_fragment_request():
        return {}
    surface: Surface = flask.g.surface
    if surface is Surface.ADMIN:
        return admin_chrome.admin()
    return portal_chrome.portal() if surface is Surface.PORTAL else portal_chrome.storefront()


def start_kernel(config: Config, domains: Iterable[Domain] = ()) -> Registry:
    """Put clock, keys, database and domains in force for this process; what every entry point begins with."""
    if config.database_url is None:
        raise ValueError("no database: set PRAHO_DATABASE_URL, or use `praho run`")
    clock.move_to(config.clock)
    crash.arm(config.crash_at)
    crypto.configure(_secret(config.encryption_keys))
    engine.connect(config.database_url.get_secret_value(), pool_size=config.database_pool_size)
    if config.redis_url is not None:
        queueing.use_nudge(celery_driver.Nudge(config.redis_url.get_secret_value()))
    loading.load_plugins()
    return install(tuple(domains) or DOMAINS)


def jobs(app: Flask) -> Jobs:
    """Return the runner of the application's jobs; handlers run inside its context."""
    return Jobs(registry().job_handlers, app.app_context)


def _secret(value: object) -> str:
    get = getattr(value, "get_secret_value", None)
    if get is None:
        raise ValueError("a secret is missing in the configuration")
    return str(get())
