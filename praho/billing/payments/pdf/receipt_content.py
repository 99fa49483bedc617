"""What a receipt says. It is written when the receipt is issued and printed as it was written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from praho.billing.documents import snapshot
from praho.billing.documents.pdf import parties
from praho.billing.documents.pdf.printable import text
from praho.billing.payments.pdf import words
from praho.core import formatting, i18n
from praho.core.i18n import gettext as _
from praho.core.i18n import pgettext
from praho.core.money import Money
from praho.models.billing.payments import PaymentMethod

_HOME = "ro"


@dataclass(frozen=True, slots=True)
class Facts:
    """A payment as its receipt tells it; `purposes` are the numbers of what it was for."""

    number: str
    issued_on: date
    received_on: date
    amount: Money
    method: PaymentMethod
    reference: str
    seller: snapshot.Party
    buyer: snapshot.Party
    purposes: tuple[str, ...]


def of(facts: Facts, locale: str) -> dict[str, Any]:
    """Return the texts of a receipt: in Romanian, beside it in the customer's language where that is another."""
    languages = (locale,) if locale == _HOME else (locale, _HOME)
    with i18n.in_locale(locale):
        numbers = [parties.seller(facts.seller), parties.buyer(facts.buyer, facts.seller.address.country)]
        issuer = "  ·  ".join([text(facts.seller.name), *parties.tax_numbers(facts.seller)])
    return {
        "locale": locale,
        "title": _both(languages, lambda: pgettext("printed document", "Receipt")),
        "number": text(facts.number),
        "facts": [
            {"label": _both(languages, lambda: _("Issue date")), "value": parties.day(facts.issued_on, locale)},
            {"label": _both(languages, lambda: _("Received on")), "value": parties.day(facts.received_on, locale)},
            {"label": _both(languages, lambda: _("Amount")), "value": formatting.amount(facts.amount, locale)},
        ],
        "parties": [
            {"label": _both(languages, lambda: pgettext("document", "Seller")), **numbers[0]},
            {"label": _both(languages, lambda: pgettext("document", "Customer")), **numbers[1]},
        ],
        "received": {
            "label": _both(languages, lambda: _("We received from the customer")),
            "amount": formatting.amount(facts.amount, locale),
            "words": [words.amount(facts.amount, language) for language in languages],
        },
        "details": _details(facts, languages),
        "signature": _both(languages, lambda: _("Received by")),
        "legal": _both(languages, lambda: _("The receipt proves the payment; it does not replace the invoice.")),
        "page": _both(languages[:1], lambda: _("Page %(page)s of %(pages)s", page="{page}", pages="{pages}")),
        "issuer": issuer,
    }


def _details(facts: Facts, languages: tuple[str, ...]) -> list[dict[str, str]]:
    purpose = ", ".join(text(number) for number in facts.purposes)
    rows = [
        (
            _both(languages, lambda: _("For")),
            purpose or _both(languages, lambda: _("funds added to the customer's balance")),
        ),
        (_both(languages, lambda: _("How")), _both(languages, lambda: _method(facts.method))),
    ]
    if facts.reference:
        rows.append((_both(languages, lambda: _("Reference")), text(facts.reference)))
    return [{"label": label, "value": value} for label, value in rows]


def _method(method: PaymentMethod) -> str:
    names = {
        PaymentMethod.CARD: _("card"),
        PaymentMethod.BANK_TRANSFER: _("bank transfer"),
        PaymentMethod.CASH: _("cash"),
    }
    return names[method]


def _both(languages: tuple[str, ...], written: Callable[[], str]) -> str:
    """Return a text in each language, once where they agree."""
    texts = []
    for language in languages:
        with i18n.in_locale(language):
            texts.append(written())
    return " / ".join(dict.fromkeys(texts))
