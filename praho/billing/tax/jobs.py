"""Fetching the exchange rates."""

import structlog

from praho.billing.tax.services import exchange_rates
from praho.core.jobs.kinds import Tick

log = structlog.get_logger(__name__)


def fetch_exchange_rates(_tick: Tick) -> None:
    """Fetch what the National Bank has published; where its server gives no answer, the next hour's job asks again."""
    try:
        exchange_rates.fetch()
    except exchange_rates.RatesUnavailable as error:
        log.warning("the National Bank's server gives no rates", error=str(error))
