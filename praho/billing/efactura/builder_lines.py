"""The lines of an invoice, and the discount and tax category that lines share with the document."""

from decimal import Decimal

from lxml import etree

from praho.billing import types
from praho.billing.documents import snapshot, units
from praho.billing.efactura import texts
from praho.billing.efactura.xml_writer import add, add_amount, group, plain, price

# UNTDID 5189: a discount.
_DISCOUNT_CODE = "95"
_DISCOUNT_REASON = "Reducere"

Exemption = tuple[str | None, str] | None
"""Why there is no VAT: the code (BT-121) where there is one, and the reason (BT-120)."""


def line(node: etree._Element, sold: snapshot.Line, currency: str) -> None:
    """Fill an InvoiceLine."""
    described = texts.item(sold.description, sold.details)
    add(node, "ID", str(sold.position))
    if described.note:
        add(node, "Note", described.note)
    add(node, "InvoicedQuantity", plain(sold.quantity), unitCode=units.code(sold.unit_code))
    add_amount(node, "LineExtensionAmount", sold.net_minor, currency)
    _period(node, sold)
    if sold.discount_minor != 0:
        discount(node, sold.discount_minor, currency)
    item = group(node, "Item")
    if described.description:
        add(item, "Description", described.description)
    add(item, "Name", described.name)
    tax_category(item, "ClassifiedTaxCategory", sold.category, sold.rate)
    add(group(node, "Price"), "PriceAmount", price(sold.unit_price_minor, currency), currencyID=currency)


def discount(parent: etree._Element, amount_minor: int, currency: str) -> etree._Element:
    """Add an allowance to a line or to the document and return it."""
    node = group(parent, "AllowanceCharge")
    add(node, "ChargeIndicator", "false")
    add(node, "AllowanceChargeReasonCode", _DISCOUNT_CODE)
    add(node, "AllowanceChargeReason", _DISCOUNT_REASON)
    add_amount(node, "Amount", amount_minor, currency)
    return node


def tax_category(
    parent: etree._Element, name: str, category: types.TaxCategory, rate: Decimal, exemption: Exemption = None
) -> None:
    """Add a VAT category with its rate; one spelling per rate, or BR-S-08 finds no match (21 and 21.00).

    What is outside the scope has no rate at all (BR-O-05). `exemption` says why there is no VAT.
    """
    node = group(parent, name)
    add(node, "ID", category.value)
    if category is not types.TaxCategory.OUTSIDE_SCOPE:
        add(node, "Percent", plain(rate))
    if exemption is not None and category is not types.TaxCategory.STANDARD:
        code, reason = exemption
        if code is not None:
            add(node, "TaxExemptionReasonCode", code)
        add(node, "TaxExemptionReason", reason)
    add(group(node, "TaxScheme"), "ID", "VAT")


def _period(node: etree._Element, sold: snapshot.Line) -> None:
    if sold.period_start is None and sold.period_end is None:
        return
    period = group(node, "InvoicePeriod")
    if sold.period_start is not None:
        add(period, "StartDate", sold.period_start.isoformat())
    if sold.period_end is not None:
        add(period, "EndDate", sold.period_end.isoformat())
