"""What the catalogue holds about people: nothing. A redemption says which order used a code, not whose it was."""

from praho.core.personal_data import nothing
from praho.models.catalogue import (
    Product,
    ProductGroup,
    ProductPrice,
    PromoCode,
    Redemption,
    Tld,
    TldPrice,
)

RULES = nothing(ProductGroup, Product, ProductPrice, PromoCode, Redemption, Tld, TldPrice)
