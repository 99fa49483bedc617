"""What the invoice of a delivery takes back of an advance that was invoiced before.

The advance is taken back at its own rate of VAT, and the delivery charged at the rate of its tax point (Legea
227/2015 art. 291 (4)-(6)): 100.00 that were invoiced at 19 % and delivered at 21 % leave 2.00 to pay. What takes the
last of an advance takes what is left of its VAT, so that no rounding remains.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from praho.billing import errors, types
from praho.billing.documents import pricing, sale, snapshot
from praho.billing.tax import totals
from praho.core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Part:
    """What is taken back of an advance invoice: its net and its VAT in minor units, both positive."""

    advance: snapshot.DocumentSnapshot
    net_minor: int
    vat_minor: int


def left(
    advance: snapshot.DocumentSnapshot, notes: Sequence[snapshot.DocumentSnapshot], taken: Sequence[tuple[int, int]]
) -> Part:
    """Return what may still be taken back of an advance, after its credit notes and what was `taken`: net and VAT."""
    return Part(
        advance,
        advance.totals.net_minor + sum(note.totals.net_minor for note in notes) - sum(net for net, _vat in taken),
        advance.totals.vat_minor + sum(note.totals.vat_minor for note in notes) - sum(vat for _net, vat in taken),
    )


def part_of(rest: Part, net_minor: int) -> Part:
    """Return so much net of what is left, with its VAT; raises `AdvanceRefused` for nothing, and for more."""
    if rest.net_minor <= 0:
        raise errors.AdvanceRefused(_("Nothing is left of this advance."))
    if not 0 < net_minor <= rest.net_minor:
        raise errors.AdvanceRefused(_("Take back more than nothing, and not more than is left of the advance."))
    if net_minor == rest.net_minor:
        return rest
    vat = totals.percent_of(net_minor, _line(rest.advance).rate)
    return replace(rest, net_minor=net_minor, vat_minor=min(vat, rest.vat_minor))


def compose(
    currency: str, delivered: Sequence[sale.SaleLine], tax: types.TaxCategory, rate: Decimal, part: Part, words: str
) -> tuple[pricing.PricedLines, Part]:
    """Return the delivery at its rate and the advance, described by `words`, with minus signs at its own.

    With it the part that was taken back: its VAT is not more than that of the same net at the same rate.
    Raises `AdvanceRefused` where the advance is in another currency, or more than the delivery costs.
    """
    if part.advance.currency != currency:
        raise errors.AdvanceRefused(_("The advance was invoiced in another currency."))
    first = _line(part.advance)
    drafts = [_charge(line, tax, rate) for line in delivered]
    back = pricing.LineDraft(
        words, Decimal(-1), sale.PIECE, Decimal(part.net_minor), first.category, first.rate, details=""
    )
    charged, priced = pricing.price(currency, drafts), pricing.price(currency, [*drafts, back])
    key = (first.category, totals.canonical(first.rate))
    vat_of = {(row.category, row.rate): row.vat_minor for row in charged.subtotals}
    if (*key, part.net_minor) in {(row.category, row.rate, row.net_minor) for row in charged.subtotals}:
        part = replace(part, vat_minor=min(part.vat_minor, vat_of[key]))
    vat_of[key] = vat_of.get(key, 0) - part.vat_minor
    subtotals = tuple(replace(row, vat_minor=vat_of[(row.category, row.rate)]) for row in priced.subtotals)
    vat = sum(row.vat_minor for row in subtotals)
    sums = replace(priced.totals, vat_minor=vat, total_minor=priced.totals.net_minor + vat)
    if sums.total_minor < 0:
        raise errors.AdvanceRefused(
            _("The delivery costs less than the advance: take back less of it, or credit the advance first.")
        )
    return replace(priced, subtotals=subtotals, totals=sums), part


def fact(part: Part) -> snapshot.AdvanceFact:
    """Return what the document of the delivery keeps of the advance."""
    return snapshot.AdvanceFact(
        part.advance.number, part.advance.issue_date, -part.net_minor, -part.vat_minor, part.advance.exchange
    )


def _line(advance: snapshot.DocumentSnapshot) -> snapshot.Line:
    [line] = advance.lines
    return line


def _charge(line: sale.SaleLine, category: types.TaxCategory, rate: Decimal) -> pricing.LineDraft:
    return pricing.LineDraft(
        line.description,
        Decimal(1),
        sale.PIECE,
        Decimal(line.price_minor),
        category,
        rate,
        details=line.details,
        period_start=line.period_start,
        period_end=line.period_end,
    )
