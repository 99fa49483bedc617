"""Daily sums of what a house counts, kept so that no page has to add up a whole table."""

from datetime import date

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from praho.core.db.base import Access, Base, BigId


class TallyDelta(Base):
    """What one transaction added to a day's sum. Only ever inserted, so that two sales never wait for each other."""

    __tablename__ = "core_tally_delta"
    __access__ = Access.STAFF
    __portal_privileges__ = ("INSERT",)
    __table_args__ = (Index("ix_core_tally_delta_measure_day", "measure", "day"),)

    id: Mapped[BigId]
    measure: Mapped[str] = mapped_column(String(40))
    day: Mapped[date]
    unit: Mapped[str] = mapped_column(String(3))
    amount: Mapped[int] = mapped_column(BigInteger)
    count: Mapped[int] = mapped_column(BigInteger)


class TallyDay(Base):
    """The deltas of a day that were folded so far. A day's sum is this row and the deltas that are still there.

    `unit` is a currency whose minor units `amount` counts, or empty where things are only counted.
    """

    __tablename__ = "core_tally_day"
    __access__ = Access.STAFF

    measure: Mapped[str] = mapped_column(String(40), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(String(3), primary_key=True)
    amount: Mapped[int] = mapped_column(BigInteger)
    count: Mapped[int] = mapped_column(BigInteger)
