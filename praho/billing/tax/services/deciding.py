"""Which VAT a sale carries: the context read from customer, settings and VIES' answers, decided by `place.decide`."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from praho.billing import errors, types
from praho.billing.tax import place, rates, repos, territories
from praho.billing.tax.services import policy
from praho.billing.tax.types import (
    Evidence,
    EvidenceKind,
    Rule,
    TaxBuyer,
    TaxContext,
    TaxDecision,
    TaxSeller,
    VatIdStatus,
)
from praho.core import formatting, money
from praho.core.i18n import current_locale
from praho.core.i18n import lazy_gettext as _
from praho.core.identifiers import phone
from praho.core.identifiers.errors import InvalidIdentifier
from praho.core.money import Money
from praho.customers.services import profiles, vat_ids
from praho.customers.types import BillingProfile
from praho.models.customers import CustomerKind
from praho.settings.services import values

HOME = territories.HOME
_QUOTED_FOR = timedelta(days=35)
"""How old an answer of VIES may be when a proforma is made; the invoice asks for one of its own day."""
_THRESHOLD_RATE = Decimal("4.6337")
"""Lei for a euro in the threshold of art. 278^1: the fixed rate of 5 December 2017."""


@dataclass(frozen=True, slots=True)
class Visit:
    """Where an order came from: an address, and the country that the front server saw behind it, if it says so."""

    ip: str | None = None
    country: str | None = None


def at_home(on: date) -> TaxDecision:
    """Return the VAT of a sale to a person in Romania, for prices that are shown before anybody said who buys."""
    return _decide(on, TaxBuyer(types.PartyKind.PERSON, HOME), Money.zero("RON"))


def for_customer(customer_id: int, on: date, net: Money, visit: Visit | None = None) -> TaxDecision:
    """Return the VAT of a sale of `net` to a customer at the tax point `on` (a Bucharest date).

    Raises `TaxRateMissing` where the country to tax in has no rate, NotFound for an unknown customer.
    """
    return for_profile(profiles.billing_profile(customer_id), on, net, visit)


def for_profile(profile: BillingProfile, on: date, net: Money, visit: Visit | None = None) -> TaxDecision:
    """The same for a customer's billing facts, also of one that is not stored yet."""
    return _decide(on, _buyer(profile, on, visit), net)


def confirm(asked: TaxDecision, tax_point: date) -> TaxDecision:
    """Return the decision of a proforma as its invoice repeats it at `tax_point`, with VIES' proof of that day.

    Raises `AwaitingVies` while a reverse charge has no answer of the tax point, and `InvoicingRefused` where the
    rate, the number or the seller's own standing changed in between: nothing is changed silently.
    """
    seller = policy.seller()
    _require_standing(asked, seller)
    if asked.rule is Rule.REVERSE_CHARGE:
        return _confirmed(asked, tax_point)
    if asked.category is types.TaxCategory.STANDARD:
        _require_rate(asked, tax_point)
    return replace(asked, on=tax_point, on_collection=seller.on_collection and _is_home(asked))


def needs_vies(buyer: BillingProfile) -> bool:
    """Tell whether the VAT of a sale to this buyer hangs on VIES."""
    territory = territories.of(buyer.address.country, buyer.address.post_code)
    return (
        buyer.kind is CustomerKind.COMPANY
        and territory.zone is territories.Zone.UNION
        and buyer.vat_id is not None
        and place.belongs(buyer.vat_id, buyer.address.country)
    )


def _decide(on: date, buyer: TaxBuyer, net: Money) -> TaxDecision:
    seller = policy.seller()
    return place.decide(_context(on, seller, buyer, net), repos.rate_rows())


def _context(on: date, seller: TaxSeller, buyer: TaxBuyer, net: Money) -> TaxContext:
    """Read the sums only where the decision hangs on them."""
    context = TaxContext(on, seller, buyer, net_minor=_lei(net))
    if not seller.registered:
        elsewhere = values.integer("tax.turnover_elsewhere") * 100
        return replace(context, turnover_minor=elsewhere + at_fixed_rate(repos.sold(on.year)))
    if territories.of(buyer.country, buyer.post_code).zone is not territories.Zone.UNION:
        return context
    elsewhere = values.integer("tax.eu_sales_elsewhere") * 100
    now, before = (elsewhere + at_fixed_rate(repos.sold_to_eu_consumers(year)) for year in (on.year, on.year - 1))
    return replace(context, eu_consumer_sales_minor=now, eu_consumer_sales_before_minor=before)


def at_fixed_rate(by_currency: dict[str, int]) -> int:
    """Return minor units by currency as one sum in bani, at the fixed rate of the threshold."""
    return sum(_lei(Money(minor, currency)) for currency, minor in by_currency.items())


def _lei(amount: Money) -> int:
    """Return an amount in bani at the threshold's fixed rate; it measures turnover and is printed nowhere."""
    if amount.currency == "RON":
        return amount.minor
    major = Decimal(amount.minor).scaleb(-money.exponent(amount.currency))
    return int(money.round_half_up(major * _THRESHOLD_RATE * 100, 0))


def _buyer(profile: BillingProfile, on: date, visit: Visit | None) -> TaxBuyer:
    is_company = profile.kind is CustomerKind.COMPANY
    status, consultation = _vat_status(profile, on) if is_company else (VatIdStatus.NONE, None)
    return TaxBuyer(
        kind=types.PartyKind.COMPANY if is_company else types.PartyKind.PERSON,
        country=profile.address.country,
        post_code=profile.address.post_code,
        vat_id=profile.vat_id if is_company else None,
        vat_status=status,
        consultation=consultation,
        evidence=tuple(_evidence(profile, visit)),
    )


def _vat_status(profile: BillingProfile, on: date) -> tuple[VatIdStatus, str | None]:
    if profile.vat_id is None or not needs_vies(profile):
        return VatIdStatus.NONE, None
    answer = vat_ids.latest(profile.vat_id)
    if answer is None or answer.on < on - _QUOTED_FOR:
        return VatIdStatus.UNKNOWN, None
    return (VatIdStatus.VALID, answer.consultation) if answer.valid else (VatIdStatus.INVALID, None)


def _evidence(profile: BillingProfile, visit: Visit | None) -> list[Evidence]:
    found = [Evidence(EvidenceKind.BILLING_ADDRESS, profile.address.country, profile.address.city[:100])]
    if visit is not None and visit.country:
        found.append(Evidence(EvidenceKind.IP_ADDRESS, visit.country, visit.ip or ""))
    if profile.iban:
        found.append(Evidence(EvidenceKind.BANK_ACCOUNT, profile.iban[:2], profile.iban[:8]))
    called = _phone_country(profile.phone)
    if called is not None:
        found.append(Evidence(EvidenceKind.PHONE, called, (profile.phone or "")[:5]))
    return found


def _phone_country(number: str | None) -> str | None:
    try:
        return phone.country_of(number) if number else None
    except InvalidIdentifier:
        return None


def _confirmed(asked: TaxDecision, tax_point: date) -> TaxDecision:
    assert asked.vat_id is not None
    answer = vat_ids.latest(asked.vat_id)
    if answer is None or answer.on < tax_point - timedelta(days=values.integer("tax.vies_days")):
        raise errors.AwaitingVies(
            _(
                "The VAT number %(number)s of the buyer has no answer of VIES from %(date)s on: VIES is asked until it"
                " gives one.",
                number=asked.vat_id,
                date=formatting.date(tax_point, current_locale()),
            )
        )
    if not answer.valid:
        raise errors.InvoicingRefused(
            _(
                "VIES says that the buyer's VAT number %(number)s is not valid any more, so VAT is due: cancel the sale"
                " or ask for the VAT.",
                number=asked.vat_id,
            )
        )
    return replace(asked, on=tax_point, consultation=answer.consultation)


def _require_rate(asked: TaxDecision, tax_point: date) -> None:
    rate = rates.standard_rate(repos.rate_rows(), asked.place, tax_point)
    if rate != asked.rate:
        raise errors.InvoicingRefused(
            _(
                "The VAT rate changed between the proforma and the payment: %(rate)s%% is due on %(date)s.",
                rate=rate,
                date=formatting.date(tax_point, current_locale()),
            )
        )


def _require_standing(asked: TaxDecision, seller: TaxSeller) -> None:
    """Refuse what the seller's registration of today does not let it invoice: VAT without one, none with one."""
    if asked.rule is Rule.SELLER_EXEMPT and seller.registered:
        raise errors.InvoicingRefused(
            _("The company is registered for VAT by now, and this sale carries none: cancel it or ask for the VAT.")
        )
    if asked.category is types.TaxCategory.STANDARD and not seller.registered:
        raise errors.InvoicingRefused(
            _("This sale carries VAT, but the company is not registered for it: register and correct the settings.")
        )


def _is_home(decision: TaxDecision) -> bool:
    return decision.place == HOME and decision.category is types.TaxCategory.STANDARD
