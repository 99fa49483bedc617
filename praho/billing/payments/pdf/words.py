"""Amounts in words, as receipts carry them: "una mie două sute treizeci și patru de lei și 56 de bani".

Romanian as accountants write it: nothing before "sută" or "mie" is left out, so that nothing can be put there. A
number takes "de" before its noun unless its last two digits are 01 to 19.
"""

from praho.core import money
from praho.core.money import Money

_RO_UNITS = [
    "zero",
    "unu",
    "doi",
    "trei",
    "patru",
    "cinci",
    "șase",
    "șapte",
    "opt",
    "nouă",
    "zece",
    "unsprezece",
    "doisprezece",
    "treisprezece",
    "paisprezece",
    "cincisprezece",
    "șaisprezece",
    "șaptesprezece",
    "optsprezece",
    "nouăsprezece",
]
_RO_FEMININE = {1: "una", 2: "două", 12: "douăsprezece"}
_RO_TENS = ["-", "-", "douăzeci", "treizeci", "patruzeci", "cincizeci", "șaizeci", "șaptezeci", "optzeci", "nouăzeci"]
_RO_GROUPS = ((10**9, "un miliard", "miliarde"), (10**6, "un milion", "milioane"), (10**3, "una mie", "mii"))
_EN_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_EN_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_EN_GROUPS = ((10**9, "billion"), (10**6, "million"), (10**3, "thousand"))

# One and many of the currency and of its hundredth.
_RO_NOUNS = {
    "RON": ("leu", "lei", "ban", "bani"),
    "EUR": ("euro", "euro", "cent", "cenți"),
    "USD": ("dolar", "dolari", "cent", "cenți"),
}
_EN_NOUNS = {
    "RON": ("leu", "lei", "ban", "bani"),
    "EUR": ("euro", "euros", "cent", "cents"),
    "USD": ("dollar", "dollars", "cent", "cents"),
}


def amount(value: Money, locale: str) -> str:
    """Return an amount that is not negative in words, in Romanian for `ro` and in English for any other locale."""
    if value.is_negative:
        raise ValueError("only amounts that are not negative are written in words")
    whole, small = divmod(value.minor, 10 ** money.exponent(value.currency))
    if locale == "ro":
        return _in_romanian(whole, small, value.currency)
    return _in_english(whole, small, value.currency)


def romanian(number: int, *, feminine: bool = False) -> str:
    """Return a whole number below a thousand billions in Romanian."""
    words: list[str] = []
    for size, one, many in _RO_GROUPS:
        count, number = divmod(number, size)
        if count == 1:
            words.append(one)
        elif count > 1:
            words.append(f"{_below_thousand(count, feminine=True)}{_de(count)} {many}")
    if number or not words:
        words.append(_below_thousand(number, feminine=feminine))
    return " ".join(words)


def english(number: int) -> str:
    """Return a whole number below a thousand billions in English."""
    words: list[str] = []
    for size, name in _EN_GROUPS:
        count, number = divmod(number, size)
        if count:
            words.append(f"{_english_below_thousand(count)} {name}")
    if number or not words:
        words.append(_english_below_thousand(number))
    return " ".join(words)


def _in_romanian(whole: int, small: int, currency: str) -> str:
    one, many, small_one, small_many = _RO_NOUNS.get(currency, (currency, currency, "sutime", "sutimi"))
    text = f"un {one}" if whole == 1 else f"{romanian(whole)}{_de(whole)} {many}"
    if small == 0:
        return text
    return f"{text} și {small}{_de(small)} {small_one if small == 1 else small_many}"


def _in_english(whole: int, small: int, currency: str) -> str:
    one, many, small_one, small_many = _EN_NOUNS.get(currency, (currency, currency, "hundredth", "hundredths"))
    text = f"{english(whole)} {one if whole == 1 else many}"
    return text if small == 0 else f"{text} and {small} {small_one if small == 1 else small_many}"


def _de(number: int) -> str:
    return " de" if number >= 20 and not 1 <= number % 100 <= 19 else ""


def _below_thousand(number: int, *, feminine: bool) -> str:
    words: list[str] = []
    hundreds, rest = divmod(number, 100)
    if hundreds == 1:
        words.append("una sută")
    elif hundreds > 1:
        words.append(f"{_unit(hundreds, feminine=True)} sute")
    tens, unit = divmod(rest, 10)
    if rest >= 20:
        words.append(_RO_TENS[tens] + (f" și {_unit(unit, feminine=feminine)}" if unit else ""))
    elif rest or not words:
        words.append(_unit(rest, feminine=feminine))
    return " ".join(words)


def _unit(number: int, *, feminine: bool) -> str:
    return _RO_FEMININE.get(number, _RO_UNITS[number]) if feminine else _RO_UNITS[number]


def _english_below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    words = [f"{_EN_UNITS[hundreds]} hundred"] if hundreds else []
    tens, unit = divmod(rest, 10)
    if rest >= 20:
        words.append(_EN_TENS[tens] + (f"-{_EN_UNITS[unit]}" if unit else ""))
    elif rest or not words:
        words.append(_EN_UNITS[rest])
    return " ".join(words)
