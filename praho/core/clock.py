"""The only source of business time, and the legal calendar of Bucharest.

Business time may be moved for demos and tests (`PRAHO_CLOCK`) and keeps ticking. Leases, back-off, one-time
passwords and signatures use machine time instead.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

# Where the machine has no zone database, zoneinfo takes the one of the package tzdata.
BUCHAREST = ZoneInfo("Europe/Bucharest")

_offset = timedelta(0)


def machine_now() -> datetime:
    """Return the machine's instant, in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """Return the business instant, in UTC."""
    return machine_now() + _offset


def today() -> date:
    """Return the business date in Bucharest: the date that a document issued now carries."""
    return local_date(now())


def local_date(instant: datetime) -> date:
    """Return the Bucharest date of an aware instant; a naive one is refused."""
    if instant.tzinfo is None:
        raise ValueError("a legal date needs an instant with a time zone")
    return instant.astimezone(BUCHAREST).date()


def move_to(instant: datetime | None) -> None:
    """Let business time tick on from `instant` (aware), or from the machine's time when None."""
    global _offset
    if instant is not None and instant.tzinfo is None:
        raise ValueError("the clock needs an instant with a time zone")
    _offset = timedelta(0) if instant is None else instant - machine_now()


@contextmanager
def moved_to(instant: datetime) -> Iterator[None]:
    """Move business time for the length of a block, then put it back."""
    global _offset
    before = _offset
    move_to(instant)
    try:
        yield
    finally:
        _offset = before
