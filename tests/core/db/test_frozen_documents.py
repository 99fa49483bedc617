"""An issued document stays as it was issued, whoever asks: staff's role, the owner, raw SQL."""

from datetime import date

import pytest
from psycopg import errors
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from praho.core.db.scope import STAFF_ROLE
from praho.models.all import METADATA
from praho.models.billing.documents import DocumentKind, DocumentState
from tests.factories import rows
from tests.fixtures.database import become

DOCUMENT = METADATA.tables["billing_document"]
LINE = METADATA.tables["billing_document_line"]
TAX = METADATA.tables["billing_document_tax"]
FREE = {"state", "settled_minor", "settled_at", "refusal", "search"}
FROZEN = [column.name for column in DOCUMENT.columns if column.name not in FREE]
_TYPE_OF = text(
    "SELECT data_type FROM information_schema.columns WHERE table_name = 'billing_document' AND column_name = :column"
)
_OTHER = {"bigint": "{0} + 1", "integer": "{0} + 1", "date": "{0} + 1", "jsonb": """'{{"other": 1}}'"""}


@pytest.fixture
def filler(db) -> rows.Filler:
    return rows.Filler(db)


@pytest.fixture
def document(db, filler) -> int:
    """A complete proforma: one line of 100, tax of 21."""
    for table in ("billing_document_line", "billing_document_tax", "billing_document_file"):
        filler.row(table)
    _commit(db)
    return filler.row("billing_document")["id"]


def _commit(connection: Connection) -> None:
    """Check what waits for the commit, then go on."""
    connection.execute(text("SET CONSTRAINTS ALL IMMEDIATE"))
    connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))


def _refused(connection: Connection, statement: str, **values: object) -> bool:
    with connection.begin_nested() as attempt:
        try:
            connection.execute(text(statement), values)
            _commit(connection)
        except IntegrityError as error:
            assert isinstance(error.orig, errors.IntegrityConstraintViolation), error
            attempt.rollback()
            return True
        attempt.rollback()
    return False


@pytest.mark.parametrize("role", ["none", STAFF_ROLE])
@pytest.mark.parametrize("column", FROZEN)
def test_no_other_column_changes(db, document, column, role):
    kind = db.execute(_TYPE_OF, {"column": column}).scalar_one()
    other = _OTHER.get(kind, "now()" if kind.startswith("timestamp") else "'zz'").format(column)
    nullable = f"coalesce({other}, 1)" if kind == "bigint" else other
    become(db, role, "")
    assert _refused(db, f"UPDATE billing_document SET {column} = {nullable} WHERE id = :id", id=document)


def test_state_settlement_refusal_and_search_change(db, document):
    change = "UPDATE billing_document SET state = 'paid', settled_minor = total_minor, settled_at = now(),"
    assert not _refused(db, f"{change} refusal = 'why', search = 'zz' WHERE id = :id", id=document)


def test_it_is_paid_only_once_nothing_is_left(db, document):
    paid = "UPDATE billing_document SET state = 'paid', settled_minor = 0 WHERE id = :id"
    with pytest.raises(IntegrityError, match="ck_billing_document_paid"), db.begin_nested():
        db.execute(text(paid), {"id": document})


def test_a_paid_one_opens_again_only_with_something_left(db, document):
    paid = "UPDATE billing_document SET state = 'paid', settled_minor = total_minor WHERE id = :id"
    db.execute(text(paid), {"id": document})

    assert _refused(db, "UPDATE billing_document SET state = 'open' WHERE id = :id", id=document)
    again = "UPDATE billing_document SET state = 'open', settled_minor = total_minor - 1 WHERE id = :id"
    assert not _refused(db, again, id=document)


@pytest.mark.parametrize("state", [DocumentState.PAID, DocumentState.ISSUED])
def test_what_is_paid_or_issued_keeps_its_state(db, document, state):
    settle = "UPDATE billing_document SET state = :state, settled_minor = total_minor WHERE id = :id"
    db.execute(text(settle), {"state": state, "id": document})
    for later in set(DocumentState) - {state}:
        change = "UPDATE billing_document SET state = :later WHERE id = :id"
        assert _refused(db, change, later=later, id=document), later


@pytest.mark.parametrize("table", ["billing_document", "billing_document_line", "billing_document_tax"])
def test_nothing_of_it_is_deleted(db, document, table):
    assert _refused(db, f"DELETE FROM {table}")


@pytest.mark.parametrize("column", [column.name for column in LINE.columns if column.name != "id"])
def test_no_line_changes(db, document, column):
    assert _refused(db, f"UPDATE billing_document_line SET {column} = {column}")


@pytest.mark.parametrize("table", ["billing_document_tax", "billing_document_file"])
def test_no_tax_and_no_file_changes(db, document, table):
    assert _refused(db, f"UPDATE {table} SET id = id")


def test_a_line_that_comes_late_is_refused_at_commit(db, filler, document):
    values = {**filler.values("billing_document_line"), "position": 2, "net_minor": 0}
    with pytest.raises(IntegrityError, match="does not add up"), db.begin_nested():
        db.execute(LINE.insert().values(values))
        _commit(db)


def test_a_tax_that_comes_late_is_refused_at_commit(db, filler, document):
    values = {**filler.values("billing_document_tax"), "category": "Z", "net_minor": 1, "vat_minor": 0}
    with pytest.raises(IntegrityError, match="does not add up"), db.begin_nested():
        db.execute(TAX.insert().values(values))
        _commit(db)


@pytest.mark.parametrize("missing", ["billing_document_line", "billing_document_tax"])
def test_a_document_is_complete_at_commit(db, filler, missing):
    other = {"billing_document_line", "billing_document_tax"} - {missing}
    with pytest.raises(IntegrityError, match="does not add up"), db.begin_nested():
        filler.row(other.pop())
        _commit(db)


@pytest.mark.parametrize(
    ("table", "changed"),
    [
        ("billing_document_line", {"net_minor": 99}),
        ("billing_document_tax", {"net_minor": 99}),
        ("billing_document_tax", {"vat_minor": 20}),
    ],
)
def test_lines_and_taxes_add_up_to_the_document(db, filler, table, changed):
    with pytest.raises(IntegrityError, match="does not add up"), db.begin_nested():
        db.execute(METADATA.tables[table].insert().values({**filler.values(table), **changed}))
        filler.row(({"billing_document_line", "billing_document_tax"} - {table}).pop())
        _commit(db)


def test_totals_are_checked_by_the_database(db, filler):
    with pytest.raises(IntegrityError, match="ck_billing_document_total"), db.begin_nested():
        db.execute(DOCUMENT.insert().values({**filler.values("billing_document"), "total_minor": 120}))


def test_a_proforma_becomes_one_invoice_at_most(db, filler, document):
    def invoice(number: int) -> dict[str, object]:
        values = filler.values("billing_document") | {"line_count": 0, "net_minor": 0, "vat_minor": 0}
        kind = {"kind": DocumentKind.INVOICE, "state": DocumentState.ISSUED, "total_minor": 0}
        return {**values, **kind, "number": number, "source_id": document, "issue_date": date(2026, 2, 1)}

    db.execute(DOCUMENT.insert().values(invoice(1)))
    with pytest.raises(IntegrityError, match="uq_billing_document_invoice_of"), db.begin_nested():
        db.execute(DOCUMENT.insert().values(invoice(2)))
