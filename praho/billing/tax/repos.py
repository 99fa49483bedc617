"""The rate rows, as the pure resolution wants them."""

from datetime import timedelta
from itertools import groupby, pairwise

from sqlalchemy import select

from praho.billing.tax.rates import RateRow
from praho.core.db.scope import session
from praho.models.billing.tax import VatRate


def rate_rows() -> list[RateRow]:
    """Return every rate; a row ends the day before the next one of its country begins."""
    stored = session().scalars(select(VatRate).order_by(VatRate.country, VatRate.valid_from)).all()
    rows: list[RateRow] = []
    for _country, group in groupby(stored, key=lambda rate: rate.country):
        ordered = list(group)
        for rate, following in pairwise([*ordered, None]):
            assert rate is not None
            last = None if following is None else following.valid_from - timedelta(days=1)
            rows.append(RateRow(rate.country, rate.percent, rate.valid_from, last))
    return rows


def all_rates() -> list[VatRate]:
    """Return the stored rows, by country, the newest first."""
    return list(session().scalars(select(VatRate).order_by(VatRate.country, VatRate.valid_from.desc())))


def find_rate(rate_id: int) -> VatRate | None:
    """Return one row, or None."""
    return session().get(VatRate, rate_id)
