"""What every page of the world shares: the language of its reader, and amounts as they are written there."""

from decimal import Decimal
from sqlite3 import Row

from babel.numbers import format_currency, get_currency_precision
from flask import render_template, request

from praho_sandbox import wording
from praho_sandbox.world.outside import here

LOCALES = ("ro", "en")


def page(template: str, preferred: str | None = None, **values: object) -> str:
    """Render a page in the language of the address (`?lang=en`), else in `preferred`, else in the browser's."""
    locale = _locale(preferred)

    def translate(source: str, **parameters: str) -> str:
        return wording._(source, **parameters).translate(locale)

    def amount(payment: Row) -> str:
        currency = payment["currency"]
        major = Decimal(payment["amount"]).scaleb(-get_currency_precision(currency))
        return format_currency(major, currency, "#,##0.00 ¤¤", locale=locale)

    return render_template(
        template,
        _=translate,
        amount=amount,
        locale=locale,
        locales=LOCALES,
        merchant=here().config.merchant,
        **values,
    )


def _locale(preferred: str | None) -> str:
    for candidate in (request.args.get("lang"), preferred, request.accept_languages.best_match(LOCALES)):
        if candidate in LOCALES:
            return str(candidate)
    return LOCALES[0]
