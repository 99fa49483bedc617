"""From the lines that a document is to have to the lines, tax rows and sums that its snapshot keeps."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from praho.billing import errors, types
from praho.billing.documents import snapshot
from praho.billing.tax import totals
from praho.core.i18n import lazy_gettext as _
from praho.models.billing.documents import DocumentKind

_TOLERANCE_MINOR = 100


@dataclass(frozen=True, slots=True)
class LineDraft:
    """A line before it is priced; the fields are those of `snapshot.Line`."""

    description: str
    quantity: Decimal
    unit_code: str
    unit_price_minor: Decimal
    category: types.TaxCategory
    rate: Decimal
    discount_minor: int = 0
    details: str = ""
    period_start: date | None = None
    period_end: date | None = None


@dataclass(frozen=True, slots=True)
class PricedLines:
    lines: tuple[snapshot.Line, ...]
    allowances: tuple[types.TaxAllowance, ...]
    subtotals: tuple[types.TaxSubtotal, ...]
    totals: types.Sums


def price(currency: str, drafts: Sequence[LineDraft], *, discount_minor: int = 0) -> PricedLines:
    """Price the drafts by `totals.compute` and number them from 1; its errors pass through."""
    computed = totals.compute(currency, [_taxable(draft) for draft in drafts], discount_minor=discount_minor)
    lines = tuple(
        _line(position, draft, total.net_minor)
        for position, (draft, total) in enumerate(zip(drafts, computed.lines, strict=True), start=1)
    )
    return PricedLines(lines, computed.allowances, computed.subtotals, computed.sums)


def require_consistent(document: snapshot.DocumentSnapshot) -> None:
    """Refuse a document whose stored amounts are not those that its lines give.

    The last check before a number is taken: raises `InconsistentDocument` naming what differs.
    """
    computed = totals.compute(
        document.currency,
        [_taxable(line) for line in document.lines],
        discount_minor=document.totals.allowance_minor,
    )
    pairs: dict[str, tuple[object, object]] = {
        "lines": (
            tuple(line.net_minor for line in document.lines),
            tuple(total.net_minor for total in computed.lines),
        ),
        "allowances": (document.allowances, computed.allowances),
        "VAT": (document.subtotals, computed.subtotals),
        "totals": (document.totals, computed.sums),
    }
    if document.kind is DocumentKind.CREDIT_NOTE or document.advances:
        pairs |= _of_reversal(document, computed)
    wrong = [name for name, (stored, right) in pairs.items() if stored != right]
    total = document.totals.total_minor
    if not min(total, 0) <= document.paid_minor <= max(total, 0):
        wrong.append("payments")
    if wrong:
        raise errors.InconsistentDocument(
            _(
                "The amounts of document %(number)s do not add up: %(parts)s.",
                number=document.number,
                parts=", ".join(wrong),
            )
        )


def _of_reversal(document: snapshot.DocumentSnapshot, computed: totals.Totals) -> dict[str, tuple[object, object]]:
    """Return what is compared where something is taken back: VAT may be off by less than one unit at each rate.

    It takes back what is left of another document's VAT, or a price that was agreed with VAT; e-Factura's own tolerance
    (BR-S-09) is the same.
    """
    pairs = list(zip(document.subtotals, computed.subtotals, strict=False))
    near = all(abs(stored.vat_minor - right.vat_minor) < _TOLERANCE_MINOR for stored, right in pairs)
    bases = [(row.category, row.rate, row.net_minor) for row in document.subtotals]
    vat = sum(row.vat_minor for row in document.subtotals)
    sums = replace(computed.sums, vat_minor=vat, total_minor=computed.sums.net_minor + vat)
    return {
        "VAT": ((bases, near), ([(row.category, row.rate, row.net_minor) for row in computed.subtotals], True)),
        "totals": (document.totals, sums),
    }


def _taxable(line: LineDraft | snapshot.Line) -> totals.TaxableLine:
    return totals.TaxableLine(line.quantity, line.unit_price_minor, line.category, line.rate, line.discount_minor)


def _line(position: int, draft: LineDraft, net_minor: int) -> snapshot.Line:
    return snapshot.Line(
        position=position,
        description=draft.description,
        quantity=draft.quantity,
        unit_code=draft.unit_code,
        unit_price_minor=draft.unit_price_minor,
        net_minor=net_minor,
        category=draft.category,
        rate=draft.rate,
        discount_minor=draft.discount_minor,
        details=draft.details,
        period_start=draft.period_start,
        period_end=draft.period_end,
    )
