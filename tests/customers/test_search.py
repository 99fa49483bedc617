"""Customers are found by the beginnings of words, with and without diacritics, and by an index whatever is asked."""

import pytest
from sqlalchemy import event
from sqlalchemy import text as sql

from praho.core import text
from praho.core.db.scope import STAFF_ROLE, StaffScope, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.jobs.running import Jobs
from praho.core.web.paging import PAGE_SIZE
from praho.customers.services import changing, contacts, members, reading, registering
from praho.customers.types import ContactInput, CustomerFilter, CustomerOrder
from praho.models.customers import CustomerKind
from praho.users.services import accounts
from tests.customers.samples import company, person
from tests.factories import customers, users
from tests.fixtures.database import become

STAFF = StaffScope(1)
MANY = 50_000
MOST_ROWS = 6_000
# Names repeat as in life, each customer has an address and a number of its own.
SEED = """
INSERT INTO customers_customer
    (public_id, kind, state, name, name_sort, email, cui, vat_payer, locale, currency, search, created_at)
SELECT 'cus_seed' || n, CASE WHEN n % 3 = 0 THEN 'person' ELSE 'company' END, 'active',
       'Firma ' || n, 'firma ' || n, 'client' || n || '@firma.example', (10000000 + n)::text, false, 'ro', 'RON',
       array_to_tsvector(ARRAY['firma', n::text, 'client', 'example', 'client' || n || 'firmaexample',
                              (10000000 + n)::text, 'oras', (n % 400)::text]),
       now()
FROM generate_series(1, :many) AS n
"""


def register(typed, owner=None):
    with entered(SystemScope("test")):
        return registering.register(typed, owner_id=None if owner is None else owner.id)


def names(typed, **wanted):
    with entered(STAFF):
        page = reading.listing(CustomerFilter(typed, **wanted), CustomerOrder.NAME, None)
        return [row.name for row in page.items]


@pytest.fixture
def tigla(db):
    return register(company(cui="RO14399840"))


@pytest.mark.parametrize(
    "typed",
    [
        "țiglă", "tigla", "TIGLA", "ţiglă", "Țig", "fii tig", "contact@tigla.example", "contact@", "tigla.ex",
        "14399840", "RO14399840", "ro 143", "0721234567", "0721 234", "J40/1234/2020", "s.r.l. tigla",
    ],
)  # fmt: skip
def test_a_customer_is_found_by(tigla, typed):
    assert names(typed) == ["Țiglă și Fiii S.R.L."]


@pytest.mark.parametrize("typed", ["igla", "tiglarie", "14399841", "contact@alta", "tigla & !absent", "' OR 1=1"])
def test_a_customer_is_not_found_by(tigla, typed):
    assert names(typed) == []


def test_nothing_typed_lists_everybody_by_name(db):
    for name in ("Zamfir S.A.", "Știrbei S.A.", "Sava S.A.", "Țepeș S.A."):
        register(company(name=name))
    assert names("") == ["Sava S.A.", "Știrbei S.A.", "Țepeș S.A.", "Zamfir S.A."]


def test_the_list_narrows_to_a_kind(db):
    register(company())
    register(person())
    assert names("", kind=CustomerKind.PERSON) == ["Ștefan Popescu"]


def test_contacts_are_search_words_as_long_as_they_are_there(tigla):
    with entered(STAFF):
        contact_id = contacts.add(tigla.id, ContactInput("Doina Contabilă", "doina@conta.example", billing=True))
        assert names("doina conta") == ["Țiglă și Fiii S.R.L."]
        contacts.change(tigla.id, contact_id, ContactInput("Maria", "maria@conta.example", billing=True))
        assert names("doina") == []
        assert names("maria@conta") == ["Țiglă și Fiii S.R.L."]
        contacts.remove(tigla.id, contact_id)
        assert names("maria") == []


def test_a_changed_profile_changes_the_words(tigla):
    with entered(STAFF):
        changing.change(tigla.id, company(name="Olane Noi S.A.", cui="361757", email="noi@olane.example"))
    assert names("tigla") == []
    assert names("olane 361757") == ["Olane Noi S.A."]


def test_members_are_search_words_under_their_new_names_too(db, domains):
    ana = users.make_user(full_name="Ana Pop", email="ana@acasa.example")
    made = register(company(), owner=ana)
    assert names("ana@acasa") == ["Țiglă și Fiii S.R.L."]
    accounts.change_profile(ana.id, full_name="Ana Ionescu", locale="ro", theme="system")
    jobs = Jobs(domains.job_handlers)
    while jobs.run_one("test"):
        pass
    assert names("ionescu") == ["Țiglă și Fiii S.R.L."]
    assert names("ana pop") == []
    other = users.make_user(full_name="Ion Nou")
    with entered(SystemScope("test")), unit_of_work():
        members.admit(changing.lock(made.id), other.id, members.MemberRole.OWNER)
    with entered(SystemScope("test")):
        (leaving,) = [row for row in reading.active_members(made.id) if row.user_id == ana.id]
        members.remove(made.id, leaving.public_id)
    assert names("ionescu") == []


def test_the_global_search_finds_customers_for_staff(db, domains, tigla):
    (source,) = [source for source in domains.contributed("search") if source.name == "customers"]
    with entered(STAFF):
        assert [row.name for row in reading.found(text.prefix_query("tig"), 5)] == ["Țiglă și Fiii S.R.L."]
    assert source.permission.name == "customers.view"


def test_pages_walk_every_customer_once(db):
    made = [customers.make_customer(name=f"Client {number:03}").public_id for number in range(60)]
    for order in CustomerOrder:
        seen, cursor = [], None
        while True:
            with entered(STAFF):
                page = reading.listing(CustomerFilter(), order, cursor)
            assert len(page.items) <= PAGE_SIZE
            seen += [row.public_id for row in page.items]
            cursor = page.next
            if cursor is None:
                break
        assert sorted(seen) == sorted(made)


def test_fifty_thousand_customers_are_searched_by_index(db):
    db.execute(sql(SEED), {"many": MANY})
    db.execute(sql("ANALYZE customers_customer"))
    for typed in ("client4711@firma.example", "10004711", "firma 4711", "oras 12", "firma", "nimeni", ""):
        for order in CustomerOrder:
            for kind in (None, CustomerKind.PERSON):
                plan = plan_of(db, CustomerFilter(typed, kind), order)
                assert rows_read(plan) < MOST_ROWS, f"{typed!r} by {order}: {plan}"


def rows_read(node):
    """How many rows of tables a plan touched, those that it threw away included."""
    own = (node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"]
    inner = sum(rows_read(child) for child in node.get("Plans", ()))
    return inner + (own if "Relation Name" in node else 0)


def plan_of(connection, wanted, order):
    """What PostgreSQL did for the statement that a list sends, with the values and the role that it has."""
    sent = []

    def note(_connection, _cursor, statement, parameters, *_rest):
        if "FROM customers_customer" in statement:
            sent.append((statement, parameters))

    event.listen(connection.engine, "before_cursor_execute", note)
    try:
        with entered(STAFF):
            reading.listing(wanted, order, None)
    finally:
        event.remove(connection.engine, "before_cursor_execute", note)
    ((statement, values),) = sent
    become(connection, STAFF_ROLE, "")
    (done,) = connection.exec_driver_sql(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {statement}", values).scalar_one()
    become(connection, "none", "")
    return done["Plan"]
