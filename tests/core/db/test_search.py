"""A search gives the rows that a plain query would, page by page in both directions, wherever it looks for them."""

from itertools import product

import pytest
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from praho.core.db import search
from praho.core.db.scope import CustomerScope, SystemScope, entered
from praho.core.text import prefix_query
from praho.core.web.paging import page_of
from praho.models.customers import Customer, CustomerKind
from praho.models.integrations import ProviderKind
from praho.models.orders import Order
from praho.models.provisioning import Service
from tests.factories import billing, catalogue, customers, orders, services

NAMES = ["Ana Pop", "Bogdan Stan", "Ana Pop", "Călin Pop", "Ana Pop", "Dan Rusu", "Ana Pop", "Zoe Pop"]
KEYS = ([Customer.name_sort, Customer.id], [Customer.id])


@pytest.fixture
def people(db, app):
    return [customers.make_person(name=name).id for name in NAMES]


@pytest.fixture(params=[2, 1000], ids=["beyond-the-first", "among-the-first"])
def near(request, monkeypatch):
    monkeypatch.setattr(search, "_NEAR", request.param)


def walked(statement, keys, matching, *, descending):
    """Return the ids of all pages forwards, and those of all pages backwards from the last."""
    pages, cursor = [], None
    while not pages or cursor:
        page = page_of(statement, keys, cursor, size=2, descending=descending, matching=matching)
        pages.append([row.id for row in page.items])
        cursor = page.next
    back = [pages[-1]]
    while page.previous:
        page = page_of(statement, keys, page.previous, size=2, descending=descending, matching=matching)
        back.insert(0, [row.id for row in page.items])
    return pages, back


def test_pages_of_a_search_are_those_of_all_rows(people, near):
    query = prefix_query("pop")
    for keys, descending, kind in product(KEYS, (True, False), (None, CustomerKind.PERSON, CustomerKind.COMPANY)):
        statement = select(Customer) if kind is None else select(Customer).where(Customer.kind == kind)
        order = [key.desc() if descending else key.asc() for key in keys]
        with entered(SystemScope("test")) as session:
            rows = session.scalars(statement.where(search.finds(Customer.search, query)).order_by(*order))
            wanted = [row.id for row in rows]
            forth, back = walked(statement, keys, (Customer.search, query), descending=descending)
        assert len(wanted) == (0 if kind is CustomerKind.COMPANY else 6)
        assert [row_id for page in forth for row_id in page] == wanted
        assert back == forth


def test_a_customers_search_finds_its_own_rows_alone(db, app, near):
    own, other = customers.make_customer(), customers.make_customer()
    account = catalogue.make_offline_account(ProviderKind.PROVISIONER)
    plan = catalogue.make_plan(account, slug="plan")
    made = [
        services.make_service(holder, account, plan, domain_name=f"firma-{number}.example").id
        for number, holder in enumerate((own, other, own, own, other))
    ]
    with entered(CustomerScope(own.id)):
        forth, back = walked(select(Service), [Service.id], (Service.search, prefix_query("firma")), descending=True)
    assert forth == back == [[made[3], made[2]], [made[0]]]


@pytest.mark.parametrize("loaded", [selectinload, joinedload])
def test_a_search_loads_what_belongs_to_its_rows(db, app, near, loaded):
    billing.make_seller()
    customer, account = customers.make_customer(), catalogue.make_offline_account(ProviderKind.REGISTRAR)
    catalogue.make_priced_tld("ro", account)
    plan = catalogue.make_plan(catalogue.make_offline_account(ProviderKind.PROVISIONER), slug="plan")
    for number in range(3):
        orders.make_order(customer, plan, [f"una{number}.ro", f"alta{number}.ro"])
    with entered(SystemScope("test")):
        statement = select(Order).options(loaded(Order.items))
        page = page_of(statement, [Order.id], None, size=2, matching=(Order.search, prefix_query("una")))
        assert [len(row.items) for row in page.items] == [len(page.items[0].items)] * 2
    assert page.next
