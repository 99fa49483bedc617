"""What the company's accountant decides about VAT, as settings."""

from praho.billing import types
from praho.billing.tax.types import TaxSeller
from praho.core.i18n import gettext
from praho.core.i18n import lazy_gettext as _
from praho.core.settings_catalogue import SettingField, SettingKind
from praho.settings.services import company, values

GROUP = "tax"
_LONGEST_DAYS = 60


def refused_days(text: str) -> str | None:
    """Return why a number of days is not accepted, or None."""
    if text.isascii() and text.isdecimal() and int(text) <= _LONGEST_DAYS:
        return None
    return gettext("Please give a number of days from %(least)d to %(most)d.", least=0, most=_LONGEST_DAYS)


def _refused_amount(text: str) -> str | None:
    return None if text.isascii() and text.isdecimal() else gettext("An amount is never negative here.")


FIELDS = (
    SettingField(
        "tax.on_collection",
        _("TVA la încasare"),
        SettingKind.BOOLEAN,
        False,
        GROUP,
        _("Only while ANAF has you in the register: each invoice with Romanian VAT then says so."),
    ),
    SettingField(
        "tax.one_stop_shop",
        _("Tax EU consumers in their own country from the first sale"),
        SettingKind.BOOLEAN,
        False,
        GROUP,
        _("Needs a registration for the one-stop shop (OSS). Without it this begins above EUR 10,000 a year."),
    ),
    SettingField(
        "tax.eu_sales_elsewhere",
        _("Sales to EU consumers outside this system, lei"),
        SettingKind.INTEGER,
        0,
        GROUP,
        _("Net, this year or last year, whichever is more: they count towards the EUR 10,000."),
        check=_refused_amount,
    ),
    SettingField(
        "tax.turnover_elsewhere",
        _("Turnover outside this system this year, lei"),
        SettingKind.INTEGER,
        0,
        GROUP,
        _("Only for who is not registered for VAT: it counts towards the ceiling of 395,000 lei."),
        check=_refused_amount,
    ),
    SettingField(
        "tax.outside_category",
        _("Category of sales outside the EU in e-Factura"),
        SettingKind.CHOICE,
        types.TaxCategory.OUTSIDE_SCOPE.value,
        GROUP,
        _("Ask your accountant; both are accepted."),
        choices=(
            (types.TaxCategory.OUTSIDE_SCOPE.value, _("O, outside the scope of VAT")),
            (types.TaxCategory.EXEMPT.value, _("E, exempt with a reason")),
        ),
    ),
    SettingField(
        "tax.vies_days",
        _("Days for which an answer of VIES holds"),
        SettingKind.INTEGER,
        0,
        GROUP,
        _("An invoice without VAT needs an answer of its own day; 1 also takes one of the day before, and so on."),
        check=refused_days,
    ),
)


def seller() -> TaxSeller:
    """Return the seller's standing as set today."""
    return TaxSeller(
        registered=values.flag("company.vat_payer"),
        on_collection=values.flag("tax.on_collection"),
        one_stop_shop=values.flag("tax.one_stop_shop"),
        outside_category=types.TaxCategory(values.text("tax.outside_category")),
    )


def requester() -> str | None:
    """Return the VAT number with which VIES is asked, so that it gives a proof; None while there is none."""
    return company.seller().vat_id
