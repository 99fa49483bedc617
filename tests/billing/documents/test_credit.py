"""Crediting: never more than is left, and in the end exactly all of it."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praho.billing import errors
from praho.billing.documents import credit, pricing, snapshot
from praho.core import i18n
from praho.models.billing.documents import DocumentKind
from tests.billing import samples


def invoice(*drafts, **values):
    return samples.document(list(drafts), **values)


def note(original, earlier, parts):
    """The credit note of `parts`, checked as every document is before it is stored."""
    priced = credit.compose(original, earlier, parts)
    document = replace(
        original,
        kind=DocumentKind.CREDIT_NOTE,
        lines=priced.lines,
        allowances=priced.allowances,
        subtotals=priced.subtotals,
        totals=priced.totals,
        payments=(),
        references=(snapshot.Reference(snapshot.ReferenceKind.CORRECTED_INVOICE, "EXH-000001", date(2026, 10, 5)),),
    )
    pricing.require_consistent(document)
    return document


def sums(document):
    return document.totals.net_minor, document.totals.vat_minor, document.totals.total_minor


def added(documents):
    return tuple(sum(column) for column in zip(*(sums(document) for document in documents), strict=True))


def test_d8_a_storno_mirrors_the_original():
    original = invoice(samples.draft("Găzduire web", "239.88"))
    credited = note(original, [], None)
    assert sums(credited) == (-23_988, -5_037, -29_025)
    [line] = credited.lines
    assert (line.quantity, line.unit_price_minor, line.net_minor, line.corrects) == (-1, 23_988, -23_988, 1)


def test_d16_a_part_is_given_with_its_vat():
    original = invoice(samples.draft("Găzduire web", "239.88"))
    credited = note(original, [], [credit.Part(1, gross_minor=5_000)])
    assert sums(credited) == (-4_132, -868, -5_000)
    assert "Găzduire web" in credited.lines[0].description


def test_d9_an_agreed_gross_amount_stays_as_it_is():
    original = invoice(samples.draft("Găzduire web", "239.88"))
    assert sums(note(original, [], [credit.Part(1, gross_minor=10_000)])) == (-8_264, -1_736, -10_000)


@pytest.mark.parametrize("gross", [29_026, 0, -1])
def test_d17_more_than_is_left_is_refused(gross):
    original = invoice(samples.draft("Găzduire web", "239.88"))
    with i18n.in_locale("en"), pytest.raises(errors.CreditRefused, match="part of what is left"):
        note(original, [], [credit.Part(1, gross_minor=gross)])


def test_d17_a_second_part_beyond_the_rest_is_refused():
    original = invoice(samples.draft("Găzduire web", "239.88"))
    first = note(original, [], [credit.Part(1, gross_minor=20_000)])
    with pytest.raises(errors.CreditRefused):
        note(original, [first], [credit.Part(1, gross_minor=9_026)])
    rest = note(original, [first], None)
    assert added([original, first, rest]) == (0, 0, 0)


def test_i11_a_second_storno_is_refused():
    original = invoice(samples.draft("Găzduire web", "239.88"), samples.draft("Domeniu", "49.90"))
    with i18n.in_locale("en"), pytest.raises(errors.CreditRefused, match="credited already"):
        note(original, [note(original, [], None)], None)


def test_one_line_of_several():
    original = invoice(samples.draft("Găzduire web", "239.88"), samples.draft("Domeniu", "49.90", "2"))
    first = note(original, [], [credit.Part(2)])
    assert [(line.quantity, line.net_minor) for line in first.lines] == [(-2, -9_980)]
    with pytest.raises(errors.CreditRefused):
        note(original, [first], [credit.Part(2)])
    assert [entry.net_minor for entry in credit.left(original, [first])] == [23_988, 0]


def test_the_last_part_takes_what_is_left_of_the_vat():
    original = invoice(samples.draft("a", "2.50"), samples.draft("b", "2.50"))
    first = note(original, [], [credit.Part(1)])
    last = note(original, [first], [credit.Part(2)])
    assert [first.totals.vat_minor, last.totals.vat_minor] == [-52, -53]
    assert added([original, first, last]) == (0, 0, 0)


def test_a_discounted_invoice_is_credited_at_what_was_asked():
    original = invoice(samples.draft("a", "100.00"), samples.draft("b", "50.00"), discount_minor=1_500)
    assert sums(note(original, [], None)) == tuple(-value for value in sums(original))
    first = note(original, [], [credit.Part(1)])
    assert first.totals.net_minor == -9_000
    assert added([original, first, note(original, [first], None)]) == (0, 0, 0)


@pytest.mark.parametrize("parts", [[], [credit.Part(1), credit.Part(1)], [credit.Part(7)]])
def test_nonsense_is_refused(parts):
    with pytest.raises(errors.CreditRefused):
        note(invoice(samples.draft("a", "10")), [], parts)


prices = st.decimals(min_value=0, max_value=2000, places=2)
baskets = st.lists(st.tuples(prices, st.sampled_from(["1", "2", "13.5"])), min_size=1, max_size=5)


@given(baskets, st.data())
def test_an_invoice_and_its_credit_notes_come_to_nothing(basket, data):
    original = invoice(*(samples.draft("x", str(price), quantity) for price, quantity in basket))
    notes = []
    for _turn in range(data.draw(st.integers(0, 4))):
        rest = [entry for entry in credit.left(original, notes) if entry.gross_minor > 1]
        if not rest:
            break
        entry = data.draw(st.sampled_from(rest))
        gross = data.draw(st.none() | st.integers(1, entry.gross_minor))
        notes.append(note(original, notes, [credit.Part(entry.line.position, gross)]))
        net, vat, total = added([original, *notes])
        assert min(net, vat, total) >= 0
    if any(entry.net_minor for entry in credit.left(original, notes)):
        notes.append(note(original, notes, None))
    assert added([original, *notes]) == (0, 0, 0)
