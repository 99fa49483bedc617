"""The one connection to ANAF as it is kept: how it stands, and what its locked row may be told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import current_app, has_app_context

from praho.billing.efactura.gateways import anaf_oauth, spv_types
from praho.config import Config
from praho.core import clock
from praho.core.db import locking
from praho.core.db.scope import session
from praho.core.errors import Conflict
from praho.core.i18n import gettext as _
from praho.models.billing.efactura import EfacturaConnection, EfacturaEnvironment, EfacturaState
from praho.settings.services import company

ONLY = 1
"""The id of the one row."""
_REFRESH_LASTS = timedelta(days=365)
_PATHS = {EfacturaEnvironment.TEST: "/test/FCTEL/rest", EfacturaEnvironment.PRODUCTION: "/prod/FCTEL/rest"}


@dataclass(frozen=True, slots=True)
class Connection:
    """How the connection stands; instants are in UTC. `asking`: somebody is on the way to ANAF's page."""

    environment: EfacturaEnvironment
    client_id: str
    state: EfacturaState
    access_ends_at: datetime | None
    refresh_ends_at: datetime | None
    connected_at: datetime | None
    refreshed_at: datetime | None
    trouble: str | None
    asking: bool


def configured() -> bool:
    """Say whether this installation calls ANAF at all."""
    config = _config()
    return config is not None and config.efactura is not None and config.efactura_login is not None


def standing() -> Connection | None:
    """Return how the connection stands, or None until an application is named. One query."""
    row = found()
    if row is None:
        return None
    return Connection(
        environment=row.environment,
        client_id=row.client_id,
        state=row.state,
        access_ends_at=row.access_ends_at,
        refresh_ends_at=row.refresh_ends_at,
        connected_at=row.connected_at,
        refreshed_at=row.refreshed_at,
        trouble=row.trouble,
        asking=is_asking(row),
    )


def found() -> EfacturaConnection | None:
    """Return the row, to be read; None until an application is named."""
    return session().get(EfacturaConnection, ONLY)


def locked() -> EfacturaConnection | None:
    """Lock the row and return it as it is now."""
    return locking.lock_one(EfacturaConnection, ONLY)


def keep_tokens(row: EfacturaConnection, tokens: anaf_oauth.Tokens) -> None:
    """Write both tokens into the locked row at once; an end that ANAF does not tell is the earliest that it may be."""
    row.version += 1
    row.access_token, row.access_ends_at = tokens.access, tokens.access_ends_at
    if tokens.refresh is not None:
        row.refresh_token = tokens.refresh
        row.refresh_ends_at = tokens.refresh_ends_at or row.refresh_ends_at or clock.now() + _REFRESH_LASTS
    row.trouble, row.refreshing_until, row.refreshed_at = None, None, clock.now()


def forget_tokens(row: EfacturaConnection) -> None:
    """Take the tokens out of the locked row, and whatever was begun with them."""
    row.version += 1
    row.state, row.trouble = EfacturaState.DISCONNECTED, None
    row.access_token, row.access_ends_at, row.refresh_token, row.refresh_ends_at = None, None, None, None
    row.connected_at, row.refreshed_at, row.refreshing_until = None, None, None
    row.asked, row.asked_until = None, None


def client_of(row: EfacturaConnection) -> anaf_oauth.Client:
    """Return the application with its secret, and the page where it is authorized."""
    config = _config()
    login_url = None if config is None else config.efactura_login
    if login_url is None or row.client_secret is None:
        raise Conflict(_("This installation does not call ANAF."))
    return anaf_oauth.Client(login_url, row.client_id, row.client_secret)


def access_of(row: EfacturaConnection) -> spv_types.Access | None:
    """Return as whom ANAF is called by a row, or None where its token has ended or something is missing."""
    config, cif = _config(), company.seller().cui
    if row.access_token is None or row.access_ends_at is None or row.access_ends_at <= clock.now():
        return None
    if config is None or config.efactura is None or not cif:
        return None
    return spv_types.Access(cif, row.access_token, config.efactura + _PATHS[row.environment])


def is_asking(row: EfacturaConnection) -> bool:
    """Say whether somebody may still come back from ANAF's page."""
    return row.asked_until is not None and row.asked_until > clock.machine_now()


def subject(row: EfacturaConnection) -> tuple[str, str]:
    """Return what the audit record names."""
    return ("efactura_connection", row.public_id)


def _config() -> Config | None:
    return current_app.config["PRAHO"] if has_app_context() else None
