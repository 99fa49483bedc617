"""Adding to a day's sum in the transaction of what is counted, and folding what was added."""

from datetime import date

from sqlalchemy import insert, text

from praho.core.db.uow import require_unit_of_work, unit_of_work
from praho.core.tallies.table import TallyDelta

_FOLD = text(
    """
    WITH taken AS (
        DELETE FROM core_tally_delta WHERE id IN (
            SELECT id FROM core_tally_delta ORDER BY id LIMIT :batch FOR UPDATE SKIP LOCKED
        ) RETURNING measure, day, unit, amount, count
    ), folded AS (
        INSERT INTO core_tally_day (measure, day, unit, amount, count)
        SELECT measure, day, unit, sum(amount), sum(count) FROM taken GROUP BY measure, day, unit
        ON CONFLICT (measure, day, unit) DO UPDATE
        SET amount = core_tally_day.amount + excluded.amount, count = core_tally_day.count + excluded.count
    )
    SELECT count(*) FROM taken
    """
)
_BATCH = 10_000
# No RETURNING: the portal's role may add and reads none.
_INSERT = insert(TallyDelta.__table__).inline()  # type: ignore[arg-type]


def add(measure: str, day: date, amount: int = 0, unit: str = "", *, count: int = 1) -> None:
    """Add to the sum of a Bucharest date: `amount` in minor units of the currency `unit`, and `count` things.

    Needs a unit of work, and counts with its commit; what is taken back is added as a negative amount and count.
    """
    session = require_unit_of_work().session
    session.execute(_INSERT, {"measure": measure, "day": day, "unit": unit, "amount": amount, "count": count})


def fold() -> int:
    """Fold the deltas of all days into their rows, a batch at a time; return how many. Needs a system scope."""
    folded = 0
    while True:
        with unit_of_work() as session:
            batch = int(session.execute(_FOLD, {"batch": _BATCH}).scalar_one())
        folded += batch
        if batch < _BATCH:
            return folded
