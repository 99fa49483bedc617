"""Fetching the exchange rates."""

from praho.billing.tax.services import exchange_rates
from praho.core.jobs.kinds import Again, Tick

_LATER = 900.0


def fetch_exchange_rates(_tick: Tick) -> Again | None:
    """Fetch what the National Bank has published, until its server answers."""
    try:
        exchange_rates.fetch()
    except exchange_rates.RatesUnavailable as error:
        return Again(_LATER, str(error))
    return None
