"""A tax decision in words: one sentence for staff, the mentions that a document must carry, and the XML's reasons."""

from babel import Locale

from praho.billing.tax.types import Rule, TaxDecision, VatIdStatus
from praho.billing.types import TaxCategory
from praho.core import formatting
from praho.core.i18n import current_locale, pgettext
from praho.core.i18n import gettext as _

# The XML speaks Romanian whatever the reader does; BT-120 takes 100 characters (BR-RO-L1019).
_REASONS = {
    Rule.REVERSE_CHARGE: "Taxare inversă, art. 278 alin. (2) Cod fiscal, art. 196 Directiva 2006/112/CE",
    Rule.OUTSIDE_BUSINESS: "Neimpozabil în România, art. 278 alin. (2) Cod fiscal",
    Rule.OUTSIDE_CONSUMER: "Neimpozabil în România, art. 278 alin. (5) Cod fiscal",
    Rule.SPECIAL_TERRITORY: "Neimpozabil în România, art. 278 Cod fiscal, art. 6 Directiva 2006/112/CE",
    Rule.SELLER_EXEMPT: "Regim special de scutire, art. 310 Cod fiscal",
}
_CODES = {TaxCategory.REVERSE_CHARGE: "VATEX-EU-AE", TaxCategory.OUTSIDE_SCOPE: "VATEX-EU-O"}
ON_COLLECTION = "TVA la încasare"
"""The mention of art. 319 (20) r, in the words that the law prescribes."""


def exemption(decision: TaxDecision) -> tuple[str | None, str] | None:
    """Return the VATEX code (BT-121), where there is one, and the Romanian reason (BT-120); None where VAT is due."""
    if decision.category is TaxCategory.STANDARD:
        return None
    return _CODES.get(decision.category), _REASONS[decision.rule]


def mentions(decision: TaxDecision) -> list[str]:
    """Return what the printed document must say (art. 319 (20) m to r), in the locale in force."""
    texts = {
        Rule.REVERSE_CHARGE: pgettext(
            "printed document",
            "Reverse charge: the buyer owes the VAT in their country (article 278 paragraph (2) of Law 227/2015,"
            " article 196 of Directive 2006/112/EC).",
        ),
        Rule.DESTINATION: pgettext(
            "printed document",
            "VAT of the buyer's country, declared by the one-stop shop (article 315 of Law 227/2015).",
        ),
        Rule.OUTSIDE_BUSINESS: pgettext(
            "printed document", "Not taxable in Romania (article 278 paragraph (2) of Law 227/2015)."
        ),
        Rule.OUTSIDE_CONSUMER: pgettext(
            "printed document", "Not taxable in Romania (article 278 paragraph (5) of Law 227/2015)."
        ),
        Rule.SPECIAL_TERRITORY: pgettext(
            "printed document",
            "Not taxable in Romania: the buyer is outside the VAT territory of the Union (article 6 of Directive"
            " 2006/112/EC).",
        ),
        Rule.SELLER_EXEMPT: pgettext(
            "printed document",
            "The seller is not registered for VAT: special scheme of exemption (article 310 of Law 227/2015).",
        ),
    }
    found = [texts[decision.rule]] if decision.rule in texts else []
    return [*found, ON_COLLECTION] if decision.on_collection else found


def sentence(decision: TaxDecision) -> str:
    """Return why this VAT and no other, in one sentence for staff."""
    country, place = country_name(decision.buyer_country), country_name(decision.place)
    rate = formatting.percent(decision.rate, current_locale())
    values = {"country": country, "rate": rate, "number": decision.vat_id or "", "place": place}
    if decision.rule is Rule.REVERSE_CHARGE:
        if decision.consultation:
            return _(
                "Business in %(country)s whose VAT number %(number)s is valid in VIES (consultation %(proof)s):"
                " reverse charge, no VAT.",
                proof=decision.consultation,
                **values,
            )
        return _(
            "Business in %(country)s whose VAT number %(number)s is valid in VIES: reverse charge, no VAT.", **values
        )
    sentences = {
        Rule.HOME: _("Buyer in Romania: Romanian VAT of %(rate)s.", **values),
        Rule.SELLER_EXEMPT: _("We are not registered for VAT, so this sale carries none (art. 310)."),
        Rule.DESTINATION: _("Consumer in %(country)s: VAT of %(place)s, %(rate)s, by the one-stop shop.", **values),
        Rule.BELOW_THRESHOLD: _(
            "Consumer in %(country)s, and sales to EU consumers are below the threshold: Romanian VAT of %(rate)s.",
            **values,
        ),
        Rule.OUTSIDE_BUSINESS: _("Business in %(country)s, outside the EU: no Romanian VAT.", **values),
        Rule.OUTSIDE_CONSUMER: _(
            "Consumer in %(country)s, outside the EU: no Romanian VAT; that country's own rules may ask for its tax.",
            **values,
        ),
        Rule.SPECIAL_TERRITORY: _(
            "Buyer in a part of %(country)s that is outside the EU's VAT territory: no VAT.", **values
        ),
    }
    return " ".join(part for part in (sentences[decision.rule], _doubt(decision)) if part)


def _doubt(decision: TaxDecision) -> str:
    """Return why a business pays VAT all the same; nothing where it gave no VAT number or pays none anyway."""
    if decision.rule not in {Rule.DESTINATION, Rule.BELOW_THRESHOLD} or decision.vat_id is None:
        return ""
    if decision.vat_status is VatIdStatus.INVALID:
        return _("VIES says that its VAT number %(number)s is not valid.", number=decision.vat_id)
    if decision.vat_status is VatIdStatus.UNKNOWN:
        return _(
            "VIES gave no answer about its VAT number %(number)s, so it pays as a consumer does.",
            number=decision.vat_id,
        )
    return ""


def country_name(code: str) -> str:
    """Return the name of a country in the reader's language, or the code where there is none."""
    return str(Locale.parse(current_locale()).territories.get(code, code))
