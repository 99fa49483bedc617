"""The domain search: all registrars at once, and one that does not answer spoils nothing for the others."""

import time

import pytest
from sqlalchemy import select

from praho.core.db.scope import AnonymousScope, StrayChange, SystemScope, entered
from praho.core.db.uow import unit_of_work
from praho.core.identifiers.domain_name import InvalidDomainName
from praho.domains.services import availability
from praho.models.catalogue import SaleState, Tld
from praho.models.domains import DomainState
from praho.models.integrations import CallOutcome, ProviderCall
from praho.sdk.registrars import AvailabilityStatus
from praho.sdk.testing.contexts import closed_address
from praho_sandbox.testing import SandboxWorld
from tests.factories import customers, domains, providers

FREE, TAKEN, BARRED, UNKNOWN = (
    AvailabilityStatus.AVAILABLE, AvailabilityStatus.TAKEN, AvailabilityStatus.NOT_ALLOWED, AvailabilityStatus.UNKNOWN,
)  # fmt: skip


def check(*names: str, **options: float) -> dict[str, AvailabilityStatus]:
    with entered(AnonymousScope()) as session:
        # A page has read something before it asks.
        session.scalars(select(Tld.name)).all()
        return {found.name.ascii: found.status for found in availability.check(names, **options)}


@pytest.fixture
def shop(live_db, sandbox: SandboxWorld) -> SandboxWorld:
    """Three endings at two accounts of one world."""
    romanian, other = providers.make_registrar(sandbox), providers.make_registrar(sandbox)
    domains.make_tld("ro", romanian)
    domains.make_tld("com.ro", romanian)
    domains.make_tld("com", other)
    return sandbox


def test_many_endings_at_once_in_the_order_asked(shop: SandboxWorld):
    found = check("exemplu.com", "exemplu.ro", "ocupat.ro", "rezervat.com", "exemplu.com.ro")
    assert found == {
        "exemplu.com": FREE, "exemplu.ro": FREE, "ocupat.ro": TAKEN, "rezervat.com": BARRED, "exemplu.com.ro": FREE,
    }  # fmt: skip
    assert list(found) == ["exemplu.com", "exemplu.ro", "ocupat.ro", "rezervat.com", "exemplu.com.ro"]
    assert [request["operation"] for request in shop.requests()] == ["domains.check"] * 2


def test_a_premium_name_is_not_orderable_at_the_list_price(shop: SandboxWorld):
    with entered(AnonymousScope()):
        [found] = availability.check(["premium.ro"])
    assert (found.status, found.premium, found.orderable) == (FREE, True, False)
    assert found.price is not None
    assert found.price.currency == "EUR"


def test_letters_with_diacritics_are_asked_for_in_ascii_and_shown_as_typed(shop: SandboxWorld):
    with entered(AnonymousScope()):
        [found] = availability.check(["Pâine-Bună.ro"])
    assert (found.name.ascii, found.name.unicode) == ("xn--pine-bun-iza15a.ro", "pâine-bună.ro")


def test_what_is_ours_is_taken_whoever_holds_it(shop: SandboxWorld):
    account = providers.make_registrar(shop)
    domains.make_domain(customers.make_customer(), account, name="alnostru.ro", state=DomainState.REGISTERING)
    domains.make_domain(customers.make_customer(), account, name="renuntat.ro", state=DomainState.CANCELLED)
    assert check("alnostru.ro", "renuntat.ro") == {"alnostru.ro": TAKEN, "renuntat.ro": FREE}


def test_an_ending_that_is_not_sold_is_barred_and_asks_nobody(shop: SandboxWorld):
    domains.make_tld("org", providers.make_registrar(shop), state=SaleState.RETIRED)
    assert check("exemplu.org", "exemplu.net", "www.exemplu.ro", "com.ro") == {
        "exemplu.org": BARRED, "exemplu.net": BARRED, "www.exemplu.ro": BARRED, "com.ro": BARRED,
    }  # fmt: skip
    assert shop.requests() == []


@pytest.mark.parametrize("fault", ["before_apply", "malformed", "nonsense", "error_500", "refuse"])
def test_a_registrar_that_fails_leaves_its_names_unknown(shop: SandboxWorld, fault: str):
    shop.arm("domains.check", fault)
    assert check("exemplu.ro") == {"exemplu.ro": UNKNOWN}
    assert check("exemplu.ro") == {"exemplu.ro": FREE}


def test_a_slow_registrar_is_not_waited_for(shop: SandboxWorld):
    shop.arm("domains.check", "slow", delay=30)
    started = time.monotonic()
    assert check("exemplu.ro", deadline=0.5) == {"exemplu.ro": UNKNOWN}
    assert time.monotonic() - started < 5


def test_an_unreachable_registrar_does_not_hide_the_others(shop: SandboxWorld):
    domains.make_tld("eu", providers.make_registrar(shop, settings=providers.elsewhere(closed_address())))
    domains.make_tld("info", providers.make_registrar(shop, active=False))
    domains.make_tld("net", None, state=SaleState.DRAFT)
    assert check("exemplu.eu", "exemplu.ro", "exemplu.info", "exemplu.net") == {
        "exemplu.eu": UNKNOWN, "exemplu.ro": FREE, "exemplu.info": UNKNOWN, "exemplu.net": BARRED,
    }  # fmt: skip


def test_more_names_than_a_call_takes_are_divided(shop: SandboxWorld):
    names = [f"exemplu{number}.ro" for number in range(60)]
    assert set(check(*names).values()) == {FREE}
    assert len(shop.requests()) == 2


def test_a_name_asked_twice_is_answered_twice_and_asked_once(shop: SandboxWorld):
    with entered(AnonymousScope()):
        assert [found.status for found in availability.check(["exemplu.ro", "EXEMPLU.ro"])] == [FREE, FREE]
    with entered(SystemScope("test")) as session:
        assert session.scalars(select(ProviderCall.outcome)).all() == [CallOutcome.ANSWERED]


def test_what_is_no_name_is_refused(shop: SandboxWorld):
    with pytest.raises(InvalidDomainName):
        check("exemplu")


def test_nobody_asks_inside_a_transaction(shop: SandboxWorld):
    with entered(SystemScope("test")), unit_of_work(), pytest.raises(StrayChange):
        availability.check(["exemplu.ro"])
