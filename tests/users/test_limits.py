"""The limits are exact: the last allowed try passes, the next one is refused, and other keys are untouched."""

import pytest
import time_machine

from praho.core.errors import TooManyRequests
from praho.users.services import limits

ANA = "ana@client.example"


def tries(count):
    """How often `count` passes before it is refused; at most 200 times."""
    for done in range(200):
        try:
            count()
        except TooManyRequests as refusal:
            assert refusal.retry_after > 0
            return done
    return 200


@pytest.fixture(autouse=True)
def _one_window(db):
    with time_machine.travel("2026-01-15T10:00:01Z", tick=False):
        yield


@pytest.mark.parametrize(
    ("count", "allowed"),
    [
        (lambda: limits.count_sign_in(ANA, "192.0.2.1", own_device=False), 8),
        (lambda: limits.count_sign_in(ANA, "192.0.2.1", own_device=True), 10),
        (lambda: limits.count_code(7, "192.0.2.1"), 8),
        (lambda: limits.count_password_check(7), 10),
        (lambda: limits.count_sign_up("192.0.2.1"), 20),
        (lambda: limits.count_forgotten("192.0.2.1"), 20),
        (lambda: limits.count_link_use("192.0.2.1"), 40),
    ],
    ids=["sign-in", "own-device", "code", "password", "sign-up", "forgotten", "link"],
)
def test_one_more_than_allowed_is_refused(count, allowed):
    assert tries(count) == allowed


def test_every_threshold_leaves_room_for_people():
    assert tries(lambda: limits.count_sign_in(ANA, "192.0.2.1", own_device=False)) >= 5


def test_another_network_and_another_account_count_apart():
    tries(lambda: limits.count_sign_in(ANA, "192.0.2.1", own_device=False))
    limits.count_sign_in(ANA, "192.0.2.2", own_device=False)
    limits.count_sign_in("ion@client.example", "192.0.2.1", own_device=False)


def test_many_networks_together_are_limited_for_one_account():
    numbers = iter(range(1, 255))
    assert tries(lambda: limits.count_sign_in(ANA, f"192.0.2.{next(numbers)}", own_device=False)) == 60


def test_one_network_that_tries_many_accounts_is_limited():
    numbers = iter(range(1, 255))
    assert tries(lambda: limits.count_sign_in(f"a{next(numbers)}@x.example", "192.0.2.1", own_device=False)) == 60


def test_a_right_password_starts_anew():
    tries(lambda: limits.count_sign_in(ANA, "192.0.2.1", own_device=False))
    limits.forget_sign_in(ANA, "192.0.2.1")
    assert tries(lambda: limits.count_sign_in(ANA, "192.0.2.1", own_device=False)) == 8


def test_an_ipv6_household_is_one_network():
    assert limits.network_of("2001:db8:1:2:aaaa::1") == limits.network_of("2001:db8:1:2:bbbb::9")
    assert limits.network_of("2001:db8:1:3::1") != limits.network_of("2001:db8:1:2::1")
    assert limits.network_of("192.0.2.1") == "192.0.2.1"
    assert limits.network_of(None) == limits.network_of("nonsense") == "unknown"
