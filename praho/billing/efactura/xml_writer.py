"""Adding elements of UBL to a tree, and the one spelling of its numbers."""

from decimal import Context, Decimal

from lxml import etree

from praho.billing.efactura import ubl
from praho.core import money

# Shifting the point must not round a price that has many digits.
_EXACT = Context(prec=100)


def group(parent: etree._Element, name: str) -> etree._Element:
    """Add an empty aggregate (`cac:`) and return it."""
    return etree.SubElement(parent, f"{{{ubl.CAC}}}{name}")


def add(parent: etree._Element, name: str, text: str, **attributes: str) -> None:
    """Add a basic element (`cbc:`) with its text."""
    etree.SubElement(parent, f"{{{ubl.CBC}}}{name}", attributes).text = text


def add_amount(parent: etree._Element, name: str, amount_minor: int, currency: str) -> None:
    """Add an amount with exactly the currency's decimals."""
    add(parent, name, str(money.Money(amount_minor, currency).decimal), currencyID=currency)


def plain(number: Decimal) -> str:
    """Spell a number without exponent and without zeros behind the last digit: 13.5, 21, 100."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def price(unit_price_minor: Decimal, currency: str) -> str:
    """Spell a unit price in major units with all its decimals, two at least: 49.90, 0.004."""
    places = money.exponent(currency)
    whole, _point, decimals = plain(unit_price_minor.scaleb(-places, _EXACT)).partition(".")
    return f"{whole}.{decimals.ljust(places, '0')}" if places else whole
