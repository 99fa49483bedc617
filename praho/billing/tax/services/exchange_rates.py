"""The rates that documents in other currencies use: fetched daily from the National Bank, never guessed.

A rate published on a day applies from the next one on: a document dated that day uses the last rate published before
(Legea 227/2015 art. 290 (2)). A rate that is older than the setting allows is not used: nothing is issued in its
currency until the bank's server answers again.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from flask import current_app, has_app_context
from sqlalchemy.dialects.postgresql import insert

from praho.billing import errors
from praho.billing.tax import exchange, repos
from praho.billing.tax.gateways import bnr
from praho.billing.tax.gateways.bnr import RatesUnavailable as RatesUnavailable
from praho.billing.tax.services import policy
from praho.config import Config
from praho.core import clock, formatting
from praho.core.db.scope import session
from praho.core.db.uow import unit_of_work
from praho.core.i18n import current_locale
from praho.core.i18n import lazy_gettext as _
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.models.billing.exchange import ExchangeRate
from praho.settings.services import values

_LAST_DAYS = timedelta(days=10)
_LONGEST_HOLIDAY = timedelta(days=7)

FIELDS = (
    SettingField(
        "billing.oldest_rate_days",
        _("Oldest exchange rate"),
        SettingKind.INTEGER,
        10,
        "tax",
        _("Days. With no younger rate of the National Bank nothing is sold or issued in other currencies."),
        check=policy.refused_days,
    ),
)


def rate_for(currency: str, on: date) -> exchange.Rate:
    """Return the rate for a document dated `on` (Bucharest): the last one published before that day.

    Raises `ExchangeRateMissing` where there is none, or none young enough.
    """
    row = repos.last_exchange_rate(currency, before=on)
    oldest = on - timedelta(days=values.integer("billing.oldest_rate_days"))
    if row is None or row.published_on < oldest:
        raise errors.ExchangeRateMissing(
            _(
                "There is no exchange rate of the National Bank for %(currency)s on %(date)s.",
                currency=currency,
                date=formatting.date(on, current_locale()),
            )
        )
    return exchange.Rate(row.currency, row.lei.normalize(), row.published_on)


def for_document(currency: str, on: date) -> exchange.Rate | None:
    """Return the rate of a document's currency, or None for lei; raises `ExchangeRateMissing`."""
    return None if currency == exchange.HOME else rate_for(currency, on)


def fetch() -> int:
    """Fetch what the National Bank has published since the newest rate that is kept; return how many are new.

    Raises `RatesUnavailable` where the bank's server gives no answer.
    """
    base_url = _base_url()
    if base_url is None:
        return 0
    today = clock.today()
    last = repos.last_published_on()
    session().close()
    if last == today:
        return 0
    return sum(keep(bnr.ask(base_url, path)) for path in _files(last, today))


def keep(published: Sequence[exchange.Rate]) -> int:
    """Keep rates that are not kept yet; return how many these are. What is kept already never changes."""
    if not published:
        return 0
    with unit_of_work():
        rows = [{"currency": one.currency, "published_on": one.published_on, "lei": one.lei} for one in published]
        statement = insert(ExchangeRate).values(rows).on_conflict_do_nothing().returning(ExchangeRate.id)
        return len(list(session().execute(statement)))


def _files(last: date | None, today: date) -> list[str]:
    """Return the files that fill the gap: ten days where these suffice, else years; January needs December's too."""
    if last is not None and today - last <= _LAST_DAYS:
        return [bnr.LAST_DAYS]
    first = (today - _LONGEST_HOLIDAY - _LAST_DAYS) if last is None else last
    return [bnr.OF_A_YEAR.format(year=year) for year in range(first.year, today.year + 1)]


def _base_url() -> str | None:
    if not has_app_context():
        return None
    config: Config = current_app.config["PRAHO"]
    return config.exchange_rates
