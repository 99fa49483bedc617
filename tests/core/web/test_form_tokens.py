"""A form's token: one effect, the first result for every sender, and nothing for others to read."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from praho.core.db.scope import CustomerScope, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.errors import Conflict
from praho.core.web import form_tokens
from tests.factories import customers
from tests.threads import all_at_once


def spend(token, act, purpose="test"):
    with entered(SystemScope("test")), unit_of_work():
        return form_tokens.once(token, purpose, act)


def test_the_second_sender_gets_the_first_result(db):
    assert spend("a", lambda: "one") == "one"
    assert spend("a", lambda: "two") == "one"


def test_senders_at_once_have_one_effect(live_db):
    done = []

    def act():
        done.append(1)
        return f"result {len(done)}"

    assert set(all_at_once([lambda: spend("a", act)] * 6)) == {"result 1"}
    assert len(done) == 1


def test_a_failed_effect_leaves_the_token_unspent(db):
    def fail():
        raise KeyError

    with pytest.raises(KeyError):
        spend("a", fail)
    assert spend("a", lambda: "later") == "later"


@pytest.mark.parametrize("token", ["", "x" * 61])
def test_no_token_is_refused(db, token):
    with pytest.raises(Conflict):
        spend(token, lambda: "never")


def test_a_token_of_another_form_is_refused(db):
    spend("a", lambda: "one")
    with pytest.raises(Conflict):
        spend("a", lambda: "two", purpose="other")


def test_a_customer_can_spend_and_repeat_but_read_no_results(live_db):
    customer = customers.make_customer()
    with entered(CustomerScope(customer.id)), unit_of_work():
        assert form_tokens.once("a", "test", lambda: "mine") == "mine"
    with entered(CustomerScope(customer.id)), unit_of_work():
        assert form_tokens.once("a", "test", lambda: "again") == "mine"
    with live_db.as_portal(customer.id) as connection, pytest.raises(ProgrammingError):
        connection.execute(text("SELECT result FROM core_form_token"))


def test_old_tokens_are_forgotten(db):
    spend("a", lambda: "one")
    with entered(SystemScope("test")):
        assert form_tokens.prune(timedelta(days=1)) == 0
        assert form_tokens.prune(timedelta(seconds=-1)) == 1
