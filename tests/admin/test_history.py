"""A customer's timeline: everything once, newest first, however many things happened in one moment."""

from datetime import UTC, datetime, timedelta

import pytest

from praho.admin import history
from praho.core.contributions import Contributions, TimelineEntry, TimelineSource
from praho.core.domain import Domain, install
from praho.core.permissions import ALL_STAFF, Permission, StaffRole
from praho.core.principal import ActorKind, Principal, acting_as

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
SEEN, HIDDEN = Permission("seen", staff=ALL_STAFF), Permission("hidden")


def source(name, instants, permission=SEEN):
    entries = [TimelineEntry(at, f"{name} {at.isoformat()} {number}") for number, at in enumerate(instants)]

    def load(_customer_id, before, limit):
        told = sorted(
            (one for one in entries if before is None or one.at <= before), key=lambda one: one.at, reverse=True
        )
        return told[:limit]

    return TimelineSource(name, permission, load)


@pytest.fixture
def pages():
    """Return a function that installs sources and reads a life page by page."""
    who = Principal(ActorKind.STAFF, "Ana", user_id=1, staff_role=StaffRole.SUPPORT, second_factor=True)

    def read(*sources, only=""):
        install([Domain("test", contributions=Contributions(timelines=sources))])
        with acting_as(who):
            found, cursor = [], None
            while True:
                page = history.tell(1, only, cursor)
                found.append(page)
                cursor = page.older
                if cursor is None:
                    return found

    yield read
    install([])


@pytest.mark.parametrize("step", [timedelta(minutes=1), timedelta(0)], ids=["one after another", "all in one moment"])
def test_everything_is_told_once_and_newest_first(pages, step):
    orders = source("orders", [NOON + number * step for number in range(30)])
    mails = source("mails", [NOON + number * step for number in range(30)])
    told = [entry for page in pages(orders, mails) for entry in page.entries]
    assert len({entry.title for entry in told}) == len(told) == 60
    assert [entry.at for entry in told] == sorted((entry.at for entry in told), reverse=True)


def test_one_kind_alone_and_nothing_that_is_not_for_these_eyes(pages):
    orders, mails, notes = source("orders", [NOON]), source("mails", [NOON]), source("notes", [NOON], HIDDEN)
    [page] = pages(orders, mails, notes, only="mails")
    assert [entry.title.split()[0] for entry in page.entries] == ["mails"]
    assert [one.name for one in page.sources] == ["orders", "mails"]
    [page] = pages(orders, mails, notes, only="notes")
    assert page.only == ""
    assert {entry.title.split()[0] for entry in page.entries} == {"orders", "mails"}


@pytest.mark.parametrize("cursor", ["x", "ä", "MjAyNg", "a" * 200, "MjAyNi0wNS0wMSAz"])
def test_a_damaged_cursor_is_the_beginning(cursor):
    assert history._decoded(cursor) == (None, 0)
