"""The unit of work: what it commits, what it undoes, and what runs afterwards."""

import pytest
from sqlalchemy import delete, func, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from praho.core import clock, crash
from praho.core.db import uow
from praho.core.db.scope import NoScope, StrayChange, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.models.users import User
from tests.factories import users
from tests.fixtures.database import LiveDatabase


def _user(email: str) -> User:
    return User(email=email, full_name="A person", created_at=clock.now())


def _emails(database: LiveDatabase) -> list[str]:
    with database.as_owner() as owner:
        return list(owner.execute(text("SELECT email FROM users_user ORDER BY id")).scalars())


@pytest.fixture
def session(db):
    with entered(SystemScope("test")) as session:
        yield session


def test_it_commits_at_its_end_and_not_before(live_db):
    with entered(SystemScope("test")), unit_of_work() as session:
        session.add(_user("a@client.example"))
        session.flush()
        assert _emails(live_db) == []
    assert _emails(live_db) == ["a@client.example"]


def test_an_error_undoes_everything_also_what_a_savepoint_had_released(live_db):
    with entered(SystemScope("test")), pytest.raises(LookupError), unit_of_work() as session:
        with unit_of_work():
            session.add(_user("inner@client.example"))
        session.add(_user("outer@client.example"))
        raise LookupError
    assert _emails(live_db) == []


def test_an_error_inside_a_nested_one_undoes_that_level_only(live_db):
    with entered(SystemScope("test")), unit_of_work() as session:
        session.add(_user("before@client.example"))
        with pytest.raises(IntegrityError), unit_of_work():
            session.add(_user("twice@client.example"))
            session.flush()
            session.execute(insert(User).values(email="twice@client.example", full_name="x", created_at=clock.now()))
        session.add(_user("after@client.example"))
    assert _emails(live_db) == ["before@client.example", "after@client.example"]


def test_hooks_run_after_the_commit_in_their_order_without_a_transaction(live_db):
    heard: list[object] = []

    def hear(what: str) -> None:
        uow.assert_no_transaction()
        heard.append((what, len(_emails(live_db))))
        with unit_of_work() as own:
            own.add(_user(f"{what}@client.example"))

    with entered(SystemScope("test")), unit_of_work() as session:
        uow.on_commit(hear, "first")
        with unit_of_work():
            uow.on_commit(hear, "second")
        session.add(_user("own@client.example"))
        uow.on_commit(hear, "third")
        assert heard == []
    assert heard == [("first", 1), ("second", 2), ("third", 3)]


def test_a_rollback_drops_the_hooks_of_its_level(session):
    heard: list[str] = []
    with unit_of_work():
        uow.on_commit(heard.append, "kept")
        with pytest.raises(LookupError), unit_of_work():
            with unit_of_work():
                uow.on_commit(heard.append, "innermost")
            uow.on_commit(heard.append, "inner")
            raise LookupError
    assert heard == ["kept"]
    with pytest.raises(LookupError), unit_of_work():
        uow.on_commit(heard.append, "outer")
        raise LookupError
    assert heard == ["kept"]


def test_a_commit_that_fails_drops_the_hooks(live_db):
    heard: list[str] = []
    with live_db.as_owner() as owner:
        owner.execute(
            text("ALTER TABLE users_user ADD CONSTRAINT late UNIQUE (full_name) DEFERRABLE INITIALLY DEFERRED")
        )
    with entered(SystemScope("test")), pytest.raises(IntegrityError), unit_of_work() as session:
        session.add_all([_user("a@client.example"), _user("b@client.example")])
        uow.on_commit(heard.append, "never")
    assert (heard, _emails(live_db)) == ([], [])


def test_hooks_take_no_rows_and_belong_inside(session):
    row = users.make_user()
    with unit_of_work(), pytest.raises(TypeError):
        uow.on_commit(print, row)
    with pytest.raises(StrayChange):
        uow.on_commit(print, 1)


def test_it_ends_the_read_transaction_and_sees_the_database_as_it_is(live_db):
    made = users.make_user(full_name="Old name")
    with entered(SystemScope("test")) as session:
        seen_before = session.get(User, made.id)
        with live_db.as_owner() as owner:
            owner.execute(text("UPDATE users_user SET full_name = 'New name'"))
        with unit_of_work():
            seen_inside = session.get(User, made.id)
            assert seen_inside is not seen_before
            assert seen_inside.full_name == "New name"
        assert not session.in_transaction()
        assert seen_inside.full_name == "New name"


def test_a_change_before_it_began_is_refused(session):
    session.add(_user("stray@client.example"))
    with pytest.raises(StrayChange), unit_of_work():
        pass
    session.expunge_all()
    loaded = session.get(User, users.make_user().id)
    loaded.full_name = "Changed"
    with pytest.raises(StrayChange), unit_of_work():
        pass
    session.expunge_all()


@pytest.mark.parametrize(
    "statement",
    [
        insert(User).values(email="x", full_name="x", created_at=func.now()),
        insert(User.__table__).values(email="x", full_name="x", created_at=func.now()),
        update(User).values(full_name="x"),
        delete(User),
    ],
)
def test_a_statement_that_nobody_would_commit_is_refused(session, statement):
    with pytest.raises(StrayChange):
        session.execute(statement)


def test_a_query_outside_does_not_flush_changes_away(session):
    session.add(_user("stray@client.example"))
    with pytest.raises(StrayChange):
        session.scalars(select(User)).all()
    session.expunge_all()


def test_changes_left_in_a_scope_are_no_silent_loss(db):
    with pytest.raises(StrayChange), entered(SystemScope("test")) as session:
        session.add(_user("stray@client.example"))


def test_an_error_is_not_hidden_by_the_changes_it_left(db):
    with pytest.raises(LookupError), entered(SystemScope("test")) as session:
        session.add(_user("stray@client.example"))
        raise LookupError


def test_it_needs_a_scope():
    with pytest.raises(NoScope), unit_of_work():
        pass
    with pytest.raises(NoScope):
        uow.require_unit_of_work()


def test_a_nested_scope_has_a_unit_of_work_of_its_own(live_db):
    with entered(SystemScope("outer")), pytest.raises(LookupError), unit_of_work() as outer:
        outer.add(_user("outer@client.example"))
        with entered(SystemScope("inner")):
            with pytest.raises(StrayChange):
                uow.require_unit_of_work()
            with unit_of_work() as inner:
                inner.add(_user("inner@client.example"))
        raise LookupError
    assert _emails(live_db) == ["inner@client.example"]


def test_no_outside_call_with_a_transaction_open_in_any_scope(session):
    uow.assert_no_transaction()
    with unit_of_work(), pytest.raises(StrayChange):
        uow.assert_no_transaction()
    uow.assert_no_transaction()
    session.scalar(select(func.count()).select_from(User))
    with entered(SystemScope("inner")), pytest.raises(StrayChange):
        uow.assert_no_transaction()


def test_only_the_outermost_passes_the_crash_points(session):
    crash.arm(1000)
    with unit_of_work(), unit_of_work():
        assert crash.passages() == 0
    assert crash.passages() == 2
