"""How long what the law wants kept is kept, as staff set it; nothing is deleted by itself when that is over."""

from datetime import date

from praho.core.i18n import lazy_gettext as _
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.settings.services import values

RETENTION_YEARS = "privacy.retention_years"
PROOF_YEARS = "privacy.proof_years"
_FEWEST, _MOST = 5, 50
_FEWEST_PROOF, _MOST_PROOF = 1, 10


def vouchers_until(newest: date | None) -> date | None:
    """Return the last day on which vouchers and evidence are kept whose newest is of a day; None without any.

    Counted from the end of its year, as Legea contabilității 82/1991 art. 25 did and Regulation 282/2011 art. 63c
    does for the one-stop shop.
    """
    return None if newest is None else date(newest.year + values.integer(RETENTION_YEARS), 12, 31)


def proof_until(received: date | None) -> date | None:
    """Return the last day on which a request of a day and its answer are kept; None without any."""
    return None if received is None else date(received.year + values.integer(PROOF_YEARS), 12, 31)


def _years(typed: str, least: int, most: int) -> object | None:
    fits = typed.strip().isdecimal() and least <= int(typed) <= most
    return None if fits else _("From %(least)s to %(most)s years.", least=least, most=most)


def _check_retention(typed: str) -> object | None:
    return _years(typed, _FEWEST, _MOST)


def _check_proof(typed: str) -> object | None:
    return _years(typed, _FEWEST_PROOF, _MOST_PROOF)


FIELDS = (
    SettingField(
        RETENTION_YEARS,
        _("Years for which documents are kept"),
        SettingKind.INTEGER,
        10,
        "privacy",
        _("Counted from the end of the year. Who asks to be erased is told this day; nothing is deleted by itself."),
        check=_check_retention,
    ),
    SettingField(
        PROOF_YEARS,
        _("Years for which requests to be erased are kept"),
        SettingKind.INTEGER,
        3,
        "privacy",
        _("They prove that the answer came in time. Three years are the general limitation (Codul civil art. 2517)."),
        check=_check_proof,
    ),
)
