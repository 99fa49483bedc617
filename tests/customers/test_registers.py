"""ANAF's register and VIES: what they say, and that their silence is never a no."""

import pytest

from praho.core import clock
from praho.core.db.scope import SystemScope, entered
from praho.customers import repos
from praho.customers.errors import LookupUnavailable
from praho.customers.gateways import vies
from praho.customers.services import companies, rechecking, vat_ids
from praho.models.customers import Customer
from tests.factories import billing, customers
from tests.fakes.registers import ANAF, VIES
from tests.fixtures.registers import next_second

CUI = "14399840"
GERMAN = "DE136695976"
FAULTS = ["drop", "slow", "html", "malformed", "empty", "503", "429"]


def ask_anaf(*numbers, seconds=10.0):
    next_second()
    return companies.ask(numbers, seconds=seconds)


def patience(fault):
    return 0.1 if fault == "slow" else 10.0


def stored(customer):
    with entered(SystemScope("test")) as session:
        return session.get(Customer, customer.id)


def test_a_company_is_read_and_spelled_as_we_store_it(db, domains, asking):
    asking.knows(CUI, name="BRUTĂRIA NOASTRĂ SRL", reg_com="J 40/1234/2020")
    company = ask_anaf(CUI)[CUI]
    assert (company.name, company.reg_com, company.street) == (
        "BRUTĂRIA NOASTRĂ SRL", "J40/1234/2020", "Str. Exemplului, nr. 10",
    )  # fmt: skip
    assert (company.city, company.county_code, company.vat_payer) == ("SECTOR3", "RO-B", True)
    assert not company.in_trouble
    assert asking.questions(ANAF) == [[{"cui": 14399840, "data": clock.today().isoformat()}]]


def test_a15_a_post_code_gets_its_zero_back(db, domains, asking):
    asking.knows(CUI, post_code="31472")
    assert ask_anaf(CUI)[CUI].post_code == "031472"


@pytest.mark.parametrize(
    ("facts", "inactive", "struck_off"),
    [
        ({"inactive": True, "inactive_since": "2025-12-01"}, True, None),
        ({"struck_off": "2026-02-01"}, False, "2026-02-01"),
    ],
)
def test_a12_inactive_and_struck_off_companies_are_trouble(db, domains, asking, facts, inactive, struck_off):
    asking.knows(CUI, **facts)
    company = ask_anaf(CUI)[CUI]
    assert company.in_trouble
    assert company.inactive is inactive
    assert (None if company.struck_off_on is None else company.struck_off_on.isoformat()) == struck_off
    customer = customers.make_customer(cui=CUI)
    page, told = companies.in_trouble(None)
    assert ([row.id for row in page.items], told[CUI]) == ([customer.id], company)


def test_a13_an_unknown_number_is_an_answer(db, domains, asking):
    company = ask_anaf(CUI)[CUI]
    assert (company.found, company.in_trouble) == (False, True)
    assert companies.known(CUI) == company


@pytest.mark.parametrize("fault", FAULTS)
def test_a14_silence_is_never_a_no(db, domains, asking, fault):
    asking.anaf_fault = fault
    with pytest.raises(LookupUnavailable):
        ask_anaf(CUI, seconds=patience(fault))
    assert companies.known(CUI) is None
    asking.anaf_fault = None
    asking.knows(CUI)
    assert ask_anaf(CUI)[CUI].found


def test_an_answer_outlives_an_outage(db, domains, asking):
    asking.knows(CUI)
    ask_anaf(CUI)
    asking.anaf_fault = "503"
    assert companies.look_up(CUI).found
    assert len(asking.questions(ANAF)) == 1


def test_the_register_is_asked_once_a_second(db, domains, asking):
    asking.knows(CUI)
    next_second()
    with pytest.raises(LookupUnavailable):
        for _try in range(5):
            companies.ask([CUI])


def test_a11_a_customer_carries_ro_exactly_while_anaf_says_so(db, domains, asking):
    customer = customers.make_customer(cui=CUI, vat_payer=True, vat_id=f"RO{CUI}")
    asking.knows(CUI, vat=False)
    next_second()
    assert rechecking.check(customer.id)
    assert (stored(customer).vat_payer, stored(customer).vat_id) == (False, None)
    asking.knows(CUI, vat=True)
    ask_anaf(CUI)
    assert (stored(customer).vat_payer, stored(customer).vat_id) == (True, f"RO{CUI}")


def test_the_sweep_asks_about_all_that_are_due_at_once(db, domains, asking):
    made = [customers.make_customer() for _number in range(3)]
    for customer in made:
        asking.knows(customer.cui)
    next_second()
    assert rechecking.recheck_companies() is rechecking.Step.DONE
    assert sorted(entry["cui"] for entry in asking.questions(ANAF)[0]) == sorted(int(one.cui) for one in made)
    next_second()
    assert rechecking.recheck_companies() is rechecking.Step.DONE
    assert len(asking.questions(ANAF)) == 1


def test_the_sweep_waits_while_nobody_answers(db, domains, asking):
    customers.make_customer()
    asking.anaf_fault = "503"
    next_second()
    assert rechecking.recheck_companies() is rechecking.Step.SILENT


def test_vies_gives_a_proof_to_who_names_itself(db, domains, asking):
    billing.make_company()
    asking.confirms(GERMAN, name="Beispiel GmbH")
    answer = vat_ids.ask(GERMAN)
    assert (answer.valid, answer.name, answer.on) == (True, "Beispiel GmbH", clock.today())
    assert answer.consultation
    assert asking.questions(VIES) == [
        {"countryCode": "DE", "vatNumber": "136695976", "requesterMemberStateCode": "RO", "requesterNumber": CUI}
    ]
    assert vat_ids.latest(GERMAN) == answer


def test_b21_a_hidden_name_is_no_reason_to_doubt(db, domains, asking):
    billing.make_company()
    asking.confirms("ESB58378431")
    answer = vat_ids.ask("ESB58378431")
    assert (answer.valid, answer.name, answer.address) == (True, None, None)


@pytest.mark.parametrize("fault", [*FAULTS, "MS_UNAVAILABLE", "TIMEOUT", "GLOBAL_MAX_CONCURRENT_REQ", "VAT_BLOCKED"])
def test_b22_an_error_of_vies_is_no_answer(db, domains, asking, fault):
    asking.confirms(GERMAN)
    asking.vies_fault = fault
    with pytest.raises(LookupUnavailable):
        vat_ids.ask(GERMAN, seconds=patience(fault))
    assert vat_ids.latest(GERMAN) is None
    assert vat_ids.fresh(GERMAN, seconds=patience(fault)) is None


def test_b23_only_valid_is_read_and_never_the_older_key(db, domains, asking):
    asking.confirms(GERMAN)
    assert vat_ids.ask(GERMAN).valid
    asking.vies_fault = "old"
    with pytest.raises(LookupUnavailable, match="valid"):
        vat_ids.ask(GERMAN)


def test_an_impossible_number_is_a_definite_no(db, domains, asking):
    asking.vies_fault = "INVALID_INPUT"
    assert not vat_ids.ask(GERMAN).valid


def test_b24_numbers_are_asked_about_again(db, domains, asking):
    customers.make_abroad("DE", vat_id=GERMAN)
    asking.confirms(GERMAN)
    assert rechecking.recheck_vat_ids() is rechecking.Step.DONE
    asking.confirms(GERMAN, valid=False)
    assert rechecking.recheck_vat_ids() is rechecking.Step.DONE
    assert len(asking.questions(VIES)) == 1
    clock.move_to(clock.now() + rechecking.VAT_IDS_EVERY * 2)
    rechecking.recheck_vat_ids()
    assert not vat_ids.latest(GERMAN).valid


def test_a_silent_state_keeps_no_other_number_from_its_turn(db, domains, asking):
    numbers = {"ATU12011204": "AT", GERMAN: "DE"}
    for number, country in numbers.items():
        customers.make_abroad(country, vat_id=number)
    # Each has its turn by lot: that one of two is never drawn in sixty has a chance of one in 10^18.
    drawn = [repos.stale_vat_ids(clock.now(), numbers.values(), 1) for _turn in range(60)]
    assert {number for [number] in drawn} == set(numbers)


def test_nobody_is_asked_where_nothing_is_connected(db, domains):
    with entered(SystemScope("test")):
        with pytest.raises(LookupUnavailable):
            vat_ids.ask(GERMAN)
        assert rechecking.recheck_vat_ids() is rechecking.Step.DONE
        assert rechecking.check(customers.make_customer().id)


def test_errors_of_vies_carry_its_own_code(registers):
    registers.vies_fault = "MS_UNAVAILABLE"
    with pytest.raises(vies.ViesUnavailable) as refusal:
        vies.ask(registers.url, vat_ids.vat_numbers.parse(GERMAN), None)
    assert refusal.value.code == "MS_UNAVAILABLE"
