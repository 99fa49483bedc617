"""The company that sells, as pages name it."""

from praho.core.identifiers import counties
from praho.customers.web.labels import city as city_name
from praho.settings.types import Seller


def address_of(seller: Seller) -> str:
    """Return where the company sits, on one line."""
    town = city_name(seller.city)
    county = counties.county_name(seller.county) if seller.county else ""
    return ", ".join(part for part in (seller.street, town, county, seller.post_code) if part)
