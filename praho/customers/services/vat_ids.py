"""VAT numbers of other member states: what VIES said, and asking it. No answer is never "invalid"."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import current_app, has_app_context

from praho.config import Config
from praho.core import clock
from praho.core.db.scope import SystemScope, entered, seeing_all
from praho.core.db.uow import end_reading, unit_of_work
from praho.core.errors import TooManyRequests
from praho.core.i18n import gettext as _
from praho.core.identifiers import vat_id as vat_numbers
from praho.core.identifiers.errors import InvalidIdentifier
from praho.core.identifiers.vat_id import VatId
from praho.core.web import rate_limits
from praho.customers import repos
from praho.customers.errors import LookupUnavailable
from praho.customers.gateways import vies
from praho.models.customers import VatIdCheck
from praho.settings.services import company

_PER_MINUTE = 30
STATES = (*(state for state in vat_numbers.ADDRESS_COUNTRIES if state != "RO"), "MC")
"""The countries of the addresses whose VAT numbers VIES is asked about (ISO 3166)."""
FRESH_FOR = timedelta(hours=12)
"""How long an answer spares VIES the same question from people; what an invoice needs is the invoice's business."""


@dataclass(frozen=True, slots=True)
class VatIdAnswer:
    """An answer of VIES. `consultation` is its proof; `name` and `address` only where the state shows them."""

    vat_id: str
    valid: bool
    consultation: str | None
    name: str | None
    address: str | None
    answered_at: datetime

    @property
    def on(self) -> date:
        """The Bucharest date of the answer."""
        return clock.local_date(self.answered_at)


def is_connected() -> bool:
    """Tell whether this installation asks VIES at all."""
    return _base_url() is not None


def latest(vat_id: str) -> VatIdAnswer | None:
    """Return the last answer about a number, or None where VIES never gave one. One query."""
    with seeing_all("what VIES said"):
        row = repos.latest_vat_id_check(vat_id)
        return None if row is None else _answer(row)


def ask(vat_id: str, *, seconds: float = 10.0) -> VatIdAnswer:
    """Ask VIES now, keep its answer for ever and return it; no transaction may be open.

    Raises `LookupUnavailable` where there was no answer, and Invalid for what is no VAT number in VIES.
    """
    number = vat_numbers.parse(vat_id)
    base_url = _base_url()
    if base_url is None:
        raise LookupUnavailable(_("VIES is not connected in this installation."))
    requester = _requester()
    end_reading()
    try:
        rate_limits.hit("vies", "all", limit=_PER_MINUTE, seconds=60)
        found = vies.ask(base_url, number, requester, seconds=seconds)
    except TooManyRequests as error:
        raise LookupUnavailable(_("VIES is asked too often at the moment.")) from error
    except vies.ViesUnavailable as error:
        raise LookupUnavailable(_("VIES gives no answer at the moment (%(code)s).", code=error.code)) from error
    return _keep(number.code, found, requester)


def fresh(vat_id: str, *, seconds: float = 6.0) -> VatIdAnswer | None:
    """Return an answer of the last hours, asking VIES where there is none; None where it does not answer.

    For pages that somebody waits for: a failure holds nobody up.
    """
    known = latest(vat_id)
    if known is not None and known.answered_at > clock.now() - FRESH_FOR:
        return known
    try:
        return ask(vat_id, seconds=seconds)
    except (LookupUnavailable, InvalidIdentifier):
        return known


def _keep(vat_id: str, found: vies.ViesAnswer, requester: VatId | None) -> VatIdAnswer:
    row = VatIdCheck(
        vat_id=vat_id,
        valid=found.valid,
        consultation=found.consultation,
        requester=None if requester is None else requester.code,
        name=found.name,
        address=found.address,
        answered_at=clock.now(),
    )
    with entered(SystemScope("what VIES said")), unit_of_work() as opened:
        opened.add(row)
    return _answer(row)


def _answer(row: VatIdCheck) -> VatIdAnswer:
    return VatIdAnswer(row.vat_id, row.valid, row.consultation, row.name, row.address, row.answered_at)


def _requester() -> VatId | None:
    own = company.seller().vat_id
    return None if own is None else vat_numbers.parse(own)


def _base_url() -> str | None:
    if not has_app_context():
        return None
    config: Config = current_app.config["PRAHO"]
    return config.vies
