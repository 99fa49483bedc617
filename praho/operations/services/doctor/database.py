"""The database: its server, its schema, who may see what, and whether its secrets can be read."""

from collections.abc import Iterator

from praho.core import crypto
from praho.core.db import inspection
from praho.core.db.base import Base
from praho.core.db.scope import SystemScope, entered
from praho.operations import repos
from praho.operations.services.doctor.findings import Finding, error, ok

NEEDED = frozenset({"database", "migrations", "roles"})
"""The checks without which no row can be read."""
_OLDEST_SERVER = 150000
_SAMPLE = 20


def checks() -> Iterator[Finding]:
    """Yield what is found about server, schema and roles."""
    found = inspection.server()
    if found.number < _OLDEST_SERVER:
        yield error("database", f"PostgreSQL {found.version} is too old: 15 is the oldest that works.")
    else:
        yield ok("database", f"PostgreSQL {found.version} answers.")
    if inspection.migrated():
        yield ok("migrations", "The schema is the newest.")
    else:
        yield error("migrations", "The schema is not the newest: run `praho db upgrade`.")
    missing = inspection.missing_roles()
    if missing:
        yield error("roles", f"The login cannot take the roles {', '.join(missing)}: run `praho db upgrade`.")
    else:
        yield ok("roles", "The roles of portal and staff can be taken.")
    yield _guarded()


def secrets() -> Finding:
    """Read a sample of every kind of secret with the keys that are set."""
    read = 0
    with entered(SystemScope("doctor")):
        for mapper in Base.registry.mappers:
            for field in crypto.encrypted_fields(mapper.class_):
                for row in repos.newest_sealed(mapper.class_, field.column, _SAMPLE):
                    try:
                        field.__get__(row, mapper.class_)
                    except crypto.DecryptionFailed:
                        table = mapper.class_.__tablename__
                        return error("keys", f"A secret of {table} cannot be read: a key is missing.")
                    read += 1
    return ok("keys", f"{read} stored secrets were read with the keys that are set.")


def _guarded() -> Finding:
    unprotected = inspection.unprotected()
    if unprotected:
        return error("row security", f"Row-level security does not guard {', '.join(unprotected)}.")
    return ok("row security", "Row-level security guards the customers' data.")
