"""How amounts, dates and identifiers are written for people, in the locale that the caller names.

Everything is joined by plain spaces: what is on the page can be searched, copied and compared. That an amount
stays on one line is the business of its style.
"""

import datetime as dt
from decimal import Decimal
from functools import lru_cache

from babel import dates, numbers

from praho.core import clock, money
from praho.core.identifiers import cui as cui_number
from praho.core.identifiers import iban as iban_number
from praho.core.identifiers import phone as phone_number

_DAY = "d MMM y"
_LONG_DAY = "d MMMM y"
_UNITS = (("year", 365 * 86400), ("month", 30 * 86400), ("day", 86400), ("hour", 3600), ("minute", 60))


def amount(value: money.Money, locale: str) -> str:
    """Write money: `1.234,56 RON` in Romanian, `1,234.56 RON` in English."""
    return f"{bare_amount(value, locale)} {value.currency}"


def bare_amount(value: money.Money, locale: str) -> str:
    """Write money without its currency, for a table that names the currency once."""
    return number(value.decimal, locale, places=money.exponent(value.currency))


def number(value: Decimal | int, locale: str, places: int | None = None) -> str:
    """Write a number with thousands separators.

    `places` decimals are shown (rounded half up), or as many as the value has where None. A float is a
    TypeError.
    """
    if isinstance(value, float):
        raise TypeError("numbers are decimals or ints, never floats")
    exact = Decimal(value)
    if places is None:
        places = max(0, -int(exact.normalize().as_tuple().exponent))
    pattern = "#,##0." + "0" * places if places else "#,##0"
    # Adding zero takes the sign off a zero.
    return _written_number(money.round_half_up(exact, places) + 0, pattern, locale)


def percent(rate: Decimal | int, locale: str) -> str:
    """Write a rate given in per cent: `21%`, `25,5%`."""
    return f"{number(rate, locale)}%"


def date(day: dt.date, locale: str) -> str:
    """Write a calendar day: `15 ian. 2026`. An instant is a TypeError: say first whose day it falls on."""
    return _written_day(_calendar_day(day), _DAY, locale)


def long_date(day: dt.date, locale: str) -> str:
    """Write a calendar day with the month in full: `15 ianuarie 2026`. An instant is a TypeError."""
    return _written_day(_calendar_day(day), _LONG_DAY, locale)


def numeric_date(day: dt.date) -> str:
    """Write a calendar day as Romanian documents do: `15.01.2026`. An instant is a TypeError."""
    return _calendar_day(day).strftime("%d.%m.%Y")


def datetime(instant: dt.datetime, locale: str) -> str:
    """Write an aware instant in Bucharest time: `15 ian. 2026, 14:03`. A naive one is a ValueError."""
    return f"{date(legal_date(instant), locale)}, {time(instant)}"


def time(instant: dt.datetime) -> str:
    """Write the Bucharest time of day of an aware instant: `14:03`."""
    legal_date(instant)
    return instant.astimezone(clock.BUCHAREST).strftime("%H:%M")


def relative(instant: dt.datetime, locale: str, now: dt.datetime | None = None) -> str:
    """Write how far off an aware instant is: `acum 2 ore`, `peste 3 zile`.

    Whole units are counted, never rounded up; `now` is business time unless given.
    """
    legal_date(instant)
    distance = instant - (clock.now() if now is None else now)
    seconds = max(1, int(abs(distance).total_seconds()))
    unit, length = next(((name, size) for name, size in _UNITS if seconds >= size), ("second", 1))
    whole = dt.timedelta(seconds=seconds // length * length)
    signed = -whole if distance <= dt.timedelta(0) else whole
    # A threshold that nothing reaches makes the library stop at our unit.
    written = dates.format_timedelta(
        signed,
        granularity=unit,  # type: ignore[arg-type]
        threshold=10**9,
        add_direction=True,
        locale=locale,
    )
    return _plain(written)


def days_away(days: int, locale: str) -> str:
    """Write how far off a day is, in whole days, months or years: `peste 12 zile`, `acum 3 luni`."""
    length = next((size // 86400 for _name, size in _UNITS if size >= 86400 and abs(days) >= size // 86400), 1)
    unit = {365: "year", 30: "month"}.get(length, "day")
    whole = dt.timedelta(days=abs(days) // length * length)
    written = dates.format_timedelta(
        whole if days > 0 else -whole,
        granularity=unit,  # type: ignore[arg-type]
        threshold=10**9,
        add_direction=True,
        locale=locale,
    )
    return _plain(written)


def legal_date(instant: dt.datetime) -> dt.date:
    """Return the Bucharest date of an aware instant, which is what the law means by its date."""
    return clock.local_date(instant)


def cui(code: str | cui_number.Cui) -> str:
    """Write a company's number: `RO 12345678` for a VAT payer, `12345678` for others."""
    text = str(code)
    return f"RO {text[2:]}" if text.startswith("RO") else text


def iban(account: str | iban_number.Iban) -> str:
    """Write an account number in groups of four."""
    return iban_number.Iban(str(account)).formatted


def phone(called: str | phone_number.Phone) -> str:
    """Write a stored phone number for reading: `0721 234 567`, `+49 30 901820`."""
    return phone_number.Phone(str(called)).formatted


# A list writes the same few days and amounts again and again.
@lru_cache(maxsize=4096)
def _written_day(day: dt.date, pattern: str, locale: str) -> str:
    return _plain(dates.format_date(day, pattern, locale=locale))


@lru_cache(maxsize=4096)
def _written_number(value: Decimal, pattern: str, locale: str) -> str:
    return _plain(numbers.format_decimal(value, format=pattern, locale=locale))


def _calendar_day(day: dt.date) -> dt.date:
    if isinstance(day, dt.datetime):
        raise TypeError("a date is formatted, not an instant: use legal_date() first")
    return day


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
