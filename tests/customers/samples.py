"""Buyers as they are typed."""

from dataclasses import replace

from praho.customers.types import CustomerInput
from praho.models.customers import CustomerKind

COMPANY = CustomerInput(
    kind=CustomerKind.COMPANY,
    name="Țiglă și Fiii S.R.L.",
    email="contact@tigla.example",
    phone="0721 234 567",
    street="Strada Lungă nr. 1",
    city="Cluj-Napoca",
    county="RO-CJ",
    cui="14399840",
    reg_com="J40/1234/2020",
)
PERSON = replace(
    COMPANY, kind=CustomerKind.PERSON, name="Ștefan Popescu", email="stefan@popescu.example", cui="", reg_com=""
)


def company(**typed):
    return replace(COMPANY, **typed)


def person(**typed):
    return replace(PERSON, **typed)
