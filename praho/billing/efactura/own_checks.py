"""What makes an invoice untrue although the schemas and the ministry's rules let it pass."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Context, Decimal

from lxml import etree

from praho.billing.efactura import own_parties, romanian_rates, ubl
from praho.billing.efactura.findings import Finding, Severity, location
from praho.core import money

# Quotients are rounded only after so many digits that the stated rounding to a ban decides alone.
_EXACT = Context(prec=60)
_ONE_BAN = Decimal("0.01")


def check(root: etree._Element, today: date) -> Iterator[Finding]:
    """Yield the findings about a document that is valid against its schema; `today` is Bucharest's date."""
    yield from _payment_terms(root)
    yield from _dates(root, today)
    yield from _line_ids(root)
    yield from _line_nets(root)
    yield from _vat_amounts(root)
    yield from _rate_spelling(root)
    yield from _vat_rates(root)
    yield from _reversal(root)
    yield from own_parties.check(root)


def _found(rule_id: str, message: str, node: etree._Element, severity: Severity = Severity.ERROR) -> Finding:
    return Finding(rule_id, message, location(node), severity)


def _number(node: etree._Element, path: str, default: str = "0") -> Decimal:
    return Decimal(ubl.text(node, path) or default)


def _date(value: str) -> date | None:
    # What is not ten characters has its own rule; here it counts as absent.
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _payment_terms(root: etree._Element) -> Iterator[Finding]:
    """BR-CO-25 as the ministry's base has it; newer EN 16931 stylesheets dropped it."""
    payable = _number(root, "cac:LegalMonetaryTotal/cbc:PayableAmount")
    stated = ubl.text(root, "cbc:DueDate") or ubl.text(root, "cac:PaymentTerms/cbc:Note")
    if payable > 0 and not stated:
        message = "An invoice with an amount to pay states its due date (BT-9) or payment terms (BT-20)."
        yield _found("BR-CO-25", message, root)


def _dates(root: etree._Element, today: date) -> Iterator[Finding]:
    issued = _date(ubl.text(root, "cbc:IssueDate"))
    due = _date(ubl.text(root, "cbc:DueDate"))
    if issued is not None and issued > today:
        yield _found("PRAHO-FUTURE", "The issue date (BT-2) lies in the future.", root)
    if issued is not None and due is not None and due < issued:
        yield _found("PRAHO-DUE", "The due date (BT-9) is before the issue date (BT-2).", root)


def _lines(root: etree._Element) -> list[etree._Element]:
    return [*ubl.every(root, "cac:InvoiceLine"), *ubl.every(root, "cac:CreditNoteLine")]


def _line_ids(root: etree._Element) -> Iterator[Finding]:
    lines = _lines(root)
    times = Counter(ubl.text(line, "cbc:ID") for line in lines)
    for line in lines:
        if times[ubl.text(line, "cbc:ID")] > 1:
            yield _found("PRAHO-LINE-ID", "Another line has the same identifier (BT-126).", line)


def _line_nets(root: etree._Element) -> Iterator[Finding]:
    for line in _lines(root):
        stated = _number(line, "cbc:LineExtensionAmount")
        if stated != _computed_net(line):
            message = "The line's net (BT-131) is not quantity x price - allowances + charges."
            yield _found("PRAHO-LINE-NET", message, line)


def _computed_net(line: etree._Element) -> Decimal:
    quantity = _number(line, "cbc:InvoicedQuantity") + _number(line, "cbc:CreditedQuantity")
    base = _number(line, "cac:Price/cbc:BaseQuantity", default="1")
    if base == 0:
        base = Decimal(1)
    product = _EXACT.multiply(quantity, _number(line, "cac:Price/cbc:PriceAmount"))
    net = money.round_half_up(_EXACT.divide(product, base))
    for allowance in ubl.every(line, "cac:AllowanceCharge"):
        is_charge = ubl.text(allowance, "cbc:ChargeIndicator") in {"true", "1"}
        amount = _number(allowance, "cbc:Amount")
        net += amount if is_charge else -amount
    return net


def _vat_amounts(root: etree._Element) -> Iterator[Finding]:
    """The stylesheets allow less than 1.00 per rate; the law allows no such thing.

    One ban is only worth a look: it is right where a price was agreed with its VAT and the VAT follows by
    difference.
    """
    for row in ubl.every(root, "cac:TaxTotal/cac:TaxSubtotal"):
        base = _number(row, "cbc:TaxableAmount")
        percent = _number(row, "cac:TaxCategory/cbc:Percent")
        expected = money.round_half_up(_EXACT.multiply(base, percent).scaleb(-2, _EXACT))
        difference = abs(_number(row, "cbc:TaxAmount") - expected)
        if difference > 0:
            severity = Severity.WARNING if difference <= _ONE_BAN else Severity.ERROR
            message = f"The VAT (BT-117) of {base} at {percent} % is {expected}."
            yield _found("PRAHO-VAT", message, row, severity)


def _rate_spelling(root: etree._Element) -> Iterator[Finding]:
    """BR-S-08 as the ministry's base has it, which finds no line at 21.00 for a breakdown at 21."""
    spellings: dict[Decimal, str] = {}
    for node in root.iter(f"{{{ubl.CBC}}}Percent"):
        spelled = ubl.content(node)
        if spellings.setdefault(Decimal(spelled), spelled) != spelled:
            yield _found("BR-S-08", "One VAT rate is spelled in two ways.", node)


def _vat_rates(root: etree._Element) -> Iterator[Finding]:
    if not own_parties.both_in_romania(root):
        return
    spans = list(_tax_point_spans(root))
    for row in ubl.every(root, "cac:TaxTotal/cac:TaxSubtotal"):
        percent = _number(row, "cac:TaxCategory/cbc:Percent")
        if ubl.text(row, "cac:TaxCategory/cbc:ID") != "S" or not spans:
            continue
        if not any(romanian_rates.in_force(percent, first, last) for first, last in spans):
            message = f"A VAT rate of {percent} % was not in force in Romania when this was due."
            yield _found("PRAHO-RATE", message, row)


def _tax_point_spans(root: etree._Element) -> Iterator[tuple[date, date]]:
    """Yield the days on which the VAT may have become chargeable.

    An invoice is issued by the 15th of the month after the supply (Legea 227/2015 art. 319 (16)), so any day since
    the first of the month before its issue counts; a stated tax point, a billed period and the dates of corrected
    invoices count besides.
    """
    issued = [_date(ubl.text(root, "cbc:IssueDate"))]
    issued += [_date(ubl.content(node)) for node in ubl.every(root, "cac:BillingReference//cbc:IssueDate")]
    for day in issued:
        if day is not None:
            yield (day.replace(day=1) - timedelta(days=1)).replace(day=1), day
    stated = _date(ubl.text(root, "cbc:TaxPointDate"))
    if stated is not None:
        yield stated, stated
    for period in ubl.every(root, ".//cac:InvoicePeriod"):
        first, last = _date(ubl.text(period, "cbc:StartDate")), _date(ubl.text(period, "cbc:EndDate"))
        if first is not None and last is not None:
            yield first, last


def _reversal(root: etree._Element) -> Iterator[Finding]:
    """A correction quotes what it corrects (Legea 227/2015 art. 330)."""
    total = _number(root, "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount")
    quoted = ubl.text(root, "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID")
    if total < 0 and not quoted:
        message = "An invoice below zero names the invoice that it corrects (BT-25)."
        yield _found("PRAHO-STORNO", message, root)
