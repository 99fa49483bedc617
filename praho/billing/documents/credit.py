"""What a credit note takes back of an invoice: never more than is left, and in the end exactly all of it.

Amounts of a credit note are negative, so an invoice and its credit notes add up to what is left. The VAT follows the
invoice's own rate (Legea 227/2015 art. 287, 291 (6)): each line has its share of the invoice's VAT, an amount with VAT
contains its own, and the note that takes the last of a rate takes what is left of its VAT, so that nothing remains.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from praho.billing import errors, types
from praho.billing.documents import pricing, snapshot
from praho.billing.tax import totals
from praho.core import money
from praho.core.i18n import gettext as _

Key = tuple[types.TaxCategory, Decimal]


@dataclass(frozen=True, slots=True)
class LineLeft:
    """A line of an invoice and what may still be credited of it, in minor units without VAT.

    `gross_minor` is the same with VAT; `whole` tells that nothing was taken off the line yet, by a credit note or by
    a discount on the document.
    """

    line: snapshot.Line
    net_minor: int
    gross_minor: int
    whole: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A line to be credited: all that is left of it, or so much with VAT (`gross_minor`, with the line's own sign)."""

    position: int
    gross_minor: int | None = None


def left(invoice: snapshot.DocumentSnapshot, earlier: Sequence[snapshot.DocumentSnapshot]) -> list[LineLeft]:
    """Return every line of the invoice with what its earlier credit notes have left of it."""
    if sum(note.totals.net_minor for note in earlier) == -invoice.totals.net_minor and earlier:
        return [LineLeft(line, 0, 0, whole=False) for line in invoice.lines]
    nets = _nets_left(invoice, earlier)
    shares = _vat_shares(invoice, earlier, nets)
    return [
        LineLeft(line, net, net + vat, whole=net == line.net_minor)
        for line, net, vat in zip(invoice.lines, nets, shares, strict=True)
    ]


def compose(
    invoice: snapshot.DocumentSnapshot, earlier: Sequence[snapshot.DocumentSnapshot], parts: Sequence[Part] | None
) -> pricing.PricedLines:
    """Return the lines and sums of a credit note for `parts`, or for all that is left where `parts` is None.

    Raises `CreditRefused` where nothing is left, where a part is not on the invoice or asks for more than is left.
    """
    rest = left(invoice, earlier)
    if all(entry.net_minor == 0 for entry in rest):
        raise errors.CreditRefused(_("The whole invoice has been credited already."))
    if parts is None and not earlier:
        return _mirror(invoice)
    chosen = parts if parts is not None else [Part(entry.line.position) for entry in rest if entry.net_minor != 0]
    return _priced(invoice, earlier, _taken(rest, chosen))


def _worth(invoice: snapshot.DocumentSnapshot) -> list[int]:
    """Return the net of each line after its share of the document's discount."""
    worth = [line.net_minor for line in invoice.lines]
    for allowance in invoice.allowances:
        key = (allowance.category, allowance.rate)
        places = [place for place, line in enumerate(invoice.lines) if _key(line) == key]
        shares = money.Money(allowance.amount_minor, invoice.currency).allocate(
            [max(invoice.lines[place].net_minor, 0) for place in places]
        )
        for place, share in zip(places, shares, strict=True):
            worth[place] -= share.minor
    return worth


def _nets_left(invoice: snapshot.DocumentSnapshot, earlier: Sequence[snapshot.DocumentSnapshot]) -> list[int]:
    credited: dict[int | None, int] = {}
    for line in (line for note in earlier for line in note.lines):
        credited[line.corrects] = credited.get(line.corrects, 0) + line.net_minor
    return [worth + credited.get(line.position, 0) for line, worth in zip(invoice.lines, _worth(invoice), strict=True)]


def _vat_shares(
    invoice: snapshot.DocumentSnapshot, earlier: Sequence[snapshot.DocumentSnapshot], nets: Sequence[int]
) -> list[int]:
    """Return the VAT left of each line: what is left of its rate's VAT, shared out by what is left of the nets."""
    shares = [totals.percent_of(net, line.rate) for line, net in zip(invoice.lines, nets, strict=True)]
    for key in {_key(line) for line in invoice.lines}:
        places = [place for place, line in enumerate(invoice.lines) if _key(line) == key]
        if min(nets[place] for place in places) < 0 or not any(nets[place] for place in places):
            continue
        _net, vat = _tax_left(invoice, earlier, key)
        split = money.Money(vat, invoice.currency).allocate([nets[place] for place in places])
        for place, share in zip(places, split, strict=True):
            shares[place] = share.minor
    return shares


def _mirror(invoice: snapshot.DocumentSnapshot) -> pricing.PricedLines:
    """Return the invoice with all signs turned."""
    sums = invoice.totals
    return pricing.PricedLines(
        lines=tuple(_turned(line, position) for position, line in enumerate(invoice.lines, start=1)),
        allowances=tuple(replace(row, amount_minor=-row.amount_minor) for row in invoice.allowances),
        subtotals=tuple(replace(row, net_minor=-row.net_minor, vat_minor=-row.vat_minor) for row in invoice.subtotals),
        totals=types.Sums(
            -sums.line_net_minor, -sums.allowance_minor, -sums.net_minor, -sums.vat_minor, -sums.total_minor
        ),
    )


def _turned(line: snapshot.Line, position: int) -> snapshot.Line:
    return replace(
        line,
        position=position,
        quantity=-line.quantity,
        discount_minor=-line.discount_minor,
        net_minor=-line.net_minor,
        corrects=line.position,
    )


@dataclass(frozen=True, slots=True)
class _Taken:
    """A part that is allowed, without VAT and the VAT that goes with it."""

    entry: LineLeft
    net_minor: int
    vat_minor: int


def _taken(rest: Sequence[LineLeft], parts: Sequence[Part]) -> list[_Taken]:
    by_position = {entry.line.position: entry for entry in rest}
    if not parts or len({part.position for part in parts}) != len(parts):
        raise errors.CreditRefused(_("Please choose what is credited."))
    return [_take(by_position.get(part.position), part) for part in parts]


def _take(entry: LineLeft | None, part: Part) -> _Taken:
    if entry is None or entry.net_minor == 0:
        raise errors.CreditRefused(_("Nothing is left to credit of line %(position)s.", position=part.position))
    if part.gross_minor is None or part.gross_minor == entry.gross_minor:
        return _Taken(entry, entry.net_minor, entry.gross_minor - entry.net_minor)
    inside = min(entry.gross_minor, 0) <= part.gross_minor <= max(entry.gross_minor, 0)
    if part.gross_minor == 0 or not inside:
        raise errors.CreditRefused(
            _("Of line %(position)s only a part of what is left can be credited.", position=part.position)
        )
    return _Taken(entry, *totals.split_gross(part.gross_minor, entry.line.rate))


def _priced(
    invoice: snapshot.DocumentSnapshot, earlier: Sequence[snapshot.DocumentSnapshot], taken: Sequence[_Taken]
) -> pricing.PricedLines:
    lines = tuple(_line(position, part) for position, part in enumerate(taken, start=1))
    subtotals = tuple(
        types.TaxSubtotal(*key, -net, -_vat(key, net, taken, _tax_left(invoice, earlier, key)))
        for key, net in _nets(taken).items()
    )
    net, vat = sum(row.net_minor for row in subtotals), sum(row.vat_minor for row in subtotals)
    return pricing.PricedLines(lines, (), subtotals, types.Sums(net, 0, net, vat, net + vat))


def _line(position: int, part: _Taken) -> snapshot.Line:
    line = part.entry.line
    if part.entry.whole and part.net_minor == line.net_minor:
        return _turned(line, position)
    return replace(
        line,
        position=position,
        description=_("Part of: %(description)s", description=line.description),
        quantity=Decimal(-1 if part.net_minor > 0 else 1),
        unit_price_minor=Decimal(abs(part.net_minor)),
        discount_minor=0,
        net_minor=-part.net_minor,
        corrects=line.position,
    )


def _vat(key: Key, net_minor: int, taken: Sequence[_Taken], rest: tuple[int, int]) -> int:
    """Return the VAT that goes with a credited net, of what is left at its rate as (net, VAT)."""
    net_left, vat_left = rest
    if net_minor == net_left:
        return vat_left
    vat = sum(part.vat_minor for part in taken if _key(part.entry.line) == key)
    return min(vat, vat_left) if net_left > 0 else max(vat, vat_left)


def _tax_left(
    invoice: snapshot.DocumentSnapshot, earlier: Sequence[snapshot.DocumentSnapshot], key: Key
) -> tuple[int, int]:
    rows = [row for document in (invoice, *earlier) for row in document.subtotals if (row.category, row.rate) == key]
    return sum(row.net_minor for row in rows), sum(row.vat_minor for row in rows)


def _nets(taken: Sequence[_Taken]) -> dict[Key, int]:
    nets: dict[Key, int] = {}
    for part in taken:
        key = _key(part.entry.line)
        nets[key] = nets.get(key, 0) + part.net_minor
    return dict(sorted(nets.items()))


def _key(line: snapshot.Line) -> Key:
    return line.category, totals.canonical(line.rate)
