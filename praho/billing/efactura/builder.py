"""A frozen invoice as UBL 2.1 by CIUS-RO 1.0.1. The same snapshot always gives the same bytes.

An invoice is mostly issued after its money has come: it then states what was received as `PrepaidAmount` (BT-113)
and asks for 0.00. That is EN 16931's own way of saying "paid" (BR-CO-16), keeps the buyer's books from paying
twice, and needs neither a due date (BR-CO-25 asks for one only above zero) nor an account to pay to.

A credit note is an invoice of type 380 with negative quantities that names what it corrects (BT-25, BT-26), as
Romanian programs write it; its prices stay positive (BR-27).
"""

from typing import Any

from lxml import etree

from praho.billing import types
from praho.billing.documents import pricing, snapshot
from praho.billing.efactura import builder_lines, builder_parties, requirements, texts, ubl
from praho.billing.efactura.xml_writer import add, add_amount, group
from praho.billing.tax import exchange, wording

_NAMESPACES: Any = {None: ubl.INVOICE, "cac": ubl.CAC, "cbc": ubl.CBC}
_INVOICE_TYPE = "380"
_CREDIT_TRANSFER = "30"
_REFERENCE_LENGTH = 200
_PAYMENT_ID_LENGTH = 140
# UNCL 2475: the VAT is due when the money comes, TVA la încasare (BT-8, BR-RO-040).
_WHEN_PAID = "432"

# UNTDID 4461. A transfer that has arrived is 42, which asks for no account; an expected one is 30 with its IBAN.
_PAID_BY = {
    types.PaymentMethod.BANK_TRANSFER: "42",
    types.PaymentMethod.CARD: "48",
    types.PaymentMethod.ONLINE: "68",
    types.PaymentMethod.CASH: "10",
    types.PaymentMethod.OFFSET: "97",
}


def build(document: snapshot.DocumentSnapshot) -> bytes:
    """Return the XML in UTF-8.

    Raises `UnsupportedDocument` for what this system does not write as e-Factura and `InconsistentDocument` for
    amounts that do not follow from the lines.
    """
    requirements.require_buildable(document)
    pricing.require_consistent(document)
    root = etree.Element(f"{{{ubl.INVOICE}}}Invoice", nsmap=_NAMESPACES)
    _header(root, document)
    _references(root, document)
    with_vat = not requirements.is_outside(document)
    builder_parties.seller(group(root, "AccountingSupplierParty"), document.seller, with_vat=with_vat)
    builder_parties.buyer(group(root, "AccountingCustomerParty"), document.buyer, with_vat=with_vat)
    _payment_means(root, document)
    _allowances(root, document)
    _tax_total(root, document)
    _tax_in_lei(root, document)
    _monetary_total(root, document)
    for line in document.lines:
        builder_lines.line(group(root, "InvoiceLine"), line, document.currency)
    etree.indent(root)
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _header(root: etree._Element, document: snapshot.DocumentSnapshot) -> None:
    add(root, "CustomizationID", ubl.CUSTOMIZATION_ID)
    add(root, "ID", texts.clean(document.number))
    add(root, "IssueDate", document.issue_date.isoformat())
    if document.due_date is not None and document.payable_minor > 0:
        add(root, "DueDate", document.due_date.isoformat())
    add(root, "InvoiceTypeCode", _INVOICE_TYPE)
    on_collection = document.tax is not None and document.tax.on_collection
    for note in texts.notes((*document.notes, wording.ON_COLLECTION) if on_collection else document.notes):
        add(root, "Note", note)
    # BT-7 and BT-8 exclude each other (BR-CO-03).
    if document.tax_point != document.issue_date and not on_collection:
        add(root, "TaxPointDate", document.tax_point.isoformat())
    add(root, "DocumentCurrencyCode", document.currency)
    if document.exchange is not None:
        add(root, "TaxCurrencyCode", exchange.HOME)
    if on_collection:
        add(group(root, "InvoicePeriod"), "DescriptionCode", _WHEN_PAID)


def _references(root: etree._Element, document: snapshot.DocumentSnapshot) -> None:
    for reference in document.references:
        if reference.kind is not snapshot.ReferenceKind.PROFORMA:
            corrected = group(group(root, "BillingReference"), "InvoiceDocumentReference")
            add(corrected, "ID", texts.shorten(texts.clean(reference.number), _REFERENCE_LENGTH))
            add(corrected, "IssueDate", reference.issue_date.isoformat())
        else:
            supporting = group(root, "AdditionalDocumentReference")
            add(supporting, "ID", texts.shorten(texts.clean(reference.number), _REFERENCE_LENGTH))
            issued = reference.issue_date.strftime("%d.%m.%Y")
            add(supporting, "DocumentDescription", f"Factură proformă din {issued}")


def _payment_means(root: etree._Element, document: snapshot.DocumentSnapshot) -> None:
    if document.payable_minor == 0 and document.payments:
        largest = max(document.payments, key=lambda payment: payment.amount_minor)
        add(group(root, "PaymentMeans"), "PaymentMeansCode", _PAID_BY[largest.method])
        return
    for account in document.seller.bank_accounts:
        if account.currency == document.currency:
            means = group(root, "PaymentMeans")
            add(means, "PaymentMeansCode", _CREDIT_TRANSFER)
            add(means, "PaymentID", texts.shorten(texts.clean(document.number), _PAYMENT_ID_LENGTH))
            add(group(means, "PayeeFinancialAccount"), "ID", "".join(account.iban.split()))


def _allowances(root: etree._Element, document: snapshot.DocumentSnapshot) -> None:
    for allowance in document.allowances:
        node = builder_lines.discount(root, allowance.amount_minor, document.currency)
        builder_lines.tax_category(node, "TaxCategory", allowance.category, allowance.rate)


def _tax_total(root: etree._Element, document: snapshot.DocumentSnapshot) -> None:
    total = group(root, "TaxTotal")
    add_amount(total, "TaxAmount", document.totals.vat_minor, document.currency)
    for row in document.subtotals:
        node = group(total, "TaxSubtotal")
        add_amount(node, "TaxableAmount", row.net_minor, document.currency)
        add_amount(node, "TaxAmount", row.vat_minor, document.currency)
        builder_lines.tax_category(node, "TaxCategory", row.category, row.rate, _exemption(document))


def _exemption(document: snapshot.DocumentSnapshot) -> builder_lines.Exemption:
    return None if document.tax is None else wording.exemption(document.tax)


def _tax_in_lei(root: etree._Element, document: snapshot.DocumentSnapshot) -> None:
    """State the VAT of a document in another currency in lei as well (BT-111, BR-53), without a breakdown."""
    if document.vat_in_lei_minor is not None:
        add_amount(group(root, "TaxTotal"), "TaxAmount", document.vat_in_lei_minor, exchange.HOME)


def _monetary_total(root: etree._Element, document: snapshot.DocumentSnapshot) -> None:
    totals, currency = document.totals, document.currency
    node = group(root, "LegalMonetaryTotal")
    add_amount(node, "LineExtensionAmount", totals.line_net_minor, currency)
    add_amount(node, "TaxExclusiveAmount", totals.net_minor, currency)
    add_amount(node, "TaxInclusiveAmount", totals.total_minor, currency)
    if totals.allowance_minor != 0:
        add_amount(node, "AllowanceTotalAmount", totals.allowance_minor, currency)
    if document.payments:
        add_amount(node, "PrepaidAmount", document.paid_minor, currency)
    add_amount(node, "PayableAmount", document.payable_minor, currency)
