"""Which VAT a sale of hosting or a domain carries: electronically supplied services (Legea 227/2015 art. 266 (1) 27).

Pure: everything it depends on is given in, so that the same context always gives the same decision.
"""

from collections.abc import Iterable
from decimal import Decimal

from praho.billing import errors
from praho.billing.tax import rates, territories
from praho.billing.tax.types import Rule, TaxBuyer, TaxContext, TaxDecision, VatIdStatus
from praho.billing.types import PartyKind, TaxCategory
from praho.core.i18n import lazy_gettext as _
from praho.core.identifiers import vat_id
from praho.core.identifiers.errors import InvalidIdentifier

CONSUMER_THRESHOLD_MINOR = 46_337_00
"""EUR 10,000 at the fixed rate of art. 278^1 (Directive 2006/112 art. 59c), in bani."""
EXEMPTION_CEILING_MINOR = 395_000_00
"""The yearly turnover up to which a seller may stay unregistered (art. 310, OG 22/2025), in bani."""

_NONE = Decimal(0)


def decide(context: TaxContext, table: Iterable[rates.RateRow]) -> TaxDecision:
    """Return the VAT of a sale. Raises `TaxRateMissing` where the country to tax in has no rate on the day."""
    buyer = context.buyer
    territory = territories.of(buyer.country, buyer.post_code)
    if not context.seller.registered and not passes_ceiling(context):
        return _untaxed(context, Rule.SELLER_EXEMPT, TaxCategory.OUTSIDE_SCOPE)
    if territory.zone is territories.Zone.HOME:
        return _taxed(context, Rule.HOME, territories.HOME, table)
    if territory.zone is not territories.Zone.UNION:
        return _untaxed(context, _outside_rule(context, territory.zone), context.seller.outside_category)
    if is_business(context):
        return _untaxed(context, Rule.REVERSE_CHARGE, TaxCategory.REVERSE_CHARGE)
    if context.seller.one_stop_shop or passes_threshold(context):
        _require_the_states_rate(buyer)
        return _taxed(context, Rule.DESTINATION, territory.country, table)
    return _taxed(context, Rule.BELOW_THRESHOLD, territories.HOME, table)


def _require_the_states_rate(buyer: TaxBuyer) -> None:
    """Refuse a consumer whose region has a rate of its own: the one-stop shop's table knows the states' rates only."""
    if territories.has_own_rate(buyer.country, buyer.post_code):
        raise errors.TaxRateMissing(
            _(
                "The region with the post code %(post_code)s has a VAT rate of its own, which is not known here: write"
                " to us, and we will make the offer by hand.",
                post_code=buyer.post_code or "",
            )
        )


def is_business(context: TaxContext) -> bool:
    """Tell whether the buyer proved to be a business of its country: a number of that state which VIES confirms."""
    buyer = context.buyer
    return (
        buyer.kind is PartyKind.COMPANY
        and buyer.vat_status is VatIdStatus.VALID
        and buyer.vat_id is not None
        and belongs(buyer.vat_id, buyer.country)
    )


def belongs(number: str, country: str) -> bool:
    """Tell whether a VAT number is one of this country of the Union; another country's is no ground for anything."""
    try:
        parsed = vat_id.parse(number)
    except InvalidIdentifier:
        return False
    return parsed.in_union and parsed.belongs_to(territories.of(country).country)


def passes_threshold(context: TaxContext) -> bool:
    """Tell whether sales to consumers of other states pass the threshold with this one, which is taxed there then.

    Each year is measured by itself: last year's sales count where they passed the threshold, and not otherwise
    (Directive 2006/112 art. 59c (1) c)).
    """
    this_year = context.eu_consumer_sales_minor + context.net_minor
    return max(this_year, context.eu_consumer_sales_before_minor) > CONSUMER_THRESHOLD_MINOR


def passes_ceiling(context: TaxContext) -> bool:
    """Tell whether the year's turnover passes the exemption's ceiling with this sale, which carries VAT then."""
    return context.turnover_minor + context.net_minor > EXEMPTION_CEILING_MINOR


def _outside_rule(context: TaxContext, zone: territories.Zone) -> Rule:
    if zone is territories.Zone.SPECIAL:
        return Rule.SPECIAL_TERRITORY
    return Rule.OUTSIDE_BUSINESS if context.buyer.kind is PartyKind.COMPANY else Rule.OUTSIDE_CONSUMER


def _taxed(context: TaxContext, rule: Rule, place: str, table: Iterable[rates.RateRow]) -> TaxDecision:
    rate = rates.standard_rate(table, place, context.on)
    on_collection = context.seller.on_collection and place == territories.HOME
    return _decision(context, TaxCategory.STANDARD, rate, rule, place, on_collection)


def _untaxed(context: TaxContext, rule: Rule, category: TaxCategory) -> TaxDecision:
    place = territories.HOME if rule is Rule.SELLER_EXEMPT else context.buyer.country
    return _decision(context, category, _NONE, rule, place, False)


def _decision(
    context: TaxContext, category: TaxCategory, rate: Decimal, rule: Rule, place: str, on_collection: bool
) -> TaxDecision:
    buyer = context.buyer
    return TaxDecision(
        category=category,
        rate=rate,
        rule=rule,
        place=place,
        buyer_country=buyer.country,
        on=context.on,
        on_collection=on_collection,
        vat_id=buyer.vat_id,
        vat_status=buyer.vat_status,
        consultation=buyer.consultation,
        evidence=buyer.evidence,
    )
