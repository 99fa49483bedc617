"""From the cart to what is live, through every domain in between, as a customer and staff would do it."""

import pytest
from sqlalchemy import select

from praho.core.db.scope import SystemScope, entered
from praho.core.permissions import StaffRole
from praho.models.billing.documents import Document, DocumentKind, DocumentState
from praho.models.catalogue import BillingCycle
from praho.models.domains import DomainName, DomainState
from praho.models.notifications import Message, MessageState
from praho.models.orders import ItemState, OrderState
from praho.models.provisioning import Service, ServiceState
from praho.orders.web import cart_cookie
from tests.factories import billing, catalogue, orders, providers, users
from tests.orders.test_checkout import COMPANY, PERSON
from tests.orders.test_checkout import order as check_out


@pytest.fixture
def product(app, sandbox):
    billing.make_seller()
    catalogue.make_priced_tld("ro", providers.make_registrar(sandbox))
    return catalogue.make_plan(providers.make_provisioner(sandbox), {BillingCycle.ANNUAL: (15_000, 0)}, slug="start")


def all_of(model):
    with entered(SystemScope("test")) as session:
        return session.scalars(select(model).order_by(model.id)).all()


@pytest.mark.slow
@pytest.mark.parametrize("typed", [PERSON, COMPANY], ids=["person", "company"])
def test_a_cart_becomes_a_live_domain_and_a_live_service(visitor, another_visitor, product, sandbox, run_jobs, typed):
    visitor.submit(visitor.get("/plans/start"), {"cycle": "annual", "where": "new", "new_name": "brutaria-noastra.ro"})
    assert visitor.kept(cart_cookie.KEY)
    pay_page = check_out(visitor, typed)
    run_jobs()
    public_id = orders.orders()[0].public_id
    assert (all_of(Service), sandbox.domains()) == ([], [])

    proforma = all_of(Document)[0]
    staff = another_visitor().sign_in(users.make_staff(StaffRole.BILLING))
    page = staff.get(f"/admin/documents/{proforma.public_id}")
    staff.submit(page, {"amount": "242,00", "reference": "OP 17"}, action="/transfer")
    run_jobs()

    order = orders.order(public_id)
    assert order.state is OrderState.COMPLETED
    assert {item.state for item in orders.items(public_id)} == {ItemState.DELIVERED}
    [service], [domain] = all_of(Service), all_of(DomainName)
    name, plan = orders.items(public_id)
    assert (service.state, service.origin, service.domain_name) == (
        ServiceState.ACTIVE, plan.public_id, "brutaria-noastra.ro",
    )  # fmt: skip
    assert (domain.state, domain.origin, domain.name) == (DomainState.ACTIVE, name.public_id, "brutaria-noastra.ro")
    assert [row["name"] for row in sandbox.domains()] == ["brutaria-noastra.ro"]
    assert len(sandbox.accounts()) == 1
    documents = {row.kind: row for row in all_of(Document)}
    assert documents[DocumentKind.PROFORMA].state is DocumentState.PAID
    assert documents[DocumentKind.INVOICE].total_minor == order.total_minor == 24_200
    messages = all_of(Message)
    assert "orders/completed" in {row.template for row in messages}
    assert {row.state for row in messages} == {MessageState.SENT}

    portal = pay_page.path.partition("/orders/")[0]
    page = visitor.get(f"{portal}/orders/{public_id}")
    assert page.leads_to(f"/services/{service.public_id}")
    assert page.leads_to(f"/domains/{domain.public_id}")
    assert visitor.get(f"{portal}/services/{service.public_id}").status == 200
    assert visitor.get(f"{portal}/domains/{domain.public_id}").status == 200


@pytest.mark.slow
def test_an_order_that_costs_nothing_is_live_without_a_payment(visitor, product, sandbox, run_jobs):
    free = catalogue.make_plan(providers.make_provisioner(sandbox), {BillingCycle.ANNUAL: (0, 0)})
    visitor.keep(cart_cookie.KEY, orders.fill_cart([(free, BillingCycle.ANNUAL, "firma.ro")]))
    check_out(visitor, PERSON)
    run_jobs()
    assert [order.state for order in orders.orders()] == [OrderState.COMPLETED]
    assert [service.state for service in all_of(Service)] == [ServiceState.ACTIVE]
    assert all_of(Document) == []


@pytest.mark.slow
def test_a_refused_registration_waits_for_staff_who_try_again(visitor, another_visitor, product, sandbox, run_jobs):
    visitor.keep(cart_cookie.KEY, orders.fill_cart(names=[("brutaria.ro", 1)]))
    check_out(visitor, PERSON)
    public_id = orders.orders()[0].public_id
    sandbox.arm("domains.register", "refuse")
    staff = another_visitor().sign_in(users.make_staff())
    page = staff.get(f"/admin/documents/{all_of(Document)[0].public_id}")
    staff.submit(page, {"amount": "60,50", "reference": "OP 18"}, action="/transfer")
    run_jobs()
    assert orders.items(public_id)[0].state is ItemState.FAILED
    staff.submit(staff.get("/admin/orders/failed"), action="/retry")
    run_jobs()
    assert orders.order(public_id).state is OrderState.COMPLETED
    assert len(sandbox.domains()) == 1
