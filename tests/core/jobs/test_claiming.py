"""Finding the next job stays one look at an index, however many wait."""

from sqlalchemy import text

from praho.core import clock
from praho.core.jobs import claiming

_MANY = text(
    "INSERT INTO core_job (kind, key, queue, payload, state, attempts, failures, max_failures, lease_seconds, run_at,"
    " created_at) SELECT 'many', 'many:' || n, 'default', '{}', 'ready', 0, 0, 12, 60, now() - n * interval '1 second',"
    " now() FROM generate_series(1, 20000) n"
)


def test_nothing_is_sorted_to_find_the_next_job(db):
    db.execute(_MANY)
    db.execute(text("ANALYZE core_job"))
    _abandoned, waiting = claiming._due(clock.machine_now())
    statement = waiting.limit(1).with_for_update(skip_locked=True, key_share=True)
    compiled = statement.compile(db, compile_kwargs={"literal_binds": True})
    plan = "\n".join(db.execute(text(f"EXPLAIN {compiled}")).scalars())
    assert "Index Scan using ix_core_job_due" in plan, plan
    assert "Sort" not in plan, plan
    claimed = claiming.claim("test")
    assert claimed is not None
    assert claimed.kind == "many"
