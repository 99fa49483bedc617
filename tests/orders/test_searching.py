"""Searching for a name at a registrar that answers, refuses, or says nothing."""

import pytest

from praho.core.db.scope import AnonymousScope, entered
from praho.core.identifiers.domain_name import InvalidDomainName
from praho.core.money import Money
from praho.models.catalogue import SaleState
from praho.orders.errors import NameNotFree
from praho.orders.services import searching
from praho.orders.services.searching import Verdict
from tests.factories import catalogue, customers, domains, providers

FREE, TAKEN, PREMIUM, UNKNOWN = Verdict.FREE, Verdict.TAKEN, Verdict.PREMIUM, Verdict.UNKNOWN


@pytest.fixture
def registrar(live_db, sandbox, domains):
    account = providers.make_registrar(sandbox)
    catalogue.make_priced_tld("ro", account, {1: 5000, 2: 9000}, position=1)
    catalogue.make_priced_tld("com.ro", account, position=2)
    catalogue.make_priced_tld("com", account, position=3)
    catalogue.make_priced_tld("org", account, state=SaleState.RETIRED)
    catalogue.make_priced_tld("info", account, {})
    return account


def search(typed):
    with entered(AnonymousScope()):
        return searching.search(typed, "RON")


def require_free(name):
    with entered(AnonymousScope()):
        searching.require_free(name)


def require_not_gone(names):
    with entered(AnonymousScope()):
        searching.require_not_gone(names)


def names(found):
    return [one.name for one in ((found.exact,) if found.exact else ()) + found.others]


@pytest.mark.parametrize("typed", ["brutaria", " Brutăria ", "brutaria.", "https://brutaria", "brutaria/pret"])
def test_a_word_is_looked_up_under_every_ending_on_sale(registrar, typed):
    found = search(typed)
    assert (found.exact, found.unsold) == (None, None)
    assert names(found) == ["brutaria.ro", "brutaria.com.ro", "brutaria.com"]
    assert {one.verdict for one in found.others} == {FREE}
    first = found.others[0]
    assert (dict(first.prices), first.first, first.renew_year) == (
        {1: Money(5000, "RON"), 2: Money(9000, "RON")}, (1, Money(5000, "RON")), Money(6000, "RON"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "typed", ["brutaria.com", "WWW.Brutaria.com", "http://www.brutaria.com/oferta?x=1", "a.b.brutaria.com"]
)
def test_a_whole_name_comes_first_and_its_word_under_the_others(registrar, typed):
    found = search(typed)
    assert found.exact is not None
    assert names(found) == ["brutaria.com", "brutaria.ro", "brutaria.com.ro"]


def test_words_become_one_name(registrar):
    assert names(search("brutăria  noastră"))[0] == "brutaria-noastra.ro"


def test_a_whole_name_keeps_its_diacritics(registrar):
    found = search("brutăria.ro")
    assert (found.exact.name, found.exact.shown) == ("xn--brutria-c4a.ro", "brutăria.ro")


@pytest.mark.parametrize(
    ("typed", "ending"), [("brutaria.xyz", "xyz"), ("www.brutaria.org", "org"), ("a.info", "info")]
)
def test_an_ending_that_is_not_sold_is_said_so(registrar, typed, ending):
    found = search(typed)
    assert (found.exact, found.unsold) == (None, ending)
    assert len(found.others) == 3


@pytest.mark.parametrize("typed", ["-", "a b.r o!", "ex@emplu", "..", "_x", "-a-", "x" * 64])
def test_what_is_no_name_is_refused(registrar, typed):
    with pytest.raises(InvalidDomainName):
        search(typed)


def test_names_that_somebody_has_are_taken(registrar):
    domains_of_ours = customers.make_customer()
    domains.make_domain(domains_of_ours, registrar, name="brutaria.com")
    verdicts = {one.name: one.verdict for one in search("brutaria").others}
    assert verdicts == {"brutaria.ro": FREE, "brutaria.com.ro": FREE, "brutaria.com": TAKEN}


def test_premium_names_are_not_sold_at_our_price(registrar):
    assert search("premium-nume.ro").exact.verdict is PREMIUM
    with pytest.raises(NameNotFree):
        require_free("premium-nume.ro")


def test_what_nobody_can_say_is_not_sold(registrar, sandbox):
    sandbox.arm("domains.check", "error_500", times=10)
    assert {one.verdict for one in search("brutaria").others} == {UNKNOWN}
    with pytest.raises(NameNotFree) as refusal:
        require_free("brutaria.ro")
    assert set(refusal.value.fields) == {"domain_name"}


def test_a_free_name_may_be_had(registrar):
    require_free("brutaria.ro")
    with pytest.raises(NameNotFree):
        require_free("brutaria.xyz")


def test_a_cart_is_looked_through_once_more_before_it_is_ordered(registrar, sandbox):
    require_not_gone([])
    require_not_gone(["brutaria.ro", "brutaria.com"])
    domains.make_domain(customers.make_customer(), registrar, name="brutaria.com")
    with pytest.raises(NameNotFree):
        require_not_gone(["brutaria.ro", "brutaria.com"])
    sandbox.arm("domains.check", "error_500", times=10)
    require_not_gone(["brutaria.ro"])


def test_every_verdict_but_free_has_its_sentence():
    said = {verdict: searching.refusal_of(verdict, "exemplu.ro") for verdict in Verdict}
    assert said.pop(FREE) is None
    assert all(sentence and "exemplu.ro" in sentence for sentence in said.values())
