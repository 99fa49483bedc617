"""What a printed document says: every text of its pages, formatted in the locale in force.

The template only places these texts. A personal code is never among them.
"""

from collections.abc import Iterable
from typing import Any

from praho.billing import types
from praho.billing.documents import snapshot, units
from praho.billing.documents.pdf import parties, payment_code
from praho.billing.documents.pdf.printable import paragraphs, text
from praho.billing.tax import wording
from praho.core import formatting, i18n, money
from praho.core.i18n import gettext as _
from praho.core.i18n import pgettext
from praho.models.billing.documents import DocumentKind

# A row of at most so many printed lines stays on one page, which holds about sixty; only a higher one may break.
# Even wide letters leave room for so many in a printed line of the description.
_WHOLE_ROW_LINES = 45
_LINE_CHARACTERS = 30

_WRITTEN_ONCE = frozenset({"lines", "issuer", "accounts", "received", "notes"})

Content = dict[str, Any]


def in_languages(document: snapshot.DocumentSnapshot, locale: str, second: str | None = None) -> Content:
    """Return the texts of a document in `locale`, its headings also in a second language where this differs.

    What fills the headings (parties, lines, amounts, dates) is written once, as `locale` has it.
    """
    with i18n.in_locale(locale):
        texts = of(document, locale)
    if second is None or second == locale:
        return texts
    with i18n.in_locale(second):
        beside: Content = _beside(texts, of(document, locale))
    return beside


def _beside(first: Any, other: Any) -> Any:
    if isinstance(first, dict):
        return {name: value if name in _WRITTEN_ONCE else _beside(value, other[name]) for name, value in first.items()}
    if isinstance(first, list):
        return [_beside(*pair) for pair in zip(first, other, strict=True)]
    if isinstance(first, str) and first != other:
        return f"{first} / {other}"
    return first


def of(document: snapshot.DocumentSnapshot, locale: str) -> Content:
    """Return the texts of a document; the caller has put `locale` in force (`i18n.in_locale`)."""
    return {
        "locale": locale,
        "title": _title(document),
        "number": text(document.number),
        "status": _status(document),
        "facts": _facts(document, locale),
        "parties": [
            {"label": pgettext("document", "Seller"), **parties.seller(document.seller)},
            {
                "label": pgettext("document", "Customer"),
                **parties.buyer(document.buyer, document.seller.address.country),
            },
        ],
        "columns": _columns(document.currency),
        "lines": [_line(line, document.currency, locale) for line in document.lines],
        "tax": _tax(document, locale),
        "totals": _totals(document, locale),
        "payment": _payment(document, locale),
        "notes": [
            *_references(document, locale),
            *_in_lei(document, locale),
            *paragraphs(document.notes),
        ],
        "legal": " ".join([*_tax_mentions(document), _legal(document)]),
        # The numbers are known only once the pages are; the template puts them in.
        "page": _("Page %(page)s of %(pages)s", page="{page}", pages="{pages}"),
        "issuer": _issuer(document.seller),
    }


def _title(document: snapshot.DocumentSnapshot) -> str:
    if document.is_advance and document.kind is DocumentKind.INVOICE:
        return _("Advance invoice")
    titles = {
        DocumentKind.PROFORMA: _("Proforma invoice"),
        DocumentKind.INVOICE: _("Invoice"),
        DocumentKind.CREDIT_NOTE: _("Credit note"),
    }
    return titles[document.kind]


def _status(document: snapshot.DocumentSnapshot) -> str:
    is_paid = bool(document.payments) and document.payable_minor == 0
    return pgettext("printed document", "Paid") if is_paid else ""


def _facts(document: snapshot.DocumentSnapshot, locale: str) -> list[Content]:
    facts = [(_("Issue date"), parties.day(document.issue_date, locale))]
    if document.due_date is not None and document.payable_minor > 0:
        facts.append((_("Due date"), parties.day(document.due_date, locale)))
    if document.tax_point != document.issue_date and document.kind is not DocumentKind.PROFORMA:
        facts.append((_("Tax point"), parties.day(document.tax_point, locale)))
    facts.append((_("Amount due"), _with_currency(document.payable_minor, document.currency, locale)))
    return [{"label": label, "value": value} for label, value in facts]


def _columns(currency: str) -> list[str]:
    return [
        _("No."),
        _("Description"),
        _("Quantity"),
        pgettext("measure", "Unit"),
        _("Unit price without VAT"),
        _("VAT"),
        _("Value without VAT (%(currency)s)", currency=currency),
    ]


def _line(line: snapshot.Line, currency: str, locale: str) -> Content:
    description = text(line.description)
    details = paragraphs(line.details.splitlines())
    if line.period_start is not None and line.period_end is not None:
        period = f"{parties.day(line.period_start, locale)} – {parties.day(line.period_end, locale)}"
        details.append(_("Period: %(period)s", period=period))
    if line.discount_minor != 0:
        amount = _with_currency(line.discount_minor, currency, locale)
        details.append(_("Discount included: %(amount)s", amount=amount))
    return {
        "position": str(line.position),
        "description": description,
        "details": details,
        "whole": _printed_lines([description, *details]) <= _WHOLE_ROW_LINES,
        "quantity": formatting.number(line.quantity, locale),
        "unit": units.label(units.code(text(line.unit_code))),
        "price": _unit_price(line, currency, locale),
        "rate": _rate(line.category, line, locale),
        "net": _amount(line.net_minor, currency, locale),
    }


def _printed_lines(texts: Iterable[str]) -> int:
    return sum(len(one) // _LINE_CHARACTERS + 1 for one in texts)


def _unit_price(line: snapshot.Line, currency: str, locale: str) -> str:
    places = money.exponent(currency)
    major = line.unit_price_minor.scaleb(-places)
    decimals = max(places, -int(major.normalize().as_tuple().exponent))
    return formatting.number(major, locale, places=decimals)


def _rate(category: types.TaxCategory, row: snapshot.Line | types.TaxSubtotal, locale: str) -> str:
    labels = {
        types.TaxCategory.REVERSE_CHARGE: _("reverse charge"),
        types.TaxCategory.EXEMPT: _("exempt"),
        types.TaxCategory.OUTSIDE_SCOPE: _("outside scope"),
    }
    return labels.get(category) or formatting.percent(row.rate, locale)


def _tax(document: snapshot.DocumentSnapshot, locale: str) -> Content:
    rows = [
        [
            _rate(row.category, row, locale),
            _amount(row.net_minor, document.currency, locale),
            _amount(row.vat_minor, document.currency, locale),
        ]
        for row in document.subtotals
    ]
    return {"columns": [_("VAT rate"), pgettext("VAT", "Base"), _("VAT")], "rows": rows}


def _totals(document: snapshot.DocumentSnapshot, locale: str) -> Content:
    sums, currency = document.totals, document.currency
    rows = []
    if sums.allowance_minor != 0:
        rows.append((_("Value of the lines"), sums.line_net_minor))
        rows.append((_("Discount"), -sums.allowance_minor))
    rows.append((_("Total without VAT"), sums.net_minor))
    rows.append((_("Total VAT"), sums.vat_minor))
    after = []
    if document.payments:
        after.append((_("Already paid"), -document.paid_minor))
        after.append((_("Amount due"), document.payable_minor))
    return {
        "rows": _amount_rows(rows, currency, locale),
        "total": {"label": _("Total"), "value": _with_currency(sums.total_minor, currency, locale)},
        "after": _amount_rows(after, currency, locale),
    }


def _amount_rows(rows: Iterable[tuple[str, int]], currency: str, locale: str) -> list[list[str]]:
    return [[label, _amount(amount_minor, currency, locale)] for label, amount_minor in rows]


def _payment(document: snapshot.DocumentSnapshot, locale: str) -> Content:
    received = [_received(fact, document.currency, locale) for fact in document.payments]
    accounts = document.seller.bank_accounts if document.payable_minor > 0 else ()
    rows = [
        {
            "iban": formatting.iban(account.iban),
            "bank": text(account.bank or ""),
            "code": payment_code.of(document, account),
        }
        for account in accounts
        if account.currency == document.currency
    ]
    reference = _("Please quote %(number)s with your payment.", number=text(document.number)) if rows else ""
    return {
        "title": _("Payment by bank transfer") if rows else "",
        "accounts": rows,
        "code_label": _("Scan to pay"),
        "reference": reference,
        "received_title": _("Payments received") if received else "",
        "received": received,
    }


def _received(fact: snapshot.PaymentFact, currency: str, locale: str) -> list[str]:
    methods = {
        types.PaymentMethod.BANK_TRANSFER: _("bank transfer"),
        types.PaymentMethod.CARD: _("card"),
        types.PaymentMethod.ONLINE: _("online payment"),
        types.PaymentMethod.CASH: _("cash"),
        types.PaymentMethod.OFFSET: _("offset"),
    }
    return [
        parties.day(fact.paid_on, locale),
        methods[fact.method],
        text(fact.reference or ""),
        _with_currency(fact.amount_minor, currency, locale),
    ]


def _references(document: snapshot.DocumentSnapshot, locale: str) -> list[str]:
    texts = []
    for reference in document.references:
        values = {"number": text(reference.number), "date": parties.day(reference.issue_date, locale)}
        if reference.kind is snapshot.ReferenceKind.PROFORMA:
            texts.append(_("Proforma invoice: %(number)s of %(date)s.", **values))
        elif reference.kind is snapshot.ReferenceKind.ADVANCE:
            texts.append(_("Takes back the advance of invoice %(number)s of %(date)s.", **values))
        else:
            texts.append(_("Corrects invoice %(number)s of %(date)s.", **values))
    return texts


def _tax_mentions(document: snapshot.DocumentSnapshot) -> list[str]:
    return [] if document.tax is None else wording.mentions(document.tax)


def _in_lei(document: snapshot.DocumentSnapshot, locale: str) -> list[str]:
    """Return the VAT in lei of a document in another currency (Legea 227/2015 art. 319 (20) j)."""
    if document.exchange is None or document.vat_in_lei_minor is None:
        return []
    return [
        _(
            "VAT in lei: %(amount)s, at the National Bank's rate of %(date)s: 1 %(currency)s = %(rate)s RON.",
            amount=_with_currency(document.vat_in_lei_minor, "RON", locale),
            date=parties.day(document.exchange.published_on, locale),
            currency=document.currency,
            rate=formatting.number(document.exchange.lei, locale),
        )
    ]


def _legal(document: snapshot.DocumentSnapshot) -> str:
    if document.kind is DocumentKind.PROFORMA:
        return pgettext(
            "printed document",
            "A proforma invoice is not a fiscal document and gives no right to deduct VAT; the fiscal invoice is"
            " issued once the payment is received.",
        )
    return pgettext(
        "printed document",
        "This invoice is valid without signature and stamp, according to article 319 paragraph (29) of Law 227/2015.",
    )


def _issuer(seller: snapshot.Party) -> str:
    parts = [text(seller.name), *parties.tax_numbers(seller)]
    return "  ·  ".join(parts)


def _amount(amount_minor: int, currency: str, locale: str) -> str:
    return formatting.bare_amount(money.Money(amount_minor, currency), locale)


def _with_currency(amount_minor: int, currency: str, locale: str) -> str:
    return formatting.amount(money.Money(amount_minor, currency), locale)
