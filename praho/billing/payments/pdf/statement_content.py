"""What a printed statement of account says, in the reader's language."""

from typing import Any

from praho.billing.documents import snapshot
from praho.billing.documents.pdf import parties
from praho.billing.documents.pdf.printable import text
from praho.billing.payments.services.statements import Movement, Statement
from praho.core import formatting, i18n
from praho.core.i18n import gettext as _
from praho.core.i18n import pgettext
from praho.core.money import Money
from praho.models.billing.payments import LedgerKind


def of(statement: Statement, seller: snapshot.Party, buyer: snapshot.Party, locale: str) -> dict[str, Any]:
    """Return the texts of a statement in `locale`."""
    with i18n.in_locale(locale):
        return _texts(statement, seller, buyer, locale)


def _texts(statement: Statement, seller: snapshot.Party, buyer: snapshot.Party, locale: str) -> dict[str, Any]:
    since, until = (parties.day(day, locale) for day in (statement.since, statement.until))
    return {
        "locale": locale,
        "title": pgettext("printed document", "Statement of account"),
        "number": f"{since} – {until}",
        "facts": [
            {"label": _("From"), "value": since},
            {"label": _("Until"), "value": until},
            {"label": _words_of(statement.closing), "value": formatting.amount(abs(statement.closing), locale)},
        ],
        "parties": [
            {"label": pgettext("document", "Seller"), **parties.seller(seller)},
            {"label": pgettext("document", "Customer"), **parties.buyer(buyer, seller.address.country)},
        ],
        "columns": [
            _("Date"), _("What happened"), _("Charged (%(currency)s)", currency=statement.currency),
            _("Settled (%(currency)s)", currency=statement.currency),
            _("Balance (%(currency)s)", currency=statement.currency),
        ],
        "opening": {"label": _("Balance before %(day)s", day=since), "value": _bare(statement.opening, locale)},
        "rows": [_row(entry, locale) for entry in statement.movements],
        "sums": [
            {"label": _("Charged"), "value": _bare(statement.charged, locale)},
            {"label": _("Settled"), "value": _bare(statement.settled, locale)},
        ],
        "closing": {"label": _("Balance"), "value": formatting.amount(statement.closing, locale)},
        "legal": _("A positive balance is owed to the seller; a negative one was paid ahead by the customer."),
        "page": _("Page %(page)s of %(pages)s", page="{page}", pages="{pages}"),
        "issuer": "  ·  ".join([text(seller.name), *parties.tax_numbers(seller)]),
    }  # fmt: skip


def _words_of(closing: Money) -> str:
    if closing.is_positive:
        return _("To pay")
    return _("Paid ahead") if closing.is_negative else _("Balance")


def _row(entry: Movement, locale: str) -> dict[str, str]:
    return {
        "day": parties.day(entry.booked_on, locale),
        "what": what(entry),
        "detail": text(entry.text) if entry.kind in (LedgerKind.PAYMENT, LedgerKind.REFUND) else "",
        "charged": _bare(entry.amount, locale) if entry.amount.is_positive else "",
        "settled": _bare(-entry.amount, locale) if entry.amount.is_negative else "",
        "balance": _bare(entry.balance, locale),
    }


def what(entry: Movement) -> str:
    """Return what an entry was, with its number where it has one, in the language in force."""
    ways = {"card": _("Card payment"), "bank_transfer": _("Bank transfer"), "cash": _("Cash payment")}
    number = text(entry.text)
    titles = {
        LedgerKind.INVOICE: _("Invoice %(number)s", number=number),
        LedgerKind.CREDIT_NOTE: _("Credit note %(number)s", number=number),
        LedgerKind.PAYMENT: ways.get(entry.word, _("Payment")),
        LedgerKind.REFUND: _("Money sent back"),
        LedgerKind.WRITE_OFF: _("Write-off on %(number)s", number=number),
        LedgerKind.WRITE_OFF_UNDONE: _("Write-off on %(number)s undone", number=number),
    }
    return titles[entry.kind]


def _bare(amount: Money, locale: str) -> str:
    return formatting.bare_amount(amount, locale)
