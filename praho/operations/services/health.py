"""Whether this process can serve."""

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from praho.core.db import scope


def database_answers() -> bool:
    """Ask the database inside the current scope."""
    try:
        scope.session().execute(select(1))
    except OperationalError:
        return False
    return True
