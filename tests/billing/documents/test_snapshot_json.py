import json
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praho.billing import types
from praho.billing.documents import snapshot, snapshot_json
from tests.billing import samples

FULL = replace(
    samples.document(discount_minor=1000, buyer=replace(samples.PERSON, personal_id="1630615123457")),
    notes=("O mențiune.", ""),
    references=(snapshot.Reference(snapshot.ReferenceKind.PROFORMA, "PRF-000017", date(2026, 10, 1)),),
    payments=(replace(samples.payment(100), reference="pi_1"), samples.payment(0)),
)


def through_json(document):
    return snapshot_json.from_json(json.loads(json.dumps(snapshot_json.to_json(document))))


@pytest.mark.parametrize("document", [FULL, samples.document(), samples.proforma(due_date=None), samples.document(())])
def test_nothing_is_lost(document):
    assert through_json(document) == document


texts = st.text()
optional = st.none() | texts
decimals = st.decimals(allow_nan=False, allow_infinity=False)
addresses = st.builds(snapshot.Address, texts, texts, texts, county=optional, postal_code=optional)
parties = st.builds(
    snapshot.Party,
    kind=st.sampled_from(types.PartyKind),
    name=texts,
    address=addresses,
    tax_number=optional,
    vat_payer=st.booleans(),
    personal_id=optional,
    bank_accounts=st.lists(st.builds(snapshot.BankAccount, texts, bank=optional)).map(tuple),
)
lines = st.builds(
    snapshot.Line,
    position=st.integers(),
    description=texts,
    quantity=decimals,
    unit_code=texts,
    unit_price_minor=decimals,
    net_minor=st.integers(),
    category=st.sampled_from(types.TaxCategory),
    rate=decimals,
    period_start=st.none() | st.dates(),
    corrects=st.none() | st.integers(),
)


@given(parties, st.lists(lines, max_size=3).map(tuple), st.none() | st.dates())
def test_any_values_survive(party, some_lines, due):
    document = replace(FULL, seller=party, buyer=party, lines=some_lines, due_date=due)
    restored = through_json(document)
    assert restored == document
    # Equal decimals may differ in spelling (21 and 21.00); what was frozen comes back digit by digit.
    assert [str(line.quantity) for line in restored.lines] == [str(line.quantity) for line in some_lines]


def test_amounts_stay_integers_and_decimals_are_texts():
    line = snapshot_json.to_json(FULL)["lines"][2]
    assert (line["net_minor"], line["quantity"], line["unit_price_minor"]) == (500, "13.5", "37.00")


def test_another_schema_is_refused():
    with pytest.raises(ValueError, match="schema 2"):
        snapshot_json.from_json({**snapshot_json.to_json(FULL), "schema": 2})


def test_a_missing_field_is_no_default():
    data = snapshot_json.to_json(FULL)
    del data["due_date"]
    with pytest.raises(KeyError):
        snapshot_json.from_json(data)


def test_a_personal_id_is_not_in_the_representation():
    assert "1630615123457" not in repr(FULL)


def test_paid_and_payable():
    invoice = samples.document()
    assert (invoice.paid_minor, invoice.payable_minor) == (0, 35668)
    partly = replace(invoice, payments=(samples.payment(35000), samples.payment(668 - 1)))
    assert (partly.paid_minor, partly.payable_minor) == (35667, 1)
    assert samples.paid(invoice).payable_minor == 0


def test_quantity_is_exact():
    document = samples.document([samples.draft("x", "0.1", "0.3333333333333333333333333")])
    assert through_json(document).lines[0].quantity == Decimal("0.3333333333333333333333333")


INSTANT = datetime(2026, 12, 31, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "changed",
    [
        lambda: replace(FULL, issue_date=INSTANT),
        lambda: replace(FULL, tax_point=INSTANT),
        lambda: replace(FULL, due_date=INSTANT),
        lambda: replace(FULL.lines[0], period_start=INSTANT),
        lambda: replace(FULL.lines[0], period_end=INSTANT),
        lambda: replace(FULL.references[0], issue_date=INSTANT),
        lambda: replace(FULL.payments[0], paid_on=INSTANT),
    ],
)
def test_an_instant_is_no_date(changed):
    with pytest.raises(TypeError, match="instants"):
        changed()
