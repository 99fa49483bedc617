"""The connection to ANAF: the application as registered there, and the authorization by somebody with a certificate."""

from dataclasses import dataclass, field
from datetime import timedelta

import structlog

from praho.audit.services import recording
from praho.billing.efactura.gateways import anaf_oauth, spv, spv_types
from praho.billing.efactura.services import connection
from praho.core import clock, crypto
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict, Invalid
from praho.core.i18n import gettext as _
from praho.core.ids import new_public_id
from praho.models.billing.efactura import EfacturaConnection, EfacturaEnvironment, EfacturaState
from praho.settings.services import company

log = structlog.get_logger(__name__)

_PATIENCE = timedelta(minutes=15)
_MOST_TROUBLE = 500


@dataclass(frozen=True, slots=True)
class ApplicationInput:
    """The application as typed; an empty `secret` keeps the one that is there."""

    environment: EfacturaEnvironment
    client_id: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Checked:
    """What ANAF said to a harmless question: `answered` is False where nothing can be said about the connection."""

    answered: bool
    denied: bool
    detail: str


def access() -> spv_types.Access | None:
    """Return as whom ANAF is called now, or None where it cannot be: not connected, denied, or the token has ended."""
    row = connection.found()
    if row is None or row.state not in (EfacturaState.CONNECTED, EfacturaState.BROKEN):
        return None
    return connection.access_of(row)


def is_test() -> bool:
    """Tell whether the connection is to ANAF's test service, where nothing is filed."""
    row = connection.found()
    if row is None or row.state is EfacturaState.DISCONNECTED:
        return False
    return row.environment is EfacturaEnvironment.TEST


def name_application(typed: ApplicationInput) -> None:
    """Keep the application as registered at ANAF. Another one, or another environment, ends the authorization.

    Raises Invalid where a secret is missing.
    """
    with unit_of_work() as current:
        row = connection.locked()
        if row is None:
            row = EfacturaConnection(id=connection.ONLY, public_id=new_public_id("efc"), version=0)
            row.state = EfacturaState.DISCONNECTED
            current.add(row)
        secret = typed.secret or row.client_secret
        if not secret:
            sentence = _("Please give the secret that ANAF showed with it.")
            raise Invalid(_("Please correct the marked fields."), fields={"secret": sentence})
        before = (row.environment, row.client_id, row.client_secret)
        changes: dict[str, list[object]] = {
            "client_id": [row.client_id, typed.client_id],
            "environment": [row.environment, typed.environment],
        }
        row.environment, row.client_id, row.client_secret = typed.environment, typed.client_id, secret
        if before != (typed.environment, typed.client_id, secret):
            connection.forget_tokens(row)
        current.flush()
        recording.record("efactura.application_named", subject=connection.subject(row), changes=changes)


def begin() -> None:
    """Let somebody with a certificate go to ANAF's page within a quarter of an hour.

    Raises Conflict where the company's CUI or the application is missing.
    """
    with unit_of_work():
        row = connection.locked()
        if row is None or not connection.configured():
            raise Conflict(_("Name the application that is registered at ANAF first."))
        if not company.seller().cui:
            raise Conflict(_("Give the company's CUI in the settings first."))
        row.asked, _hash = crypto.new_token()
        row.asked_until = clock.machine_now() + _PATIENCE


def page_address(redirect_uri: str) -> str | None:
    """Return the address of ANAF's page, from `begin` on until its way back is used or too late; else None."""
    row = connection.found()
    if row is None or not connection.is_asking(row) or row.asked is None:
        return None
    return anaf_oauth.page_address(connection.client_of(row), redirect_uri, row.asked)


def finish(state: str, code: str, redirect_uri: str) -> Checked:
    """Exchange the code that came back from ANAF's page, keep both tokens, and ask ANAF whether they serve.

    `state` is spent before ANAF is asked, whatever it answers. Raises Conflict for a way back that was not begun, is
    used or too late, and where ANAF gives no tokens.
    """
    client, version = _spend(state)
    try:
        tokens = anaf_oauth.exchange(client, code, redirect_uri)
    except anaf_oauth.Refused as refusal:
        raise Conflict(_("ANAF refuses the authorization: %(answer)s", answer=str(refusal))) from refusal
    except anaf_oauth.NoAnswer as error:
        raise Conflict(_("ANAF gave no answer. Please begin again: %(answer)s", answer=str(error))) from error
    with unit_of_work():
        row = connection.locked()
        if row is None or row.version != version or tokens.refresh is None:
            raise Conflict(_("ANAF gave nothing that can be used. Please begin again."))
        row.state, row.connected_at, row.refresh_ends_at = EfacturaState.CONNECTED, clock.now(), None
        connection.keep_tokens(row, tokens)
        recording.record(
            "efactura.connected", subject=connection.subject(row), changes={"environment": [None, row.environment]}
        )
    return check()


def check() -> Checked:
    """Ask ANAF for today's messages, and note whether it lets us; a denied connection that is let in works again."""
    row = connection.found()
    asked_as = None if row is None or row.state is EfacturaState.DISCONNECTED else connection.access_of(row)
    if asked_as is None:
        return Checked(answered=False, denied=False, detail=_("There is no authorization in force."))
    try:
        spv.listed(asked_as, days=1)
    except spv_types.AccessDenied as error:
        deny(error.detail)
        return Checked(answered=True, denied=True, detail=error.detail)
    except spv_types.TryLater as error:
        return Checked(answered=False, denied=False, detail=error.detail)
    _let_in()
    return Checked(answered=True, denied=False, detail="")


def deny(answer: str) -> None:
    """Stop calling ANAF, which said that we have no right to the company's CIF: staff must see to it."""
    with unit_of_work():
        row = connection.locked()
        if row is None or row.state not in (EfacturaState.CONNECTED, EfacturaState.BROKEN):
            return
        row.state, row.trouble = EfacturaState.DENIED, answer[:_MOST_TROUBLE]
        recording.record("efactura.denied", subject=connection.subject(row), changes={"trouble": [None, row.trouble]})
    log.error("ANAF denies access to e-Factura", answer=answer[:_MOST_TROUBLE])


def disconnect() -> None:
    """Forget the tokens. ANAF knows no way to take them back without a browser: there they last until they end."""
    with unit_of_work():
        row = connection.locked()
        if row is not None and row.state is not EfacturaState.DISCONNECTED:
            connection.forget_tokens(row)
            recording.record("efactura.disconnected", subject=connection.subject(row), changes={})


def _spend(state: str) -> tuple[anaf_oauth.Client, int]:
    with unit_of_work():
        row = connection.locked()
        if row is None or row.asked is None or not connection.is_asking(row) or not crypto.matches(state, row.asked):
            raise Conflict(_("This way back from ANAF was used already, or is too late. Please begin again."))
        row.asked, row.asked_until = None, None
        return connection.client_of(row), row.version


def _let_in() -> None:
    with unit_of_work():
        row = connection.locked()
        if row is not None and row.state is EfacturaState.DENIED:
            row.state, row.trouble = EfacturaState.CONNECTED, None
            recording.record("efactura.let_in", subject=connection.subject(row), changes={})
