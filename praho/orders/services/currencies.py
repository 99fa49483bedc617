"""Whether something can be ordered in a currency today: it is sold, and the invoice will have its exchange rate.

A document in another currency states the VAT in lei (Legea 227/2015 art. 319 (20) j)). Without a usable rate of the
National Bank nobody is asked to pay what could not be invoiced then.
"""

from praho.billing import errors
from praho.billing.tax.services import exchange_rates
from praho.catalogue.services import currencies
from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.core.i18n import gettext as _
from praho.settings.services import company


def refusal(currency: str) -> str | None:
    """Return in a sentence why nothing can be ordered in a currency today (Bucharest), or None. At most one query."""
    if currency == currencies.HOME:
        return None
    if currency not in currencies.sold():
        return _("We do not sell in %(currency)s at present. Your order can be made in lei.", currency=currency)
    if _has_rate(currency):
        return None
    return _(
        "We cannot take orders in %(currency)s just now: the National Bank's exchange rate, which the invoice needs,"
        " is not here yet. Nothing is lost: order in lei, or come back later.",
        currency=currency,
    )


def alarm() -> str | None:
    """Return what stands in the way of selling in the currencies that are switched on, else None."""
    with entered(SystemScope("health check")):
        for currency in currencies.sold():
            if not _has_rate(currency):
                return _(
                    "The shop takes no orders in %(currency)s: the National Bank's last exchange rate is too old.",
                    currency=currency,
                )
            if company.seller().account_in(currency) is None:
                return _(
                    "The shop sells in %(currency)s, and the company has no bank account in it: only cards can pay.",
                    currency=currency,
                )
    return None


def _has_rate(currency: str) -> bool:
    try:
        exchange_rates.for_document(currency, clock.today())
    except errors.ExchangeRateMissing:
        return False
    return True
