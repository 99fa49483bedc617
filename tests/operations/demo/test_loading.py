"""The demonstration: loaded once, by the domains' own services, into an empty database."""

from collections import Counter

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from praho.core import passwords
from praho.core.db.scope import SystemScope, entered
from praho.core.permissions import StaffRole
from praho.integrations.services import browsing, testing
from praho.models.audit import AuditEvent
from praho.models.billing.documents import Document, DocumentKind, DocumentState
from praho.models.billing.payments import ParkedPayment
from praho.models.catalogue import Product, SaleState, Tld
from praho.models.domains import DomainName, DomainState
from praho.models.orders import Order, OrderState
from praho.models.provisioning import Service, ServiceState
from praho.models.users import User
from praho.operations import cli
from praho.operations.services.demo import company, loading, people
from praho.settings.services import company as settings
from tests.factories import users


@pytest.fixture
def load(app, sandbox):
    def loaded(address=sandbox.url, invented=0):
        with app.app_context():
            return loading.load({"sandbox": address}, invented)

    return loaded


def rows(*columns):
    with entered(SystemScope("look")) as looking:
        return looking.execute(select(*columns)).all()


def test_every_state_that_pages_show_is_there(load, run_jobs, sandbox):
    assert load()
    run_jobs()
    assert Counter(state for (state,) in rows(Order.state)) == {
        OrderState.COMPLETED: 3,
        OrderState.AWAITING_PAYMENT: 1,
    }
    documents = Counter(tuple(row) for row in rows(Document.kind, Document.state))
    assert documents == {
        (DocumentKind.PROFORMA, DocumentState.PAID): 2,
        (DocumentKind.PROFORMA, DocumentState.OPEN): 1,
        (DocumentKind.INVOICE, DocumentState.ISSUED): 2,
    }
    assert rows(DomainName.state) == [(DomainState.ACTIVE,)] * 2
    assert rows(Service.state) == [(ServiceState.ACTIVE,)] * 3
    assert rows(ParkedPayment.reason) == [("already_paid",)]
    assert len(sandbox.accounts()) == 3


def test_the_company_lacks_nothing_and_the_shop_sells(load):
    load()
    with entered(SystemScope("look")):
        assert settings.missing() == []
        assert settings.display_name() == company.NAME
        tests = [testing.test_connection(account.public_id) for account in browsing.accounts()]
    assert [test.error for test in tests] == [None] * 3
    assert rows(Product.state) == [(SaleState.ON_SALE,)] * 6
    assert rows(Tld.state) == [(SaleState.ON_SALE,)] * 6


def test_a_second_start_changes_nothing(load):
    def all_events():
        return rows(func.count(AuditEvent.id))

    assert load()
    before = all_events()
    assert load()
    assert all_events() == before


@pytest.mark.parametrize("step", ["_stock_shop", "purchases.make", "purchases._transfer"])
def test_a_start_that_was_cut_short_is_finished_by_the_next(load, run_jobs, monkeypatch, step):
    class Killed(BaseException):
        pass

    def die(*_arguments):
        raise Killed

    with monkeypatch.context() as cut, pytest.raises(Killed):
        cut.setattr(f"{loading.__name__}.{step}", die)
        load()
    assert load()
    run_jobs()
    assert len(rows(Order.id)) == 4
    assert rows(func.count(Product.id)) == [(6,)]
    assert rows(ParkedPayment.reason) == [("already_paid",)]


def test_where_somebody_has_an_account_nothing_is_loaded(load):
    users.make_user()
    assert not load()
    assert rows(func.count(User.id)) == [(1,)]
    assert rows(Order.id) == []


def test_without_a_sandbox_nothing_is_loaded(app):
    with app.app_context():
        assert not loading.load({})
    assert rows(User.id) == []


def test_the_accounts_follow_their_world_to_another_port(load, sandbox):
    load("http://127.0.0.1:9")
    load()
    with entered(SystemScope("look")):
        assert {account.values["base_url"] for account in browsing.accounts()} == {sandbox.url}
        assert all(testing.test_connection(account.public_id).error is None for account in browsing.accounts())


def test_every_login_is_marked_and_opens_with_the_password_that_is_printed(load):
    load()
    found = rows(User.email, User.password_hash, User.demo, User.staff_role, User.totp_confirmed_at)
    assert {row.email for row in found} == {login.email for login in people.logins()}
    assert all(row.demo and row.email.endswith(".example") for row in found)
    assert all(passwords.verify(row.password_hash, people.PASSWORD) for row in found)
    assert [row.staff_role for row in found if row.totp_confirmed_at] == [
        StaffRole.ADMIN,
        StaffRole.BILLING,
        StaffRole.SUPPORT,
    ]


class TestTheCommand:
    @pytest.fixture
    def printed(self, app):
        return lambda: CliRunner().invoke(cli.demo, obj=app.app_context)

    def test_it_prints_what_signs_in(self, load, printed):
        load()
        done = printed()
        assert done.exit_code == 0, done.output
        for word in (people.PASSWORD, people.TOTP_SECRET, *(login.email for login in people.logins())):
            assert word in done.output

    def test_it_says_that_there_is_none(self, printed):
        done = printed()
        assert done.exit_code == 1
        assert "holds no demonstration" in done.output
