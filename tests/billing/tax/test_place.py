"""The reference cases of VAT by date, place and customer (C1 to C25) that one pure function answers, by their ids."""

from datetime import date
from decimal import Decimal

import pytest

from migrations.vat_rates import RATES
from praho.billing import errors, types
from praho.billing.tax import place, rates, territories, totals, wording
from praho.billing.tax.types import Rule, TaxBuyer, TaxContext, TaxSeller, VatIdStatus
from praho.core.i18n import in_locale

S, AE, O, E = (types.TaxCategory(code) for code in ("S", "AE", "O", "E"))  # noqa: E741
PERSON, COMPANY = types.PartyKind.PERSON, types.PartyKind.COMPANY
TODAY = date(2026, 11, 22)
OSS = TaxSeller(one_stop_shop=True)
VALID, INVALID, UNKNOWN = VatIdStatus.VALID, VatIdStatus.INVALID, VatIdStatus.UNKNOWN


def table():
    """The rates that a new installation begins with, as the database gives them."""
    rows = []
    for country in sorted({country for country, _percent, _first in RATES}):
        own = [(Decimal(percent), date.fromisoformat(first)) for name, percent, first in RATES if name == country]
        ends = [first for _percent, first in own[1:]]
        for index, (percent, first) in enumerate(own):
            last = date.fromordinal(ends[index].toordinal() - 1) if index < len(ends) else None
            rows.append(rates.RateRow(country, percent, first, last))
    return rows


TABLE = table()


def decide(buyer, on=TODAY, seller=None, **sums):
    return place.decide(TaxContext(on, seller or TaxSeller(), buyer, **sums), TABLE)


def person(country, post_code=None):
    return TaxBuyer(PERSON, country, post_code)


def business(country, vat_id=None, status=VatIdStatus.NONE, **facts):
    return TaxBuyer(COMPANY, country, vat_id=vat_id, vat_status=status, **facts)


GERMAN = business("DE", "DE136695976", VALID, consultation="WAPIAAAAEXAMPLE01")

CASES = [
    ("C1", person("RO"), date(2025, 7, 31), None, (S, "19", Rule.HOME)),
    ("C2", person("RO"), date(2025, 8, 1), None, (S, "21", Rule.HOME)),
    ("C3", person("RO"), date(2016, 6, 15), None, (S, "20", Rule.HOME)),
    ("C3 older", person("RO"), date(2015, 6, 15), None, (S, "24", Rule.HOME)),
    ("C7", GERMAN, TODAY, None, (AE, "0", Rule.REVERSE_CHARGE)),
    ("C8 invalid", business("DE", "DE136695976", INVALID), TODAY, OSS, (S, "19", Rule.DESTINATION)),
    ("C8 none", business("DE"), TODAY, OSS, (S, "19", Rule.DESTINATION)),
    ("C8 below", business("DE", "DE136695976", INVALID), TODAY, None, (S, "21", Rule.BELOW_THRESHOLD)),
    ("C9", person("FI", "00100"), TODAY, OSS, (S, "25.5", Rule.DESTINATION)),
    ("C10 HU", person("HU"), TODAY, OSS, (S, "27", Rule.DESTINATION)),
    ("C10 LU", person("LU"), TODAY, OSS, (S, "17", Rule.DESTINATION)),
    ("C11 before", person("EE"), date(2025, 6, 30), OSS, (S, "22", Rule.DESTINATION)),
    ("C11 after", person("EE"), date(2025, 7, 1), OSS, (S, "24", Rule.DESTINATION)),
    ("C12 before", person("SK"), date(2024, 12, 31), OSS, (S, "20", Rule.DESTINATION)),
    ("C12 after", person("SK"), date(2025, 1, 1), OSS, (S, "23", Rule.DESTINATION)),
    ("C13 before", person("FI", "00100"), date(2024, 8, 31), OSS, (S, "24", Rule.DESTINATION)),
    ("C13 after", person("FI", "00100"), date(2024, 9, 1), OSS, (S, "25.5", Rule.DESTINATION)),
    ("C14", person("DE", "10115"), date(2020, 10, 1), OSS, (S, "16", Rule.DESTINATION)),
    ("C17 business", business("US"), TODAY, OSS, (O, "0", Rule.OUTSIDE_BUSINESS)),
    ("C17 consumer", person("US"), TODAY, OSS, (O, "0", Rule.OUTSIDE_CONSUMER)),
    ("C18", person("GB", "SW1A 1AA"), TODAY, OSS, (O, "0", Rule.OUTSIDE_CONSUMER)),
    ("C19 Canaries", person("ES", "35001"), TODAY, OSS, (O, "0", Rule.SPECIAL_TERRITORY)),
    ("C19 Athos", person("GR", "63086"), TODAY, OSS, (O, "0", Rule.SPECIAL_TERRITORY)),
    ("C19 Åland", person("AX"), TODAY, OSS, (O, "0", Rule.SPECIAL_TERRITORY)),
    ("C19 Åland by code", person("FI", "22100"), TODAY, OSS, (O, "0", Rule.SPECIAL_TERRITORY)),
    ("C19 Livigno", person("IT", "23041"), TODAY, OSS, (O, "0", Rule.SPECIAL_TERRITORY)),
    ("C19 Büsingen", person("DE", "78266"), TODAY, OSS, (O, "0", Rule.SPECIAL_TERRITORY)),
    ("C19 Monaco", person("MC", "98000"), TODAY, OSS, (S, "20", Rule.DESTINATION)),
    ("C19 Madrid", person("ES", "28001"), TODAY, OSS, (S, "21", Rule.DESTINATION)),
    ("C21", business("RO"), TODAY, OSS, (S, "21", Rule.HOME)),
    ("C22", person("RO"), TODAY, TaxSeller(registered=False), (O, "0", Rule.SELLER_EXEMPT)),
    ("B18", business("GR", "EL094259216", VALID), TODAY, OSS, (AE, "0", Rule.REVERSE_CHARGE)),
    ("B19", business("GB", "XI123456789", VALID), TODAY, OSS, (O, "0", Rule.OUTSIDE_BUSINESS)),
    ("B20", business("CH", "CHE107787577"), TODAY, OSS, (O, "0", Rule.OUTSIDE_BUSINESS)),
    ("B22", business("DE", "DE136695976", UNKNOWN), TODAY, None, (S, "21", Rule.BELOW_THRESHOLD)),
    ("B25", business("DE", "RO14399840", VALID), TODAY, OSS, (S, "19", Rule.DESTINATION)),
    ("a person with a number", TaxBuyer(PERSON, "DE", vat_id="DE136695976", vat_status=VALID), TODAY, None,
     (S, "21", Rule.BELOW_THRESHOLD)),
]  # fmt: skip


@pytest.mark.parametrize(("case", "buyer", "on", "seller", "expected"), CASES, ids=[case[0] for case in CASES])
def test_case(case, buyer, on, seller, expected):
    decision = decide(buyer, on, seller)
    category, rate, rule = expected
    assert (decision.category, decision.rate, decision.rule) == (category, Decimal(rate), rule)
    with in_locale("ro"):
        assert wording.sentence(decision).endswith(".")
    assert (wording.exemption(decision) is None) == (category is S)


def test_c7_keeps_the_proof_and_says_so():
    decision = decide(GERMAN)
    assert (decision.place, decision.vat_id, decision.consultation) == ("DE", "DE136695976", "WAPIAAAAEXAMPLE01")
    assert wording.exemption(decision) == (
        "VATEX-EU-AE", "Taxare inversă, art. 278 alin. (2) Cod fiscal, art. 196 Directiva 2006/112/CE",
    )  # fmt: skip
    with in_locale("ro"):
        assert "WAPIAAAAEXAMPLE01" in wording.sentence(decision)


@pytest.mark.parametrize(("rate", "vat", "total"), [("25.5", 1326, 6526), ("27", 1404, 6604), ("17", 884, 6084)])
def test_c9_and_c10_amounts(rate, vat, total):
    sums = totals.compute("RON", [totals.TaxableLine(Decimal(1), Decimal(5200), S, Decimal(rate))]).sums
    assert (sums.vat_minor, sums.total_minor) == (vat, total)


REGIONS = [("PT", "9000-017"), ("PT", "9500 321"), ("AT", "6691"), ("AT", "6991")]


@pytest.mark.parametrize(("country", "post_code"), REGIONS)
def test_a_region_with_a_rate_of_its_own_is_refused_where_the_place_makes_the_rate(country, post_code):
    with pytest.raises(errors.TaxRateMissing):
        decide(person(country, post_code), seller=OSS)
    assert decide(person(country, post_code)).rule is Rule.BELOW_THRESHOLD


@pytest.mark.parametrize(("country", "post_code"), [("PT", "1000-205"), ("PT", ""), ("AT", "6690"), ("AT", "1010")])
def test_the_rest_of_the_state_has_the_states_rate(country, post_code):
    assert decide(person(country, post_code), seller=OSS).rule is Rule.DESTINATION


def test_c4_an_advance_is_regularised_at_the_rate_of_the_performance():
    lines = [
        totals.TaxableLine(Decimal(-1), Decimal(10000), S, rates.standard_rate(TABLE, "RO", date(2025, 7, 20))),
        totals.TaxableLine(Decimal(1), Decimal(10000), S, rates.standard_rate(TABLE, "RO", date(2025, 8, 5))),
    ]
    computed = totals.compute("RON", lines)
    assert [one.vat_minor for one in computed.subtotals] == [-1900, 2100]
    assert computed.sums.total_minor == 200


def test_c6_usage_of_july_and_august_on_one_invoice():
    days = (date(2025, 7, 31), date(2025, 8, 31))
    lines = [totals.TaxableLine(Decimal(1), Decimal(1000), S, rates.standard_rate(TABLE, "RO", day)) for day in days]
    rows = totals.compute("RON", lines).subtotals
    assert [(row.rate, row.vat_minor) for row in rows] == [(Decimal(19), 190), (Decimal(21), 210)]


@pytest.mark.parametrize(("net", "rule"), [(9, Rule.DESTINATION), (6, Rule.DESTINATION), (5, Rule.BELOW_THRESHOLD)])
def test_c15_the_sale_that_passes_the_threshold_is_taxed_at_its_destination(net, rule):
    # EUR 9,999.99 at 4.6337 lei, then EUR 0.02.
    assert decide(person("AT"), net_minor=net, eu_consumer_sales_minor=4_633_695).rule is rule


@pytest.mark.parametrize(
    ("rate", "net", "vat"), [("19", 5034, 956), ("25.5", 4773, 1217), ("27", 4717, 1273)], ids=["19", "25.5", "27"]
)
def test_c16_a_price_fixed_with_vat(rate, net, vat):
    assert totals.split_gross(5990, Decimal(rate)) == (net, vat)


@pytest.mark.parametrize(
    ("before", "rule"), [(4_633_700, Rule.BELOW_THRESHOLD), (4_633_701, Rule.DESTINATION)], ids=["below", "above"]
)
def test_last_year_counts_by_itself(before, rule):
    decision = decide(person("AT"), net_minor=100_000, eu_consumer_sales_before_minor=before)
    assert decision.rule is rule


def test_c22_the_sale_that_passes_the_ceiling_carries_vat():
    seller = TaxSeller(registered=False)
    ceiling = place.EXEMPTION_CEILING_MINOR
    below = decide(person("RO"), seller=seller, turnover_minor=ceiling - 100, net_minor=100)
    above = decide(person("RO"), seller=seller, turnover_minor=ceiling - 100, net_minor=101)
    assert (below.rule, below.rate) == (Rule.SELLER_EXEMPT, 0)
    assert (above.rule, above.rate) == (Rule.HOME, 21)


@pytest.mark.parametrize(("country", "on"), [("DE", date(2006, 12, 31)), ("BG", date(1998, 12, 31))])
def test_c25_no_rate_is_an_error_and_never_zero(country, on):
    with pytest.raises(errors.TaxRateMissing, match=country):
        decide(person(country, "10115"), on, OSS)


def test_every_state_has_a_rate_today_and_they_are_those_of_the_commission():
    today = {country: rates.standard_rate(TABLE, country, TODAY) for country in territories.STATES}
    assert len(today) == 27
    assert {country: str(rate) for country, rate in sorted(today.items())} == {
        "AT": "20", "BE": "21", "BG": "20", "CY": "19", "CZ": "21", "DE": "19", "DK": "25", "EE": "24", "ES": "21",
        "FI": "25.5", "FR": "20", "GR": "24", "HR": "25", "HU": "27", "IE": "23", "IT": "22", "LT": "21", "LU": "17",
        "LV": "21", "MT": "18", "NL": "21", "PL": "23", "PT": "23", "RO": "21", "SE": "25", "SI": "22", "SK": "23",
    }  # fmt: skip
    assert rates.standard_rate(TABLE, "IE", date(2021, 2, 28)) == 21
    assert rates.standard_rate(TABLE, "LU", date(2023, 6, 1)) == 16


def test_romania_begins_with_the_rates_that_the_checks_know():
    assert [row for row in TABLE if row.country == "RO"] == list(rates.ROMANIAN_STANDARD_RATES)


def test_vat_on_collection_is_a_mention_of_romanian_vat_alone():
    seller = TaxSeller(on_collection=True, one_stop_shop=True)
    assert decide(person("RO"), seller=seller).on_collection
    assert not decide(person("AT"), seller=seller).on_collection
    assert not decide(GERMAN, seller=seller).on_collection
    assert wording.mentions(decide(person("RO"), seller=seller)) == ["TVA la încasare"]


def test_the_accountant_may_choose_e_for_sales_outside():
    decision = decide(person("US"), seller=TaxSeller(outside_category=E))
    assert (decision.category, wording.exemption(decision)) == (
        E, (None, "Neimpozabil în România, art. 278 alin. (5) Cod fiscal"),
    )  # fmt: skip
