"""What says where a consumer is, and when people have to look at it."""

from datetime import date
from decimal import Decimal

import pytest

from praho.billing import types
from praho.billing.tax import evidence
from praho.billing.tax.types import Evidence, EvidenceKind, Rule, TaxDecision

ADDRESS, IP, CARD, PHONE = (
    EvidenceKind.BILLING_ADDRESS, EvidenceKind.IP_ADDRESS, EvidenceKind.CARD, EvidenceKind.PHONE,
)  # fmt: skip


def decided(rule, country, *items):
    return TaxDecision(
        types.TaxCategory.STANDARD, Decimal(21), rule, country, country, date(2026, 11, 22),
        evidence=tuple(Evidence(kind, named) for kind, named in items),
    )  # fmt: skip


def test_c20_two_signs_of_another_country_are_flagged_and_nothing_switches():
    decision = decided(Rule.HOME, "RO", (ADDRESS, "RO"), (IP, "FR"), (CARD, "FR"))
    assert evidence.review(decision) == evidence.Finding(other_country="FR")
    assert decision.place == "RO"


@pytest.mark.parametrize(
    ("decision", "finding"),
    [
        (decided(Rule.HOME, "RO", (ADDRESS, "RO")), None),
        (decided(Rule.HOME, "RO", (ADDRESS, "RO"), (IP, "FR")), None),
        (decided(Rule.HOME, "RO", (ADDRESS, "RO"), (IP, "FR"), (CARD, "DE")), None),
        (decided(Rule.DESTINATION, "DE", (ADDRESS, "DE"), (PHONE, "DE")), None),
        (decided(Rule.DESTINATION, "DE", (ADDRESS, "DE")), evidence.Finding(too_few=True)),
        (decided(Rule.DESTINATION, "DE", (ADDRESS, "DE"), (PHONE, "RO")), evidence.Finding(too_few=True)),
        (decided(Rule.REVERSE_CHARGE, "DE", (ADDRESS, "DE"), (IP, "RO"), (CARD, "RO")), None),
        (decided(Rule.DESTINATION, "MC", (ADDRESS, "MC"), (IP, "FR")), None),
    ],
    ids=["alone", "one against", "two disagree", "two agree", "one", "one each", "a business", "Monaco is France"],
)
def test_when_people_have_to_look(decision, finding):
    assert evidence.review(decision) == finding
