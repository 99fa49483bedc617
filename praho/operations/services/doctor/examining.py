"""The whole examination, in the order in which one thing needs another."""

from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError

from praho.config import Config
from praho.operations.services.doctor import business, database, machine
from praho.operations.services.doctor.findings import Finding, State, error


def examine(config: Config) -> Iterator[Finding]:
    """Yield what every check found.

    Where the schema is not fit, what reads rows is left out; where secrets cannot be read, no provider is called.
    """
    try:
        yield from _examine(config)
    except DBAPIError as trouble:
        yield error("database", f"The database refused a question: {str(trouble.orig).strip().splitlines()[0]}")


def _examine(config: Config) -> Iterator[Finding]:
    yield from machine.checks(config)
    fit = True
    for finding in database.checks():
        fit = fit and (finding.state is not State.ERROR or finding.name not in database.NEEDED)
        yield finding
    if fit:
        keys = database.secrets()
        yield keys
        yield from business.checks(config)
        if keys.state is State.OK:
            yield from business.providers()
