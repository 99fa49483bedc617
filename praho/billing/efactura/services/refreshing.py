"""Renewing the authorization in time, and telling staff when it needs their certificate.

Each renewal gives new tokens of both kinds and may end the old ones, so one process at a time asks, and both are kept
in one transaction. If that process dies before, the next one asks with the old token: either it still works, or ANAF
answers `invalid_grant` and somebody must authorize anew.
"""

from datetime import date, timedelta
from typing import Any

import structlog
from sqlalchemy import Select, and_, func, or_, select

from praho.audit.services import recording
from praho.billing.efactura.gateways import anaf_oauth
from praho.billing.efactura.services import connection
from praho.core import clock, formatting
from praho.core.db.scope import SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.i18n import current_locale
from praho.core.i18n import gettext as _
from praho.models.billing.efactura import EfacturaConnection, EfacturaState

log = structlog.get_logger(__name__)

RENEW_BEFORE = timedelta(days=10)
"""How long before its end an access token is renewed."""
WARN_BEFORE = timedelta(days=30)
"""How long before the end of the refresh token staff are told, and once more at `URGENT_BEFORE`."""
URGENT_BEFORE = timedelta(days=10)
_OVERDUE_BEFORE = timedelta(days=5)
_CLAIM = timedelta(minutes=5)
# Of RFC 6749 section 5.2, those that no second try changes.
_FINAL = frozenset({"invalid_grant", "invalid_client", "unauthorized_client"})


def refresh_due() -> bool:
    """Renew the tokens where the access token ends soon; return whether new ones were kept."""
    claimed = _claim()
    if claimed is None:
        return False
    client, token, version = claimed
    try:
        tokens = anaf_oauth.refresh(client, token)
    except anaf_oauth.Refused as refusal:
        _note(version, str(refusal), broken=refusal.code in _FINAL)
        return False
    except anaf_oauth.NoAnswer as error:
        _note(version, str(error), broken=False)
        return False
    return _keep(version, tokens)


def alarm() -> str | None:
    """Return a sentence while the connection needs somebody, else None."""
    with entered(SystemScope("health check")):
        found = connection.standing()
    if found is None or found.state is EfacturaState.DISCONNECTED:
        return None
    if found.access_ends_at is None or found.refresh_ends_at is None:
        return None
    if found.state is EfacturaState.DENIED:
        return _("ANAF lets us send nothing to e-Factura: %(answer)s", answer=found.trouble or "")
    now, ends_on = clock.now(), _day(clock.local_date(found.access_ends_at))
    if found.access_ends_at <= now:
        return _("The authorization for e-Factura has ended. Connect to ANAF again, with the certificate.")
    if found.state is EfacturaState.BROKEN:
        return _("ANAF does not renew the authorization for e-Factura. Connect again before %(date)s.", date=ends_on)
    if found.access_ends_at - now <= _OVERDUE_BEFORE:
        return _("The authorization for e-Factura could not be renewed yet. It ends on %(date)s.", date=ends_on)
    return _ending(clock.local_date(found.refresh_ends_at))


def waiting() -> Select[Any]:
    """Return the statement that counts a connection that needs somebody."""
    stuck = EfacturaConnection.state.in_((EfacturaState.BROKEN, EfacturaState.DENIED))
    ends = or_(
        EfacturaConnection.access_ends_at <= clock.now() + _OVERDUE_BEFORE,
        EfacturaConnection.refresh_ends_at <= clock.now() + WARN_BEFORE,
    )
    ending = and_(EfacturaConnection.state == EfacturaState.CONNECTED, ends)
    return select(func.count()).select_from(EfacturaConnection).where(or_(stuck, ending))


def _ending(on: date) -> str | None:
    left = on - clock.today()
    if left > WARN_BEFORE:
        return None
    if left > URGENT_BEFORE:
        return _("Somebody with the certificate must authorize e-Factura again before %(date)s.", date=_day(on))
    return _("e-Factura stops on %(date)s: authorize it again now, with the certificate.", date=_day(on))


def _claim() -> tuple[anaf_oauth.Client, str, int] | None:
    with unit_of_work():
        row = connection.locked()
        if row is None or not _is_due(row) or row.refresh_token is None or not connection.configured():
            return None
        row.refreshing_until = clock.machine_now() + _CLAIM
        return connection.client_of(row), row.refresh_token, row.version


def _is_due(row: EfacturaConnection) -> bool:
    # Who is denied needs ANAF's permission first, and who is broken a certificate.
    if row.state is not EfacturaState.CONNECTED or row.access_ends_at is None:
        return False
    claimed = row.refreshing_until is not None and row.refreshing_until > clock.machine_now()
    return not claimed and row.access_ends_at <= clock.now() + RENEW_BEFORE


def _keep(version: int, tokens: anaf_oauth.Tokens) -> bool:
    with unit_of_work():
        row = connection.locked()
        if row is None or row.version != version:
            # Somebody connected anew or disconnected meanwhile: what they did counts.
            return False
        connection.keep_tokens(row, tokens)
        changes = {"access_ends_at": [None, row.access_ends_at], "refresh_ends_at": [None, row.refresh_ends_at]}
        recording.record("efactura.renewed", subject=connection.subject(row), changes=changes)
    return True


def _note(version: int, trouble: str, *, broken: bool) -> None:
    with unit_of_work():
        row = connection.locked()
        if row is None or row.version != version:
            return
        row.trouble, row.refreshing_until = trouble[:500], None
        if broken:
            row.state = EfacturaState.BROKEN
            recording.record("efactura.broken", subject=connection.subject(row), changes={"trouble": [None, trouble]})
    log.error("ANAF renews no authorization for e-Factura", answer=trouble, final=broken)


def _day(day: date) -> str:
    return formatting.date(day, current_locale())
