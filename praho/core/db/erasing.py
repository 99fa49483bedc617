"""Carrying out the rules of `praho.core.personal_data`, one table at a time."""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import CursorResult, Date, Delete, LargeBinary, String, Update, delete, func, select, update
from sqlalchemy.dialects.postgresql import JSONB

from praho.core.db.base import Base
from praho.core.db.scope import session
from praho.core.db.types import SearchVector
from praho.core.db.uow import require_unit_of_work
from praho.core.personal_data import Forgotten, TableRule, Treatment

_WORDS = (String, JSONB, LargeBinary, Date, SearchVector)
"""Texts of every length are Strings."""
_SAY_NOTHING = frozenset({"public_id", "currency", "locale"})


def wordy_columns(model: type[Base]) -> set[str]:
    """Return the columns of a table that may hold words or days: numbers, states and instants say nobody's name."""
    return {
        column.key
        for column in model.__table__.columns
        if isinstance(column.type, _WORDS) and column.key not in _SAY_NOTHING
    }


def count(rule: TableRule, whom: Forgotten) -> int:
    """Return how many rows a rule is about; one query."""
    assert rule.rows is not None
    return session().scalar(select(func.count()).select_from(rule.model).where(rule.rows(whom))) or 0


def counts(rules: Sequence[TableRule], whom: Forgotten) -> list[int]:
    """Return how many rows each of some rules is about; one query, and what a rule itself has to ask."""
    numbers = [
        select(func.count()).select_from(rule.model).where(rule.rows(whom)).scalar_subquery()
        for rule in rules
        if rule.rows is not None
    ]
    return [int(number) for number in session().execute(select(*numbers)).one()]


def carry_out(rule: TableRule, whom: Forgotten) -> int:
    """Do what a rule that keeps nothing says, and return how many rows it was about. Needs a unit of work."""
    database = require_unit_of_work().session
    if rule.run is not None:
        return rule.run(whom)
    assert rule.rows is not None
    if rule.treatment is Treatment.DELETE:
        statement: Delete | Update = delete(rule.model).where(rule.rows(whom))
    else:
        values = {name: value(whom) for name, value in rule.values.items()}
        statement = update(rule.model).where(rule.rows(whom)).values(**values)
    result = cast(CursorResult[Any], database.execute(statement.execution_options(synchronize_session=False)))
    return result.rowcount
