"""How amounts, dates and identifiers are written."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praho.core import clock, formatting
from praho.core.identifiers import cui
from praho.core.money import Money

NOW = datetime(2026, 1, 15, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("amount", "romanian", "english"),
    [
        (Money(123456, "RON"), "1.234,56 RON", "1,234.56 RON"),
        (Money(-123456789, "EUR"), "-1.234.567,89 EUR", "-1,234,567.89 EUR"),
        (Money(0, "RON"), "0,00 RON", "0.00 RON"),
        (Money(5, "HUF"), "0,05 HUF", "0.05 HUF"),
        (Money(1500, "JPY"), "1.500 JPY", "1,500 JPY"),
        (Money(10**15, "RON"), "10.000.000.000.000,00 RON", "10,000,000,000,000.00 RON"),
    ],
)
def test_money(amount, romanian, english):
    assert formatting.amount(amount, "ro") == romanian
    assert formatting.amount(amount, "en") == english
    assert f"{formatting.bare_amount(amount, 'ro')} {amount.currency}" == romanian


@pytest.mark.parametrize(
    ("value", "places", "romanian", "english"),
    [
        (1234567, None, "1.234.567", "1,234,567"),
        (Decimal("0.0040"), None, "0,004", "0.004"),
        (Decimal("2.675"), 2, "2,68", "2.68"),
        (Decimal("-0.5"), 0, "-1", "-1"),
        (0, 2, "0,00", "0.00"),
        (Decimal("1E+3"), None, "1.000", "1,000"),
    ],
)
def test_numbers(value, places, romanian, english):
    assert formatting.number(value, "ro", places) == romanian
    assert formatting.number(value, "en", places) == english


def test_rates():
    assert formatting.percent(21, "ro") == "21%"
    assert formatting.percent(Decimal("25.50"), "ro") == "25,5%"
    assert formatting.percent(Decimal(0), "en") == "0%"


def test_floats_are_no_numbers():
    with pytest.raises(TypeError):
        formatting.number(1.5, "ro")


@pytest.mark.parametrize(
    ("day", "romanian", "english", "in_full"),
    [
        (date(2026, 1, 15), "15 ian. 2026", "15 Jan 2026", "15 ianuarie 2026"),
        (date(2026, 5, 1), "1 mai 2026", "1 May 2026", "1 mai 2026"),
        (date(2026, 9, 30), "30 sept. 2026", "30 Sep 2026", "30 septembrie 2026"),
    ],
)
def test_dates(day, romanian, english, in_full):
    assert formatting.date(day, "ro") == romanian
    assert formatting.date(day, "en") == english
    assert formatting.long_date(day, "ro") == in_full
    assert formatting.numeric_date(day) == f"{day.day:02}.{day.month:02}.{day.year}"


@pytest.mark.parametrize(
    "write",
    [
        lambda instant: formatting.date(instant, "ro"),
        lambda instant: formatting.long_date(instant, "ro"),
        formatting.numeric_date,
    ],
)
def test_an_instant_is_no_date(write):
    with pytest.raises(TypeError):
        write(NOW)


@pytest.mark.parametrize(
    "write",
    [
        lambda instant: formatting.datetime(instant, "ro"),
        lambda instant: formatting.relative(instant, "ro"),
        formatting.time,
        formatting.legal_date,
    ],
)
def test_an_instant_without_a_zone_is_refused(write):
    with pytest.raises(ValueError, match="time zone"):
        write(NOW.replace(tzinfo=None))


@pytest.mark.parametrize(
    ("instant", "legal", "written"),
    [
        (datetime(2026, 12, 31, 21, 59, tzinfo=UTC), date(2026, 12, 31), "31 dec. 2026, 23:59"),
        (datetime(2026, 12, 31, 22, 30, tzinfo=UTC), date(2027, 1, 1), "1 ian. 2027, 00:30"),
        (datetime(2026, 1, 15, 21, 30, tzinfo=UTC), date(2026, 1, 15), "15 ian. 2026, 23:30"),
        (datetime(2026, 7, 15, 21, 30, tzinfo=UTC), date(2026, 7, 16), "16 iul. 2026, 00:30"),
        # Summer time ends at 04:00 on 25 October 2026: the hour from 3 to 4 comes twice, the day once.
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25), "25 oct. 2026, 03:30"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), date(2026, 10, 25), "25 oct. 2026, 03:30"),
        (datetime(2026, 10, 24, 21, 0, tzinfo=UTC), date(2026, 10, 25), "25 oct. 2026, 00:00"),
        (datetime(2026, 10, 25, 22, 0, tzinfo=UTC), date(2026, 10, 26), "26 oct. 2026, 00:00"),
    ],
)
def test_instants_are_read_on_the_clock_of_bucharest(instant, legal, written):
    assert formatting.legal_date(instant) == legal
    assert formatting.datetime(instant, "ro") == written


@pytest.mark.parametrize(
    ("ago", "romanian", "english"),
    [
        (timedelta(0), "acum 1 secundă", "1 second ago"),
        (timedelta(seconds=59), "acum 59 de secunde", "59 seconds ago"),
        (timedelta(minutes=1), "acum 1 minut", "1 minute ago"),
        (timedelta(minutes=119), "acum 1 oră", "1 hour ago"),
        (timedelta(hours=2), "acum 2 ore", "2 hours ago"),
        (timedelta(hours=23, minutes=59), "acum 23 de ore", "23 hours ago"),
        (timedelta(days=1), "acum 1 zi", "1 day ago"),
        (timedelta(days=29), "acum 29 de zile", "29 days ago"),
        (timedelta(days=30), "acum 1 lună", "1 month ago"),
        (timedelta(days=800), "acum 2 ani", "2 years ago"),
        (timedelta(hours=-2), "peste 2 ore", "in 2 hours"),
        (timedelta(days=-3), "peste 3 zile", "in 3 days"),
    ],
)
def test_distances_count_whole_units(ago, romanian, english):
    assert formatting.relative(NOW - ago, "ro", NOW) == romanian
    assert formatting.relative(NOW - ago, "en", NOW) == english


def test_distances_are_from_business_time():
    with clock.moved_to(NOW + timedelta(days=40)):
        assert formatting.relative(NOW, "ro") == "acum 1 lună"


def test_identifiers():
    assert formatting.cui("RO12345674") == formatting.cui(cui.parse("ro 12345674")) == "RO 12345674"
    assert formatting.cui("12345674") == "12345674"
    assert formatting.iban("RO49AAAA1B31007593840000") == "RO49 AAAA 1B31 0075 9384 0000"
    assert formatting.phone("+40721234567") == "0721 234 567"


@given(st.integers(-(10**15), 10**15), st.sampled_from(["ro", "en"]), st.datetimes(timezones=st.just(UTC)))
def test_only_plain_spaces_are_written(minor, locale, instant):
    written = formatting.amount(Money(minor, "RON"), locale) + formatting.number(minor, locale)
    if 1900 < instant.year < 2100:
        written += formatting.datetime(instant, locale) + formatting.relative(instant, locale, NOW)
    assert not set(written) & {"\u00a0", "\u202f", "\u2009"}


@pytest.mark.parametrize(
    ("days", "romanian", "english"),
    [
        (2, "peste 2 zile", "in 2 days"),
        (-3, "acum 3 zile", "3 days ago"),
        (29, "peste 29 de zile", "in 29 days"),
        (59, "peste 1 lună", "in 1 month"),
        (364, "peste 12 luni", "in 12 months"),
        (-800, "acum 2 ani", "2 years ago"),
    ],
)
def test_how_far_off_a_day_is(days, romanian, english):
    assert formatting.days_away(days, "ro") == romanian
    assert formatting.days_away(days, "en") == english
