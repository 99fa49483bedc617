"""Refusals of the catalogue."""

from praho.core import errors


class NotForSale(errors.Conflict):
    """The product, cycle or suffix is not sold (any more), or has no price in this currency."""

    code = "not_for_sale"


class NotComplete(errors.Conflict):
    """Something that is needed for selling is missing; the message names all of it."""

    code = "not_complete"


class CodeRefused(errors.Conflict):
    """A promo code takes nothing off this order; the message says why."""

    code = "promo_code_refused"
